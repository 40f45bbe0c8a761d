"""Lists: procedures by field, zones by conditions, incentives by tax; and more of the last list."""

from __future__ import annotations

from dataclasses import replace

from actions.answers import lists, zone_list
from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn
from bot.common import names


class ListProcedures(Answering):
    """Procedures of a field, or the fields."""

    intent = "list_procedures"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return lists.procedures(turn)


class ListZones(Answering):
    """Zones that meet the conditions of the question."""

    intent = "list_zones"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return zone_list.reply(turn)


class ListIncentives(Answering):
    """Incentives of a tax, or the groups."""

    intent = "list_incentives"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return lists.incentives(turn)


class ShowMore(Answering):
    """The whole of the list that was cut short last."""

    intent = "show_more"

    def answer(self, turn: Turn) -> Reply:
        """See the class; without a list there is nothing more."""
        page = turn.slots.get(names.PAGE_SLOT)
        if not page:
            return Reply(turn.say("list.more.none"), buttons=lists.topics(turn))
        whole = {**turn.decision, "filters": {**page["filters"], "all": True}}
        return _LISTS[page["intent"]](replace(turn, decision=whole))


_LISTS = {
    "list_procedures": lists.procedures,
    "list_zones": zone_list.reply,
    "list_incentives": lists.incentives,
}
