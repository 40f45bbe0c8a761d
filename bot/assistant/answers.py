"""Collects what Rasa says in one turn, every message in the shape of an Answer (docs/architecture.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import OutputChannel

Answer = dict[str, Any]


class AnswerCollector(OutputChannel):
    """An output channel that keeps the answers; ours come as custom JSON, Rasa's own as plain text."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []

    @classmethod
    def name(cls) -> str:
        """The output channel's name."""
        return "heza"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message; an empty one is none."""
        self.answers += _read(message)


def kept(turn: Sequence[dict[str, Any]]) -> list[Answer]:
    """The answers among the events of a turn, as they were given; what staff wrote is none of them."""
    said = [event for event in turn if event["event"] == "bot" and "author" not in event["metadata"]]
    return [answer for event in said for answer in _read({**event["data"], "text": event["text"]})]


def _read(message: Mapping[str, Any]) -> list[Answer]:
    if custom := message.get("custom"):
        return [answer(**custom)]
    return [answer(message["text"], message.get("buttons"))] if message.get("text") else []


def answer(
    text: str,
    buttons: list[dict[str, str]] | None = None,
    blocks: list[dict[str, Any]] | None = None,
    sources: list[dict[str, Any]] | None = None,
    handoff: str | None = None,
) -> Answer:
    """An Answer with every key present."""
    return {
        "text": text,
        "buttons": buttons or [],
        "blocks": blocks or [],
        "sources": sources or [],
        "handoff": handoff,
    }
