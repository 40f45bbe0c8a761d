"""The source this installation uses, and the count of wrong tries at it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from actions import registry
from actions.dossiers.fields import DEFAULT, Fields
from actions.dossiers.source import Dossier, Source, TooManyTries, Unknown
from actions.dossiers.system import DossierSystem
from actions.dossiers.table import RegistryTable
from actions.dossiers.tries import Tries
from bot.common import settings


class Guarded:
    """A source that is asked no more about a code with many wrong tries."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tries = Tries()

    def find(self, code: str, pin: str, seconds: float) -> Dossier:
        """See `Source`."""
        if self._tries.too_many(code):
            raise TooManyTries
        try:
            return self._source.find(code, pin, seconds)
        except Unknown:
            self._tries.count(code)
            raise


@lru_cache(maxsize=1)
def source() -> Source:
    """The process's own: the authority's system when its address is set, otherwise the registry's table."""
    current = settings.load()
    if not current.dossier_url:
        return Guarded(RegistryTable(registry.shared()))
    fields = Fields.load(Path(current.dossier_fields) if current.dossier_fields else DEFAULT)
    seconds = current.dossier_timeout
    return Guarded(DossierSystem(current.dossier_url, current.dossier_authorization, fields, seconds))
