"""Collects what Rasa says in one turn, every message in the shape of an Answer (docs/architecture.md)."""

from __future__ import annotations

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
        custom = message.get("custom")
        if custom:
            self.answers.append(answer(**custom))
        elif message.get("text"):
            self.answers.append(answer(message["text"], message.get("buttons")))


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
