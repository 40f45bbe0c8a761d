"""What the gateway has said in each chat and what of it is noted as sent, read from the stack's database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

from bot.conversations.shown import ShownMessage

_CHATS = (
    "SELECT id, channel_ref FROM conversations_conversation WHERE channel = 'telegram' ORDER BY channel_ref"
)
_SAID = """
SELECT id, author, author_name, language, text, buttons, blocks, sources FROM conversations_message
WHERE conversation_id = ? AND author <> 'user' ORDER BY id
"""
_UNNOTED = """
SELECT count(*) FROM telegram_chat JOIN conversations_conversation ON id = conversation_id
WHERE cursor < last_message_id
"""


def unnoted(database: Path) -> int:
    """In how many chats the bot has not noted yet that the last message was sent."""
    with closing(_open(database)) as connection:
        return int(connection.execute(_UNNOTED).fetchone()[0])


def said_in(database: Path) -> Iterator[tuple[str, list[ShownMessage]]]:
    """Each chat with the messages that its reader must have got, in order."""
    with closing(_open(database)) as connection:
        for chat in connection.execute(_CHATS).fetchall():
            yield chat["channel_ref"], [_shown(row) for row in connection.execute(_SAID, (chat["id"],))]


def _open(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _shown(row: sqlite3.Row) -> ShownMessage:
    lists = {name: json.loads(row[name]) for name in ("buttons", "blocks", "sources")}
    plain = {name: row[name] for name in ("id", "author", "author_name", "language", "text")}
    return cast("ShownMessage", {**plain, **lists})
