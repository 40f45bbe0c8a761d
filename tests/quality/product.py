"""The product to ask: one of its own with freshly seeded records, or the one that runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.common import settings as configuration
from tests import stack

# The clock of a run: office hours and review dates are the same every time.
TODAY = "2026-11-25"
_SQLITE = "sqlite:///"


@dataclass(frozen=True)
class Product:
    """Where the product answers and where its log is."""

    base_url: str
    database: Path


def product(running: bool) -> AbstractContextManager[Product]:
    """The product that runs with these settings, or one of its own for the time of the block."""
    return _running() if running else _own()


@contextmanager
def _own() -> Iterator[Product]:
    with stack.running("quality", {"HEZA_TODAY": TODAY}) as started:
        yield Product(started.base_url, started.database)


@contextmanager
def _running() -> Iterator[Product]:
    settings = configuration.load()
    if not settings.database_url.startswith(_SQLITE):
        raise SystemExit("The log is read from SQLite; this product keeps it elsewhere.")
    yield Product(settings.site_url, Path(settings.database_url.removeprefix(_SQLITE)))
