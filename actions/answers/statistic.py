"""Answers about a figure or an event: its statement with the period, the newer figure, what is disputed."""

from __future__ import annotations

from actions import titles
from actions.answers import frame
from actions.answers.frame import Record
from actions.reply import Button, Reply, bullets, select
from actions.turn import Turn
from bot.common import formats, names


def reply(turn: Turn, record: Record) -> Reply:
    """The answer about a statistic; a newer figure stands beside the old one, each with its date."""
    newer = turn.registry.find(record["newer"], names.STATISTIC) if record["newer"] else None
    zone = turn.registry.glance(record["zone"]) if record["zone"] else None
    answer = frame.answer(
        turn,
        record,
        names.OVERVIEW,
        record["statement"][turn.language],
        bullets(record["details"][turn.language]),
        _newer(turn, newer) if newer else None,
        _text(turn, record, "disputed"),
        _text(turn, record, "note"),
        buttons=_buttons(turn, newer, zone),
    )
    if newer:
        answer.sources += frame.sources(turn, newer)
    return answer


def _newer(turn: Turn, newer: Record) -> str:
    return turn.say(
        "answer.newer",
        statement=newer["statement"][turn.language],
        as_of=formats.day(newer["as_of"], turn.language),
    )


def _text(turn: Turn, record: Record, field: str) -> str | None:
    text = record[field]
    return turn.say(f"answer.{field}", text=text[turn.language]) if text else None


def _buttons(turn: Turn, newer: Record | None, zone: Record | None) -> list[Button]:
    buttons = [select(turn.say("button.newer"), newer)] if newer else []
    return [*buttons, *titles.buttons([zone], turn.language)] if zone else buttons
