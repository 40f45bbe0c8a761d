"""Answers to frequent questions: the record's own answer, its legal basis, what to read next."""

from __future__ import annotations

from actions import titles
from actions.answers import frame
from actions.answers.frame import Record
from actions.reply import Button, Reply
from actions.turn import Turn
from bot.common import names


def reply(turn: Turn, record: Record) -> Reply:
    """The answer to a frequent question."""
    basis = "; ".join(text[turn.language] for text in record["legal_basis"])
    return frame.answer(
        turn,
        record,
        names.OVERVIEW,
        record["answer"][turn.language],
        turn.say("answer.basis", basis=basis) if basis else None,
        buttons=related(turn, [*record["related"], *record["related_rules"]]),
    )


def related(turn: Turn, ids: list[str]) -> list[Button]:
    """Buttons for related records, as far as they are published."""
    found = [turn.registry.glance(record) for record in dict.fromkeys(ids)]
    published = [record for record in found if record][: frame.MAX_NEXT_STEPS]
    return titles.buttons(published, turn.language)
