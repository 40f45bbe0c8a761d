"""Answers a button that stands for a record, or for one aspect of it."""

from __future__ import annotations

from actions import show
from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn
from bot.common import names


class SelectRecord(Answering):
    """The record of the button's payload."""

    intent = names.SELECT_RECORD

    def answer(self, turn: Turn) -> Reply:
        """The record; a payload without one asks which is meant."""
        if not turn.record:
            return show.which(turn, None)
        return show.by_id(turn, turn.record, turn.kind)
