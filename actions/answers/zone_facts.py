"""The key facts of a zone in words: status, area, occupancy, and whom to ask for what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from actions.answers import zone_money
from actions.answers.frame import Record
from actions.turn import Turn
from bot.common import formats

FACTS = ("status", "area", "occupancy", "rent", "location", "developer")


def of_class(record: Record, area_class: str) -> bool:
    """Whether its area is, at least partly, of that class ("EZ", "FTZ", "IP")."""
    return area_class in record["area_class"].split("+")


def lies_in(record: Record, zone: str) -> bool:
    """Whether it lies in that zone: by its parent or, of a free trade zone, by its class of area."""
    by_class = zone.startswith("ftz-") and record["id"] != zone and of_class(record, "FTZ")
    return by_class or bool(record["parent"] == zone)


def whom_to_ask(turn: Turn, record: Record) -> str:
    """The developer with what is known of its contact, or the authority."""
    developer = (record["developer"] or {}).get(turn.language)
    if not developer or record["zone_kind"] in ("economic_zone", "free_trade_zone"):
        return turn.say("zone.ask.authority")
    # Its history in brackets belongs to the question who the developer is.
    return turn.say("zone.ask.developer", developer=developer.split(" (")[0])


def facts(turn: Turn, record: Record, shown: Sequence[str] = FACTS) -> list[tuple[str, str]]:
    """Key facts that are known, as (label, value)."""
    values = {
        "status": status(turn, record),
        "area": area(turn, record),
        "occupancy": occupancy(turn, record) or (record["occupancy_as_of"] or {}).get(turn.language),
        "rent": zone_money.land_rent_in_short(turn, record),
        "location": record["location"][turn.language],
        "developer": (record["developer"] or {}).get(turn.language),
    }
    return [(turn.say(f"row.{fact}"), value) for fact in shown if (value := values[fact])]


def area(turn: Turn, record: Record) -> str | None:
    """The total area, '22,540 ha'; None when no figure is known."""
    value = record["total_area_ha"]
    return None if value is None else formats.area(value, turn.language)


def occupancy(turn: Turn, record: Record) -> str | None:
    """'87.86% – March 2022'; None when no figure is known."""
    if record["occupancy_pct"] is None:
        return None
    share = formats.percent(record["occupancy_pct"], turn.language)
    as_of = (record["occupancy_as_of"] or {}).get(turn.language)
    return f"{share} – {as_of}" if as_of else share


def status(turn: Turn, record: Record) -> str | None:
    """Whether the zone operates; None when that is not known."""
    key = f"zone.status.{record['operating_status']}"
    return turn.say(key) if record["operating_status"] != "unknown" else None


def kilometres(turn: Turn, value: float) -> str:
    """A distance in kilometres, in words where it is none."""
    return turn.say("zone.at_the_place") if value == 0 else f"{formats.number(value, turn.language)} km"
