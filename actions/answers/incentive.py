"""Answers about an incentive rule, an aspect at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.answers import frame
from actions.answers.frame import Record
from actions.reply import Reply, bullets, card, select
from actions.turn import Turn
from bot.common import formats, names

Parts = list[str | None]

_NEXT = {
    "overview": ("conditions", "duration", "example"),
    "conditions": ("duration", "legal", "example"),
    "duration": ("conditions", "example", "legal"),
    "legal": ("overview", "conditions", "duration"),
    "example": ("conditions", "duration", "legal"),
}


def reply(turn: Turn, record: Record, aspect: str) -> Reply:
    """The answer to one aspect of an incentive; an aspect incentives do not have gives the overview."""
    if aspect not in _PARTS:
        aspect = names.OVERVIEW
    parts = [*_PARTS[aspect](turn, record), _period(turn, record)]
    steps = [step for step in _NEXT[aspect] if _has(record, step)]
    buttons = [select(turn.say(f"button.{step}"), record, step) for step in steps]
    rows = figures(turn, record) if aspect == names.OVERVIEW else []
    blocks = [card(record["name"][turn.language], rows)] if rows else []
    return frame.answer(turn, record, aspect, *parts, buttons=buttons, blocks=blocks)


def _overview(turn: Turn, record: Record) -> Parts:
    lead = turn.say(
        "incentive.overview", name=record["name"][turn.language], summary=record["summary"][turn.language]
    )
    return [lead, bullets(record["notes"][turn.language]), (record["stacking"] or {}).get(turn.language)]


def _conditions(turn: Turn, record: Record) -> Parts:
    conditions = record["conditions"][turn.language]
    name = record["name"][turn.language]
    if not conditions:
        return [turn.say("incentive.conditions.none", name=name), record["summary"][turn.language]]
    notes = bullets(record["notes"][turn.language])
    # What one gets by meeting them stands beside them.
    gain = record["summary"][turn.language]
    return [f"{turn.say('incentive.conditions', name=name)}\n{bullets(conditions)}", gain, notes]


def _duration(turn: Turn, record: Record) -> Parts:
    clocks = [
        (turn.say(f"row.{clock}"), record[clock][turn.language])
        for clock in ("clock_rate", "clock_holiday")
        if record[clock]
    ]
    rows = [*figures(turn, record), *clocks]
    name = record["name"][turn.language]
    if not rows:
        return [turn.say("incentive.duration.none", name=name), record["summary"][turn.language]]
    lines = [turn.say("answer.fact", label=label, value=value) for label, value in rows]
    return [f"{turn.say('incentive.duration', name=name)}\n{bullets(lines)}"]


def _legal(turn: Turn, record: Record) -> Parts:
    basis = [text[turn.language] for text in record["legal_basis"]]
    if not basis:
        return [turn.say("incentive.legal.none", name=record["name"][turn.language])]
    return [f"{turn.say('incentive.legal', name=record['name'][turn.language])}\n{bullets(basis)}"]


def _example(turn: Turn, record: Record) -> Parts:
    example = record["worked_example"]
    name = record["name"][turn.language]
    if not example:
        return [turn.say("incentive.example.none", name=name), record["summary"][turn.language]]
    lead = turn.say("incentive.example", name=name, text=example["text"][turn.language])
    return [lead, turn.say("incentive.example.orientation")]


_PARTS: Mapping[str, Callable[[Turn, Record], Parts]] = {
    "overview": _overview,
    "conditions": _conditions,
    "duration": _duration,
    "legal": _legal,
    "example": _example,
}


def figures(turn: Turn, record: Record) -> list[tuple[str, str]]:
    """Rate, term, exemption and reduction as (label, value), as far as the rule has them."""
    rows = []
    if record["rate"] is not None:
        rows.append(("rate", formats.percent(record["rate"], turn.language)))
    if record["duration_years"] is not None:
        rows.append(("term", _years(turn, record["duration_years"])))
    if record["exemption_years"]:
        rows.append(("exemption", _years(turn, record["exemption_years"])))
    if record["reduction_pct"] and record["reduction_years"]:
        share = formats.percent(record["reduction_pct"], turn.language)
        years = _years(turn, record["reduction_years"])
        # A term in words of its own does not fit behind "for the next".
        worded = isinstance(record["reduction_years"], Mapping)
        sentence = "incentive.reduction.worded" if worded else "incentive.reduction"
        rows.append(("reduction", turn.say(sentence, share=share, years=years)))
    return [(turn.say(f"row.{label}"), value) for label, value in rows]


def _years(turn: Turn, value: float | str | Mapping[str, str]) -> str:
    """'15 years'; a term that is no number of years has a sentence of its own or of its record."""
    if isinstance(value, str):
        return turn.say(f"incentive.term.{value}")
    if isinstance(value, Mapping):
        return value[turn.language]
    return turn.say.count("incentive.years.count", value, count=formats.number(value, turn.language))


def _period(turn: Turn, record: Record) -> str | None:
    since, until = record["effective_from"], record["effective_to"]
    values = {
        "since": formats.day(since, turn.language) if since else "",
        "until": formats.day(until, turn.language) if until else "",
    }
    if since and until:
        return turn.say("incentive.period", **values)
    if since or until:
        return turn.say("incentive.since" if since else "incentive.until", **values)
    return None


def _has(record: Record, aspect: str) -> bool:
    if aspect == "example":
        return bool(record["worked_example"])
    if aspect == "conditions":
        return bool(record["conditions"]["vi"])
    return True
