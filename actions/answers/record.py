"""A record of any kind as an answer."""

from __future__ import annotations

from actions.answers import faq, incentive, procedure, statistic, zone
from actions.answers.frame import Record
from actions.reply import Reply
from actions.turn import Turn
from bot.common import names


def reply(turn: Turn, record: Record, aspect: str) -> Reply:
    """The answer to one aspect of a record; FAQ and statistics have none."""
    if record["kind"] == names.PROCEDURE:
        return procedure.reply(turn, record, aspect)
    if record["kind"] == names.ZONE:
        return zone.reply(turn, record, aspect)
    if record["kind"] == names.INCENTIVE:
        return incentive.reply(turn, record, aspect)
    return faq.reply(turn, record) if record["kind"] == names.FAQ else statistic.reply(turn, record)
