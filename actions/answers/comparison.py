"""Zones side by side: a table, and the same figures in words for readers without tables."""

from __future__ import annotations

from collections.abc import Sequence

from actions import titles
from actions.answers import frame, lists, zone_facts, zone_money
from actions.answers.frame import Record
from actions.reply import Reply, bullets, paragraphs, table
from actions.turn import Turn
from bot.common import formats, names

MOST = 6
# What stands in the text too, behind what is asked; the table has the rest.
_IN_WORDS = ("row.area", "row.status", "row.available", "row.occupancy", "row.rent", "row.as_of")
_DISTANCES = ("zone.to.lach_huyen_port", "zone.to.hai_phong_port", "zone.to.cat_bi_airport")
_ASKED = {
    "available": ("row.available", "row.occupancy"),
    "developer": ("row.developer",),
    "established": ("row.established",),
    "sectors": ("row.sectors",),
    "parent": ("row.class",),
    "distance": _DISTANCES,
    "location": _DISTANCES,
}


def reply(turn: Turn, records: Sequence[Record]) -> Reply:
    """Two to six zones compared, first in what is asked; fewer are asked for."""
    if len(records) < 2:
        return Reply(turn.say("list.compare.need_two"), buttons=[lists.all_zones(turn)])
    zones = records[:MOST]
    empty = turn.say("list.compare.empty")
    columns = [_facts(turn, item) for item in zones]
    rows = [[label, *(column[label] or empty for column in columns)] for label in columns[0]]
    asked = [turn.say(label) for label in _ASKED.get(turn.aspect, ())]
    short = [label for label in (turn.say(fact) for fact in _IN_WORDS) if label not in asked]
    lines = [
        turn.say(
            "list.compare.line",
            name=item["name"][turn.language],
            facts=_in_words({label: column[label] or empty for label in asked} | _known(column, short)),
        )
        for item, column in zip(zones, columns, strict=True)
    ]
    named = " – ".join(item["name"][turn.language] for item in zones)
    return Reply(
        paragraphs(
            f"{turn.say('list.compare', names=named)}\n{bullets(lines)}",
            turn.say("list.compare.indicative"),
            turn.say("list.unconfirmed") if any(item["status"] == "unconfirmed" for item in zones) else None,
        ),
        buttons=titles.buttons(zones[: frame.MAX_NEXT_STEPS], turn.language),
        blocks=[table(["", *(item["name"][turn.language] for item in zones)], rows)],
        sources=frame.sources(turn, *zones),
        slots={
            names.OFFERED_SLOT: [item["id"] for item in zones],
            names.PAGE_SLOT: None,
            names.ZONES_SLOT: frame.spoken_of(turn, *zones),
        },
    )


def _facts(turn: Turn, record: Record) -> dict[str, str | None]:
    """Label -> value of everything that is compared, None where no figure is known."""
    vacant, leasable = record["available_area_ha"], record["leasable_area_ha"]
    area_class = record["area_class"]
    return {
        turn.say("row.as_of"): formats.day(record["as_of"], turn.language),
        turn.say("row.status"): zone_facts.status(turn, record),
        turn.say("row.area"): zone_facts.area(turn, record),
        turn.say("row.leasable"): formats.area(leasable, turn.language) if leasable else None,
        turn.say("row.available"): formats.area(vacant, turn.language) if vacant is not None else None,
        turn.say("row.occupancy"): zone_facts.occupancy(turn, record),
        turn.say("row.rent"): zone_money.land_rent_in_short(turn, record),
        turn.say("row.developer"): (record["developer"] or {}).get(turn.language),
        turn.say("row.established"): str(record["established_year"]) if record["established_year"] else None,
        turn.say("row.class"): None if area_class == "unknown" else turn.say(f"zone.short.{area_class}"),
        turn.say("row.sectors"): ", ".join(record["target_sectors"][turn.language]) or None,
        **{turn.say(label): _distance(turn, record, label) for label in _DISTANCES},
    }


def _distance(turn: Turn, record: Record, label: str) -> str | None:
    value = record["distances_km"].get(label.rpartition(".")[2])
    return None if value is None else zone_facts.kilometres(turn, value)


def _known(facts: dict[str, str | None], labels: Sequence[str]) -> dict[str, str]:
    return {label: value for label in labels if (value := facts[label])}


def _in_words(facts: dict[str, str]) -> str:
    return "; ".join(f"{label}: {value}" for label, value in facts.items())
