"""A record of any kind as an answer."""

from __future__ import annotations

from collections.abc import Sequence

from actions.answers import faq, frame, incentive, procedure, statistic, zone
from actions.answers.frame import Record
from actions.reply import GAP, Reply, paragraphs
from actions.turn import Turn
from bot.common import names


def replies(turn: Turn, record: Record, aspects: Sequence[str]) -> Reply:
    """The answer to a question about one aspect or several: a part for each, label and sources once."""
    parts = [reply(turn, record, aspect) for aspect in aspects]
    if len(parts) == 1:
        return parts[0]
    before, after = frame.hedge(turn, record) or "", frame.label(turn, record)
    bodies = [part.text.removeprefix(before).removesuffix(after).strip() for part in parts]
    pieces = list(dict.fromkeys(piece for body in bodies for piece in body.split(GAP)))
    answers = [piece for piece in pieces if not piece.startswith(frame.WARNING)]
    warnings = dict.fromkeys(line for piece in pieces if piece not in answers for line in piece.splitlines())
    whole = parts[0]
    whole.text = paragraphs(before, *answers, "\n".join(warnings), after)
    whole.blocks = [block for part in parts for block in part.blocks]
    asked = [part.slots[names.ASPECT_SLOT] for part in parts]
    next_steps = {step["title"]: step for part in parts for step in part.buttons}
    whole.buttons = [
        step
        for step in next_steps.values()
        if not any(f'"aspect":"{aspect}"' in step["payload"] for aspect in asked)
    ][: frame.MAX_NEXT_STEPS]
    return whole


def reply(turn: Turn, record: Record, aspect: str) -> Reply:
    """The answer to one aspect of a record; FAQ and statistics have none."""
    if record["kind"] == names.PROCEDURE:
        return procedure.reply(turn, record, aspect)
    if record["kind"] == names.ZONE:
        return zone.reply(turn, record, aspect)
    if record["kind"] == names.INCENTIVE:
        return incentive.reply(turn, record, aspect)
    return faq.reply(turn, record) if record["kind"] == names.FAQ else statistic.reply(turn, record)
