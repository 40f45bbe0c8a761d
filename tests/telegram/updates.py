"""Chats, people and marked words as they stand in Telegram's updates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def private(chat_id: int) -> Json:
    return {"id": chat_id, "type": "private", "first_name": f"User {chat_id}"}


def user_of(user: int, code: str = "vi") -> Json:
    return {"id": user, "is_bot": False, "first_name": f"User {user}", "language_code": code}


def entities(text: str) -> Json:
    """The commands and mentions in a text as the app marks them."""
    found = [
        {
            "type": "bot_command" if word.startswith("/") else "mention",
            "offset": len(text[:start].encode("utf-16-le")) // 2,
            "length": len(word),
        }
        for start, word in _words(text)
        if (word.startswith("/") and start == 0 and len(word) > 1) or word.startswith("@")
    ]
    return {"entities": found} if found else {}


def _words(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in text.split(" "):
        yield at, word
        at += len(word) + 1
