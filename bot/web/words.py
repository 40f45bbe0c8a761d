"""Names of kinds and groups of records on the public pages."""

from __future__ import annotations

from bot.common.wording import Wording
from bot.registry import schemas
from bot.registry.models import GROUP_FIELD, Kind

PAGES = Wording("pages")


def group(kind: str, value: str) -> dict[str, str]:
    """The name of a group: a field of procedures, a kind of zone, a tax, a topic; {vi, en}."""
    field = GROUP_FIELD[Kind(kind)]
    names = schemas.own_properties(kind)[field].get("words")
    if names:
        known: dict[str, str] = names.get(value) or {"vi": value, "en": value}
        return known
    try:
        return PAGES.both(f"topic_{value}")
    except KeyError:
        return {"vi": value, "en": value}
