"""Answers a frequent question."""

from __future__ import annotations

from actions import show
from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn
from bot.common import names


class AskFAQ(Answering):
    """The record asked for, or a question which one is meant."""

    intent = names.ASK[names.FAQ]

    def answer(self, turn: Turn) -> Reply:
        """See the module."""
        return show.asked(turn, names.FAQ)
