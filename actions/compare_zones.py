"""Compares zones that a question means."""

from __future__ import annotations

from actions.answers import comparison
from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn
from bot.common import names


class CompareZones(Answering):
    """Two to six zones side by side."""

    intent = "compare_zones"

    def answer(self, turn: Turn) -> Reply:
        """The zones named or spoken of before, as the understanding has found them."""
        found = (turn.registry.find(record, names.ZONE) for record in turn.records)
        return comparison.reply(turn, [record for record in found if record])
