"""What narrows a list: status, kind, sector, nearness, size and price, read from words and quantities.

The words stand in filters.yml; the values are those of the records.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.assistant.nlu.gazetteer import Mention
from bot.assistant.nlu.quantities import Quantity
from bot.common.names import ZONE
from bot.common.text import any_of, fold

_TABLE = Path(__file__).with_name("filters.yml")
_GAP = re.compile(r"[^\w%-]+")
_ECONOMIC_ZONES = re.compile(r"^(?:ez|ftz)-")


def read(text: str, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> dict[str, Any]:
    """Filters found in `text`: names as in architecture.md, values as the records have them."""
    folded = " " + _GAP.sub(" ", fold(text)) + " "
    found: dict[str, Any] = {}
    for name, values in _patterns().items():
        if isinstance(values, re.Pattern):
            if values.search(folded):
                found[name] = True
            continue
        for value, pattern in values.items():
            if pattern.search(folded):
                found.setdefault(name, value)
    for quantity in quantities:
        found.update(_bounds(quantity))
    _narrow_by(found, [mention for mention in mentions if mention.kind == ZONE])
    return found


def places() -> list[str]:
    """Names of districts and communes, folded."""
    return [name for names in _table()["place"].values() for name in names]


def without_places(text: str) -> str:
    """`text` without the names of districts and communes, which are the same in every language."""
    folded = fold(text)
    if len(folded) != len(text):
        return text
    for found in reversed([*_places().finditer(folded)]):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _narrow_by(found: dict[str, Any], zones: Sequence[Mention]) -> None:
    """What the zones named say of where to look: inside them, or in the district whose name they bear."""
    place = fold(found.get("place", ""))
    if place and any(place in fold(zone.text) != place for zone in zones):
        # In "Nam Sách Industrial Park" the district is part of a name.
        del found["place"]
    for zone in zones:
        if _ECONOMIC_ZONES.match(zone.records[0]) and not (place and fold(zone.text) == place):
            found["parent"] = zone.records[0]
            # "Parks in the economic zone": the zone is where, not what.
            found.pop("zone_kind", None)


def _bounds(quantity: Quantity) -> dict[str, float]:
    """Bounds that a quantity sets: 20 ha asked for means at least 20 ha."""
    value = quantity.value
    if not isinstance(value, float):
        return {}
    if quantity.kind == "area":
        return {"max_area_ha" if quantity.bound == "most" else "min_area_ha": value}
    if quantity.kind == "money" and quantity.unit == "USD" and value < 1000:
        return {"min_rent_usd" if quantity.bound == "least" else "max_rent_usd": value}
    if quantity.kind == "distance":
        return {"max_km": value}
    return {}


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, places()))})\b")


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, Any]:
    return {
        name: _any_of(words) if isinstance(words, list) else {value: _any_of(w) for value, w in words.items()}
        for name, words in _table().items()
    }


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return table


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf" (?:{any_of(words)}) ")
