"""Passes the conversation to a person; the gateway does the rest."""

from __future__ import annotations

from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn
from bot.common import names

_SENTENCES = {"asked": "talk.person", "complaint": "talk.complaint", "misunderstood": "talk.unknown.person"}


class RequestHuman(Answering):
    """The investor asks for a person."""

    intent = "request_human"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return pass_on(turn, "asked")


class Complaint(Answering):
    """A complaint goes to a person at once."""

    intent = "complaint"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return pass_on(turn, "complaint")


def pass_on(turn: Turn, reason: str) -> Reply:
    """The reply that hands over; `reason` is asked, complaint or misunderstood."""
    return Reply(turn.say(_SENTENCES[reason]), handoff=reason, slots={names.OFFERED_SLOT: []})
