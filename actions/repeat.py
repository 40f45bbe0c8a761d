"""Says the last answer again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.answers import lists
from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn


class Repeat(Answering):
    """The last answer of the assistant, unchanged."""

    intent = "repeat"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        last = next((said for event in reversed(turn.events) if (said := _answer(event))), None)
        if last is None:
            return Reply(turn.say("talk.repeat.none"), buttons=lists.topics(turn))
        return Reply(last["text"], last["buttons"], last["blocks"], last["sources"])


def _answer(event: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if event.get("event") != "bot":
        return None
    custom = (event.get("data") or {}).get("custom")
    return custom if custom and custom.get("text") else None
