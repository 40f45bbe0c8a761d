"""A message as the API and the channels show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typing_extensions import TypedDict

from bot.conversations.models import Author, Message


class ShownMessage(TypedDict):
    """The public form of a message; `language` is null when the text is in both languages."""

    id: int
    author: str
    author_name: str
    language: str | None
    created_at: str
    text: str
    buttons: list[dict[str, str]]
    blocks: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    reply_to: int | None
    client_id: str | None


def shown(message: Message) -> ShownMessage:
    """One message in its public form; times in UTC, ISO 8601."""
    return {
        "id": message.pk,
        "author": message.author,
        "author_name": message.author_name,
        "language": message.language or None,
        "created_at": message.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "text": message.text,
        "buttons": message.buttons,
        "blocks": message.blocks,
        "sources": message.sources,
        "reply_to": message.reply_to_id,
        "client_id": message.client_id if message.author == Author.USER else None,
    }


def shown_all(messages: Iterable[Message]) -> list[ShownMessage]:
    """Several messages in their public form."""
    return [shown(message) for message in messages]
