"""Names of fields, kinds and buttons on the staff pages, in the language of the officer."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import lazy
from django.utils.translation import get_language

from bot.common.wording import Wording
from bot.registry import schemas

LABELS = Wording("registry")


def language() -> str:
    """'en' when the officer reads English, otherwise 'vi'."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def say(key: str, **values: object) -> str:
    """The label in the present language, its placeholders filled."""
    return LABELS.say(key, language(), **values)


# Read when a page is shown: models are defined once, officers differ.
label = lazy(say, str)


def pick(both: Mapping[str, str]) -> str:
    """One side of a {vi, en} mapping, in the present language."""
    return both[language()]


_lazy_pick = lazy(pick, str)


def words(kind: str, field: str) -> list[tuple[str, str]]:
    """The values of an enumeration of a kind's schema with their names, as Django's `choices`."""
    own = schemas.own_properties(kind)[field]
    return [(value, _lazy_pick(names)) for value, names in own["words"].items()]
