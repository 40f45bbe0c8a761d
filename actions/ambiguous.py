"""Two records fit, or more: asks with buttons instead of guessing."""

from __future__ import annotations

from actions import show
from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn


class Ambiguous(Answering):
    """A button for each candidate."""

    intent = "ambiguous"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return show.choices(turn)
