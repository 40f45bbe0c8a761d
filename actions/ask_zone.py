"""Answers one aspect of an economic zone or industrial park."""

from __future__ import annotations

from actions import show
from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn
from bot.common import names


class AskZone(Answering):
    """The record asked for, or a question which one is meant."""

    intent = names.ASK[names.ZONE]

    def answer(self, turn: Turn) -> Reply:
        """See the module."""
        return show.asked(turn, names.ZONE)
