"""Zones that meet conditions. A zone whose figure is not known does not match, and that is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from actions.answers import lists, zone_facts, zone_money
from actions.answers.frame import Record
from actions.reply import Reply, paragraphs
from actions.turn import Turn
from bot.common import formats, names
from bot.common.text import fold, strip_marks

# True: it matches; False: it does not; None: the record has no figure.
Verdict = bool | None
STEM = 6
_OPERATING = ("operating", "operating_full", "operating_phase_1", "operating_or_building")
_PLANNED = ("planned", "study", "zoning_plan", "established_planning")
_PARKS = ("industrial_park", "planned_park")
# What a list may be ordered by, and the figure that says it.
_ORDERS = {"cheapest": "land_rent", "largest": "total_area_ha"}


def reply(turn: Turn) -> Reply:
    """The zones that meet the turn's filters."""
    filters = {key: value for key, value in turn.filters.items() if key in _TESTS}
    zones = turn.registry.records(names.ZONE)
    verdicts = [(item, _verdict(item, turn.filters, filters)) for item in zones]
    found = [item for item, verdict in verdicts if verdict]
    unknown = sum(verdict is None for _, verdict in verdicts)
    words = _in_words(turn, filters)
    if not found:
        text = paragraphs(turn.say("list.zones.none", filters=words), _unknown(turn, unknown))
        return Reply(text, buttons=[lists.all_zones(turn)], slots={names.PAGE_SLOT: None})
    nearest = "near" in filters and "max_km" not in filters
    # That it is a park narrows nothing: whatever else was asked was not understood.
    narrowed = filters.keys() - {"zone_kind"}
    sentence = "list.zones.near" if nearest else "list.zones" if narrowed else "list.zones.all"
    lead = turn.say.count(sentence, len(found), count=len(found), filters=words)
    page = {"intent": "list_zones", "filters": filters}
    ordered = _ordered(found, filters.get("near"), filters.get("order"))
    return lists.listing(turn, ordered, lead, page, _detail(filters), _unknown(turn, unknown))


def _verdict(item: Record, given: Mapping[str, Any], filters: Mapping[str, Any]) -> Verdict:
    verdicts = [_TESTS[name](item, value, given) for name, value in filters.items()]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _at_least_area(item: Record, value: float, given: Mapping[str, Any]) -> Verdict:
    if "has_space" in given:
        # So much is wanted to let, not in all.
        vacant = item["available_area_ha"]
        return None if vacant is None else bool(vacant >= value)
    return None if item["total_area_ha"] is None else _area(item) >= value


def _area(item: Record) -> float:
    """The area on record; of a range the larger."""
    area = item["total_area_ha"]
    return float(max(area) if isinstance(area, list) else area)


def _at_most_area(item: Record, value: float, given: Mapping[str, Any]) -> Verdict:
    area = item["total_area_ha"]
    return None if area is None else (min(area) if isinstance(area, list) else area) <= value


def _rent_from(item: Record, value: float, given: Mapping[str, Any]) -> Verdict:
    rent = item["land_rent"]
    return None if rent is None else bool(rent["max"] >= value)


def _rent_up_to(item: Record, value: float, given: Mapping[str, Any]) -> Verdict:
    rent = item["land_rent"]
    return None if rent is None else bool(rent["min"] <= value)


def _has_figure(item: Record, value: str, given: Mapping[str, Any]) -> Verdict:
    return None if item[_ORDERS[value]] is None else True


def _within(item: Record, value: float, given: Mapping[str, Any]) -> Verdict:
    distance = item["distances_km"].get(given.get("near", "hai_phong_port"))
    return None if distance is None else bool(distance <= value)


def _near(item: Record, value: str, given: Mapping[str, Any]) -> Verdict:
    return None if item["distances_km"].get(value) is None else True


def _space(item: Record, value: object, given: Mapping[str, Any]) -> Verdict:
    if item["available_area_ha"] is not None:
        return bool(item["available_area_ha"] > 0)
    if item["operating_status"] == "operating_full":
        # Also with the last plot in use: 99 per cent of what can be let is called full.
        return False
    return None if item["occupancy_pct"] is None else bool(item["occupancy_pct"] < 100)


def _sector(item: Record, value: str, given: Mapping[str, Any]) -> Verdict:
    # The stem, so that "electronics" finds "electronic components".
    stem = f" {fold(value)[:STEM]}"
    sectors = item["target_sectors"]["en"]
    return any(stem in f" {fold(sector)}" for sector in sectors) if sectors else None


def _status(item: Record, value: str, given: Mapping[str, Any]) -> Verdict:
    status = item["operating_status"]
    if status == "unknown":
        return None
    if value == "operating":
        return status in _OPERATING
    return (status in _PLANNED) == (value == "planned") and status not in _OPERATING


def _kind(item: Record, value: str, given: Mapping[str, Any]) -> Verdict:
    return item["zone_kind"] == value or (value == "industrial_park" and item["zone_kind"] in _PARKS)


def _former_hai_duong(item: Record, value: object, given: Mapping[str, Any]) -> Verdict:
    words = (item["location"]["vi"], *item["caveats"]["vi"])
    return any("hai duong" in fold(text) for text in words)


def _place(item: Record, value: str, given: Mapping[str, Any]) -> Verdict:
    texts = (" ".join(re.findall(r"\w+", fold(item[field]["vi"]))) for field in ("name", "location"))
    # With diacritics: what is written with others may be two other words side by side.
    known_as = (alias.casefold() for alias in item["aliases"])
    return any(f" {fold(value)} " in f" {words} " for words in texts) or any(
        f" {value.casefold()} " in f" {alias} " for alias in known_as
    )


def _area_class(item: Record, value: str, given: Mapping[str, Any]) -> Verdict:
    return None if item["area_class"] == "unknown" else zone_facts.of_class(item, value)


_TESTS: Mapping[str, Callable[[Record, Any, Mapping[str, Any]], Verdict]] = {
    "operating_status": _status,
    "zone_kind": _kind,
    "parent": lambda item, value, given: zone_facts.lies_in(item, value),
    "area_class": _area_class,
    "former_hai_duong": _former_hai_duong,
    "place": _place,
    "has_space": _space,
    "sector": _sector,
    "min_area_ha": _at_least_area,
    "max_area_ha": _at_most_area,
    "min_rent_usd": _rent_from,
    "max_rent_usd": _rent_up_to,
    "near": _near,
    "max_km": _within,
    "order": _has_figure,
}


def _in_words(turn: Turn, filters: Mapping[str, Any]) -> str:
    """The filters as the reader sees them: ': industrial parks, at least 300 ha'; '' without any."""
    vacant = {"min_area_ha": "min_vacant_ha"} if "has_space" in filters else {}
    parts = [_filter_in_words(turn, vacant.get(name, name), value) for name, value in filters.items()]
    return f" ({', '.join(parts)})" if parts else ""


def _filter_in_words(turn: Turn, name: str, value: Any) -> str:
    if name in ("operating_status", "zone_kind", "area_class", "order"):
        return turn.say(f"list.filter.{name}.{value}")
    if name == "near":
        return turn.say("list.filter.near", value=turn.say(f"zone.to.{value}"))
    if name == "parent":
        parent = turn.registry.glance(value) or turn.registry.find(value, names.ZONE)
        return turn.say("list.filter.parent", value=parent["name"][turn.language] if parent else value)
    if name == "sector":
        return turn.say("list.filter.sector", value=turn.say(f"list.sector.{value}"))
    if name == "place":
        return turn.say("list.filter.place", value=value if turn.language == "vi" else strip_marks(value))
    return turn.say(
        f"list.filter.{name}", value=value if value is True else formats.number(value, turn.language)
    )


def _unknown(turn: Turn, count: int) -> str | None:
    return turn.say.count("list.zones.unknown", count, count=count) if count else None


def _ordered(found: Sequence[Record], near: str | None, order: str | None) -> Sequence[Record]:
    """By the figure asked for, the nearest to a place, or zones that operate first and planned ones last."""
    if order == "cheapest":
        return sorted(found, key=lambda item: item["land_rent"]["min"])
    if order == "largest":
        return sorted(found, key=lambda item: -_area(item))
    if near:
        return sorted(found, key=lambda item: item["distances_km"].get(near) or 0)
    return sorted(
        found, key=lambda item: (item["zone_kind"] == "planned_park", item["operating_status"] in _PLANNED)
    )


def _detail(filters: Mapping[str, Any]) -> lists.Detail:
    """What stands beside a zone in the list: first the figure that was asked for, then area and status."""

    def detail(turn: Turn, record: Record) -> str | None:
        parts = [
            *_asked_for(turn, record, filters),
            zone_facts.area(turn, record),
            zone_facts.status(turn, record),
        ]
        return ", ".join(part for part in parts if part) or None

    return detail


def _asked_for(turn: Turn, record: Record, filters: Mapping[str, Any]) -> list[str | None]:
    figures: list[str | None] = []
    distance = record["distances_km"].get(filters.get("near"))
    if distance is not None:
        figures.append(f"{formats.number(distance, turn.language)} km")
    if "has_space" in filters:
        vacant = record["available_area_ha"]
        # The occupancy says its own date.
        value = zone_facts.occupancy(turn, record) if vacant is None else _vacant(turn, record, vacant)
        label = turn.say("row.occupancy" if vacant is None else "row.available")
        figures.append(turn.say("answer.fact", label=label, value=value))
    if {"max_rent_usd", "min_rent_usd"} & set(filters) or filters.get("order") == "cheapest":
        figures.append(zone_money.land_rent_in_short(turn, record))
    return figures


def _vacant(turn: Turn, record: Record, hectares: float) -> str:
    as_of = formats.day(record["as_of"], turn.language)
    return turn.say("list.dated", value=formats.area(hectares, turn.language), as_of=as_of)
