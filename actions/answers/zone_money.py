"""What a zone costs: rents, fees and prices, always as indications with their date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.answers.frame import Record
from actions.reply import bullets
from actions.turn import Turn
from bot.common import formats

Parts = list[str | None]


def rent(turn: Turn, record: Record) -> Parts:
    """Indicative rents of land and factories with their date; [] when none is known."""
    land, factory, name = record["land_rent"], record["factory_rent"], record["name"][turn.language]
    parts: Parts = []
    if land:
        values = {
            "name": name,
            "value": _per_square_metre(turn, land),
            "years": land["term_years"],
            "as_of": formats.day(land["as_of"], turn.language),
        }
        parts += [
            turn.say("zone.land_rent", **values),
            _infrastructure(turn, land),
            land["note"][turn.language],
        ]
    if factory:
        as_of = formats.day(factory["as_of"], turn.language)
        value = turn.say("zone.per_month", value=_per_square_metre(turn, factory))
        lead = turn.say("zone.factory_rent", name=name, value=value, as_of=as_of)
        parts += [lead, factory["note"][turn.language], turn.say("zone.land_rent.none") if not land else None]
    return parts


def land_rent_in_short(turn: Turn, record: Record) -> str | None:
    """'USD 95–115/m² for 50 years (indicative, 6 October 2025)'; None when no figure is known."""
    land = record["land_rent"]
    if not land:
        return None
    as_of = formats.day(land["as_of"], turn.language)
    return turn.say(
        "zone.rent.short", value=_per_square_metre(turn, land), years=land["term_years"], as_of=as_of
    )


def fees(turn: Turn, record: Record) -> Parts:
    """Management fee and prices of utilities; [] when none is known."""
    fee, lines = record["management_fee"], []
    if fee:
        value = f"{formats.number(fee['value'], turn.language)} {fee['unit'][turn.language]}"
        dated = f"{value} ({formats.day(fee['as_of'], turn.language)})"
        lines.append(turn.say("answer.fact", label=turn.say("row.management_fee"), value=dated))
    lines += utility_prices(turn, record)
    if not lines:
        return []
    return [f"{turn.say('zone.fees', name=record['name'][turn.language])}\n{bullets(lines)}"]


def utility_prices(turn: Turn, record: Record) -> list[str]:
    """Prices of water, waste water and electricity, one line each, with their date."""
    prices = record["utility_fees"]
    if not prices:
        return []
    as_of = formats.day(prices["as_of"], turn.language)
    rows = [
        (label, _price(turn, prices, label)) for label in ("water_price", "wastewater_price", "electricity")
    ]
    return [
        turn.say("answer.fact", label=turn.say(f"row.{label}"), value=f"{value} ({as_of})")
        for label, value in rows
        if value
    ]


def _price(turn: Turn, prices: Mapping[str, Any], label: str) -> str | None:
    if label == "electricity":
        return (prices.get("electricity") or {}).get(turn.language)
    what = label.removesuffix("_price")
    if prices.get(f"{what}_vnd_m3") is not None:
        return f"{formats.dong(prices[f'{what}_vnd_m3'], turn.language)}/m³"
    if prices.get(f"{what}_usd_m3") is not None:
        return f"{formats.dollars(prices[f'{what}_usd_m3'], turn.language)}/m³"
    return None


def _per_square_metre(turn: Turn, price: Mapping[str, Any]) -> str:
    amount = formats.number_range(price["min"], price["max"], turn.language)
    return f"{turn.say('answer.usd', value=amount)}/m²"


def _infrastructure(turn: Turn, land: Mapping[str, Any]) -> str | None:
    fee = land["infrastructure_fee"]
    if fee is None:
        return None
    if fee == "included":
        return turn.say("zone.infrastructure.included")
    low, high = (fee[0], fee[-1]) if isinstance(fee, list) else (fee, fee)
    amount = formats.number_range(low, high, turn.language)
    return turn.say("zone.infrastructure", value=f"{turn.say('answer.usd', value=amount)}/m²")
