"""What Rasa remembers of a conversation: the slots and the last few turns, one row a conversation.

Rasa hands the whole history to every policy and action, so turn 100 would cost far more than turn 5.
Here history before the last turns is folded into the slots it left, and PINs are left out. What people
read is the gateway's log, not this.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.pins import without_pins
from bot.common import settings

Event = dict[str, Any]

# "Say that again" needs one turn, an interrupted form two; one more for the reader of a log.
KEPT_TURNS = 3
BUSY_SECONDS = 5
_LISTEN = {"event": "action", "name": "action_listen"}

_TABLE = """CREATE TABLE IF NOT EXISTS rasa_conversation (
    sender_id VARCHAR(255) PRIMARY KEY, events TEXT NOT NULL, updated_at DOUBLE PRECISION NOT NULL)"""
_UPSERT = """INSERT INTO rasa_conversation (sender_id, events, updated_at) VALUES (:sender, :events, :now)
    ON CONFLICT (sender_id) DO UPDATE SET events = excluded.events, updated_at = excluded.updated_at"""


class Conversations:
    """The table of conversations, in the data folder's SQLite file or in PostgreSQL (`DATABASE_URL`)."""

    def __init__(self, url: str) -> None:
        self._engine = _sqlite(url) if url.startswith("sqlite") else _server(url)
        with self._engine.begin() as connection:
            connection.execute(sa.text(_TABLE))

    def load(self, sender: str) -> list[Event]:
        """The events kept of a conversation, oldest first; [] when there are none."""
        query = sa.text("SELECT events FROM rasa_conversation WHERE sender_id = :sender")
        with self._engine.connect() as connection:
            row = connection.execute(query, {"sender": sender}).first()
        events: list[Event] = json.loads(row[0]) if row else []
        return events

    def save(self, sender: str, events: list[Event]) -> None:
        """Keep the conversation's recent events in place of what stood there."""
        content = json.dumps(without_pins(shortened(events)), ensure_ascii=False)
        with self._engine.begin() as connection:
            connection.execute(sa.text(_UPSERT), {"sender": sender, "events": content, "now": time.time()})

    def forget(self, sender: str) -> None:
        """Delete the conversation; nothing of it stays in free pages or in the write-ahead log."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.text("DELETE FROM rasa_conversation WHERE sender_id = :sender"), {"sender": sender}
            )
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def senders(self) -> list[str]:
        """The ids of all conversations kept."""
        with self._engine.connect() as connection:
            return [row[0] for row in connection.execute(sa.text("SELECT sender_id FROM rasa_conversation"))]


class ConversationMemory(TrackerStore):
    """Rasa's tracker store over `Conversations`."""

    def __init__(
        self, domain: Domain | None = None, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._conversations = shared()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation's recent events."""
        await self.stream_events(tracker)
        self._conversations.save(tracker.sender_id, [event.as_dict() for event in tracker.events])

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as Rasa works on it; None when there is none."""
        events = self._conversations.load(sender_id)
        if not events:
            return None
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return self._conversations.senders()


@lru_cache(maxsize=1)
def shared() -> Conversations:
    """The process's own table, opened on first use."""
    current = settings.load()
    if current.database_url.startswith("sqlite"):
        current.data_dir.mkdir(parents=True, exist_ok=True)
        # A file of its own: two writers on one SQLite file would wait for each other in every turn.
        return Conversations(f"sqlite:///{current.data_dir / 'rasa.sqlite3'}")
    return Conversations(current.database_url.replace("postgres://", "postgresql://", 1))


def shortened(events: list[Event]) -> list[Event]:
    """The events of the last turns; what came before becomes the slots and the loop it left."""
    turns = [position for position, event in enumerate(events) if event["event"] == "user"]
    if len(turns) <= KEPT_TURNS:
        return events
    cut = turns[-KEPT_TURNS]
    slots: dict[str, Event] = {}
    loop: Event | None = None
    for event in events[:cut]:
        if event["event"] == "slot":
            slots[event["name"]] = event
        elif event["event"] == "active_loop":
            loop = event
    session = [event for event in events[:2] if event.get("name") == "action_session_start"]
    session += [event for event in events[:cut] if event["event"] == "session_started"][:1]
    standing = [loop] if loop and loop.get("name") else []
    listen = {**_LISTEN, "timestamp": events[cut]["timestamp"]}
    return [*session, *slots.values(), *standing, listen, *events[cut:]]


def _sqlite(url: str) -> sa.engine.Engine:
    # A connection is kept: closing the last one to a file writes its log back, 20 ms in every turn.
    engine = sa.create_engine(
        url, future=True, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False}
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _server(url: str) -> sa.engine.Engine:
    return sa.create_engine(url, future=True, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
