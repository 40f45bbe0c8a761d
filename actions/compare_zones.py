"""Compares zones that a question names."""

from __future__ import annotations

from actions.answers import comparison
from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn
from bot.common import names


class CompareZones(Answering):
    """Two to four zones side by side."""

    intent = "compare_zones"

    def answer(self, turn: Turn) -> Reply:
        """The zones named; with one alone, the zone spoken of before joins it."""
        ids = list(dict.fromkeys(turn.records))
        in_mind = turn.slots.get(names.RECORD_SLOT)
        if len(ids) == 1 and in_mind and in_mind not in ids:
            ids.insert(0, in_mind)
        found = (turn.registry.find(record, names.ZONE) for record in ids)
        return comparison.reply(turn, [record for record in found if record])
