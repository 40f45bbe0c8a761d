"""Answers about an economic zone or an industrial park, an aspect at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from actions.answers import frame, zone_facts, zone_incentives, zone_money, zone_steps
from actions.answers.frame import Record
from actions.reply import Block, Button, Reply, bullets, card
from actions.turn import Turn
from bot.common import formats, names

Parts = list[str | None]

_ZONES_THEMSELVES = ("economic_zone", "free_trade_zone")
# What is worth knowing when the figure asked for is not published.
_KNOWN = {
    "location": ("status", "area"),
    "distance": ("location",),
    "contact": ("developer", "location"),
    "developer": ("status", "area", "location"),
    "rent": ("status", "area", "occupancy"),
}
_KNOWN_OTHERWISE = ("status", "area", "occupancy", "rent")


def reply(turn: Turn, record: Record, aspect: str) -> Reply:
    """The answer to one aspect of a zone; an aspect zones do not have gives the overview."""
    if aspect == "incentives":
        return zone_incentives.reply(turn, record, _steps(turn, record, aspect, True))
    if aspect not in _PARTS:
        aspect = names.OVERVIEW
    own = _PARTS[aspect](turn, record)
    parts = own or nothing(turn, record, aspect)
    unverified = turn.say("zone.unverified") if _FIELDS.get(aspect) in record["unverified_fields"] else None
    return frame.answer(
        turn,
        record,
        aspect,
        *parts,
        unverified,
        buttons=_steps(turn, record, aspect, bool(own)),
        blocks=_blocks(turn, record, aspect),
    )


def nothing(turn: Turn, record: Record, aspect: str) -> Parts:
    """There is no figure: say so, what is known instead, whom to ask."""
    lead = turn.say("zone.none", what=turn.say(f"zone.what.{aspect}"), name=record["name"][turn.language])
    shown = _KNOWN.get(aspect, _KNOWN_OTHERWISE)
    known = bullets(
        [
            turn.say("answer.fact", label=label, value=value)
            for label, value in zone_facts.facts(turn, record, shown)
        ]
    )
    return [
        lead,
        f"{turn.say('zone.known')}\n{known}" if known else None,
        zone_facts.whom_to_ask(turn, record),
    ]


def _overview(turn: Turn, record: Record) -> Parts:
    return [
        turn.say(
            "zone.overview", name=record["name"][turn.language], summary=record["summary"][turn.language]
        )
    ]


def _location(turn: Turn, record: Record) -> Parts:
    place = record["location"][turn.language]
    note = (record["coordinates_note"] or {}).get(turn.language) if record["lat"] is not None else None
    return [turn.say("zone.location", name=record["name"][turn.language], value=place), note]


def _area(turn: Turn, record: Record) -> Parts:
    total = zone_facts.area(turn, record)
    if total is None:
        return []
    leasable = record["leasable_area_ha"]
    details = turn.say("zone.leasable", value=formats.area(leasable, turn.language)) if leasable else None
    return [turn.say("zone.area", name=record["name"][turn.language], value=total), details]


def _available(turn: Turn, record: Record) -> Parts:
    vacant = record["available_area_ha"]
    if vacant is None:
        return []
    lead = turn.say(
        "zone.available", name=record["name"][turn.language], value=formats.area(vacant, turn.language)
    )
    full = zone_facts.occupancy(turn, record)
    as_of = (record["occupancy_as_of"] or {}).get(turn.language)
    seen = turn.say("zone.seen", as_of=as_of) if as_of and not full else None
    return [
        lead,
        turn.say("zone.occupied", value=full) if full else seen,
        zone_facts.whom_to_ask(turn, record),
    ]


def _occupancy(turn: Turn, record: Record) -> Parts:
    full = zone_facts.occupancy(turn, record)
    name = record["name"][turn.language]
    if full is None:
        seen = (record["occupancy_as_of"] or {}).get(turn.language)
        if not seen:
            return []
        return [turn.say("zone.occupancy.words", name=name, value=seen), zone_facts.whom_to_ask(turn, record)]
    vacant = record["available_area_ha"]
    rest = turn.say("zone.vacant", value=formats.area(vacant, turn.language)) if vacant else None
    return [turn.say("zone.occupancy", name=name, value=full), rest]


def _utilities(turn: Turn, record: Record) -> Parts:
    rows = [(field, (record[field] or {}).get(turn.language)) for field in ("power", "water", "wastewater")]
    lines = [
        turn.say("answer.fact", label=turn.say(f"row.{field}"), value=value) for field, value in rows if value
    ]
    lines += zone_money.utility_prices(turn, record)
    if not lines:
        return []
    return [f"{turn.say('zone.utilities', name=record['name'][turn.language])}\n{bullets(lines)}"]


def _developer(turn: Turn, record: Record) -> Parts:
    if not record["developer"]:
        return []
    lead = turn.say(
        "zone.developer", name=record["name"][turn.language], value=record["developer"][turn.language]
    )
    return [lead, _website(turn, record)]


def _established(turn: Turn, record: Record) -> Parts:
    year, note = record["established_year"], (record["established_note"] or {}).get(turn.language)
    if year is None:
        return (
            [turn.say("zone.established.words", name=record["name"][turn.language], value=note)]
            if note
            else []
        )
    return [turn.say("zone.established", name=record["name"][turn.language], value=year), note]


def _capital(turn: Turn, record: Record) -> Parts:
    if not record["investment_capital"]:
        return []
    value = record["investment_capital"][turn.language]
    return [turn.say("zone.capital", name=record["name"][turn.language], value=value)]


def _distance(turn: Turn, record: Record) -> Parts:
    known = {place: value for place, value in record["distances_km"].items() if value is not None}
    if not known:
        return []
    lines = [
        turn.say("answer.fact", label=turn.say(f"zone.to.{place}"), value=zone_facts.kilometres(turn, value))
        for place, value in known.items()
    ]
    missing = turn.say("zone.distance.rest") if len(known) < len(record["distances_km"]) else None
    lead = turn.say("zone.distance", name=record["name"][turn.language])
    return [f"{lead}\n{bullets(lines)}", missing]


def _sectors(turn: Turn, record: Record) -> Parts:
    sectors = record["target_sectors"][turn.language]
    if not sectors:
        return []
    lead = turn.say("zone.sectors", name=record["name"][turn.language])
    return [f"{lead}\n{bullets(sectors)}", turn.say("zone.sectors.ask")]


def _tenants(turn: Turn, record: Record) -> Parts:
    tenants = tenants_of(turn, record)
    if not tenants:
        return []
    lead = turn.say("zone.tenants", name=record["name"][turn.language])
    return [f"{lead}\n{bullets(tenants)}", turn.say("zone.tenants.rest")]


def tenants_of(turn: Turn, record: Record) -> list[str]:
    """Companies named in the sources: plain names, or with a detail in each language."""
    tenants = record["notable_tenants"]
    return list(tenants[turn.language]) if isinstance(tenants, dict) else list(tenants)


def _contact(turn: Turn, record: Record) -> Parts:
    developer = (record["developer"] or {}).get(turn.language)
    lines = [turn.say("answer.fact", label=turn.say("row.developer"), value=developer)] if developer else []
    if record["phone"]:
        lines.append(turn.say("answer.fact", label=turn.say("row.phone"), value=record["phone"]))
    if record["website"]:
        lines.append(turn.say("answer.fact", label=turn.say("row.website"), value=record["website"]))
    if not record["phone"] and not record["website"]:
        return []
    missing = None if record["phone"] else turn.say("zone.contact.no_phone")
    return [f"{turn.say('zone.contact', name=record['name'][turn.language])}\n{bullets(lines)}", missing]


def _status(turn: Turn, record: Record) -> Parts:
    now = zone_facts.status(turn, record)
    if now is None:
        return []
    return [turn.say("zone.status", name=record["name"][turn.language], value=now)]


def _lease_term(turn: Turn, record: Record) -> Parts:
    year, note = record["lease_expiry_year"], (record["lease_note"] or {}).get(turn.language)
    name = record["name"][turn.language]
    if year is None:
        return [turn.say("zone.lease_term.words", name=name), note] if note else []
    return [turn.say("zone.lease_term", name=name, value=year), note]


def _parent(turn: Turn, record: Record) -> Parts:
    name = record["name"][turn.language]
    inside = [item for item in turn.registry.records(names.ZONE) if zone_facts.lies_in(item, record["id"])]
    if inside:
        lines = [item["name"][turn.language] for item in inside]
        return [f"{turn.say('zone.contains', name=name, count=len(lines))}\n{bullets(lines)}"]
    if record["zone_kind"] in _ZONES_THEMSELVES:
        return [turn.say(f"zone.is.{record['zone_kind']}", name=name)]
    parent = turn.registry.find(record["parent"], names.ZONE) if record["parent"] else None
    if parent:
        inside_of = turn.say("zone.parent", name=name, parent=parent["name"][turn.language])
        # What lies in an economic zone may lie in the free trade zone as well, whose taxes are its own.
        both = zone_facts.of_class(record, "FTZ") and parent["zone_kind"] != "free_trade_zone"
        return [inside_of, turn.say(f"zone.class.{record['area_class']}", name=name) if both else None]
    return [turn.say(f"zone.class.{record['area_class']}", name=name)]


def _website(turn: Turn, record: Record) -> str | None:
    return turn.say("zone.website", url=record["website"]) if record["website"] else None


_PARTS: Mapping[str, Callable[[Turn, Record], Parts]] = {
    "overview": _overview,
    "location": _location,
    "area": _area,
    "available": _available,
    "occupancy": _occupancy,
    "rent": zone_money.rent,
    "fees": zone_money.fees,
    "utilities": _utilities,
    "developer": _developer,
    "established": _established,
    "capital": _capital,
    "distance": _distance,
    "sectors": _sectors,
    "tenants": _tenants,
    "contact": _contact,
    "status": _status,
    "lease_term": _lease_term,
    "parent": _parent,
}

# The record's field behind an aspect, as `unverified_fields` names it.
_FIELDS = {
    "location": "location",
    "developer": "developer",
    "tenants": "notable_tenants",
    "status": "operating_status",
    "parent": "parent",
}


def _steps(turn: Turn, record: Record, aspect: str, answered: bool) -> list[Button]:
    """The next questions; only such as have an answer."""

    def has(step: str) -> bool:
        # An economic zone lies in no other.
        senseless = step == "parent" and record["zone_kind"] in _ZONES_THEMSELVES
        return step == "incentives" or bool(not senseless and _PARTS[step](turn, record))

    return zone_steps.after(turn, record, aspect, has, answered)


def _blocks(turn: Turn, record: Record, aspect: str) -> list[Block]:
    if aspect == names.OVERVIEW:
        return [card(record["name"][turn.language], zone_facts.facts(turn, record))]
    if aspect == "location" and record["lat"] is not None:
        place: dict[str, Any] = {"type": "location", "title": record["name"][turn.language]}
        return [{**place, "lat": record["lat"], "lon": record["lon"]}]
    return []
