from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError

from bot.assistant import memory
from bot.assistant.memory import KEPT_TURNS, ConversationMemory, Conversations, shortened
from bot.common.settings import ROOT

# Rasa reads its own schemas in an old way, and warns of slots whatever they are.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Slot auto-fill:UserWarning"),
]

PLANTED = "a sentence that must not survive"


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.from_path(str(ROOT / "domain.yml"))


@pytest.fixture
def store(domain: Domain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ConversationMemory]:
    monkeypatch.setenv("HEZA_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    memory.shared.cache_clear()
    yield ConversationMemory(domain, host=None)
    memory.shared.cache_clear()


def turn(tracker: DialogueStateTracker, number: int, *more: Any) -> None:
    events = [
        UserUttered(f"question {number}", {"name": "greet", "confidence": 1.0}),
        ActionExecuted("action_greet"),
        BotUttered(None, {"custom": {"text": f"answer {number}"}}),
        *more,
        ActionExecuted("action_listen"),
    ]
    for event in events:
        tracker.update(event)


def talked(store: ConversationMemory, turns: int, *first: Any) -> DialogueStateTracker:
    """A conversation of so many turns, kept and read again after each, as Rasa does."""

    async def talk() -> DialogueStateTracker:
        tracker = await store.get_or_create_tracker("sender")
        for number in range(turns):
            turn(tracker, number, *(first if number == 0 else ()))
            await store.save(tracker)
            tracker = await store.retrieve("sender")
        return tracker

    return asyncio.run(talk())


def test_a_conversation_is_found_again(store: ConversationMemory) -> None:
    tracker = talked(store, 1, SlotSet("record", "work_permit"))
    assert tracker.get_slot("record") == "work_permit"
    assert tracker.latest_message.text == "question 0"
    assert asyncio.run(store.retrieve("another")) is None
    assert list(asyncio.run(store.keys())) == ["sender"]


def test_old_turns_go_and_their_slots_stay(store: ConversationMemory) -> None:
    tracker = talked(store, 30, SlotSet("record", "work_permit"), SlotSet("language", "en"))
    said = [event.text for event in tracker.events if isinstance(event, UserUttered)]
    assert said == [f"question {number}" for number in range(30 - KEPT_TURNS, 30)]
    assert (tracker.get_slot("record"), tracker.get_slot("language")) == ("work_permit", "en")
    assert tracker.latest_action_name == "action_listen"


def test_turn_100_keeps_no_more_than_turn_5(store: ConversationMemory) -> None:
    def size(turns: int) -> int:
        talked(store, turns)
        events = memory.shared().load("sender")
        memory.shared().forget("sender")
        return len(events)

    assert size(100) == size(5)


def test_a_form_that_is_open_stays_open(store: ConversationMemory) -> None:
    tracker = talked(store, 10, ActiveLoop("dossier_form"), SlotSet("requested_slot", "dossier_code"))
    assert tracker.active_loop_name == "dossier_form"
    assert tracker.get_slot("requested_slot") == "dossier_code"


def test_a_form_that_was_closed_stays_closed(store: ConversationMemory) -> None:
    tracker = talked(store, 10, ActiveLoop("dossier_form"), ActiveLoop(None))
    assert tracker.active_loop_name is None


def test_the_latest_value_of_a_slot_counts() -> None:
    user: dict[str, Any] = {"event": "user", "timestamp": 1.0}
    events: list[dict[str, Any]] = [
        {"event": "slot", "name": "record", "value": "old"},
        user,
        {"event": "slot", "name": "record", "value": "new"},
        *[user] * KEPT_TURNS,
    ]
    kept = shortened(events)
    assert [event["value"] for event in kept if event["event"] == "slot"] == ["new"]


def test_forgetting_leaves_nothing_on_disk(store: ConversationMemory, tmp_path: Path) -> None:
    async def plant() -> None:
        tracker = await store.get_or_create_tracker("sender")
        tracker.update(UserUttered(PLANTED))
        await store.save(tracker)

    asyncio.run(plant())
    assert any(PLANTED.encode() in path.read_bytes() for path in tmp_path.iterdir())
    memory.shared().forget("sender")
    assert asyncio.run(store.retrieve("sender")) is None
    assert not any(PLANTED.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_postgresql_does_the_same() -> None:
    url = "postgresql://root@127.0.0.1:5432/test"
    try:
        conversations = Conversations(url)
    except OperationalError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no PostgreSQL on this machine")
    sender = f"test-{uuid.uuid4()}"
    conversations.save(sender, [{"event": "user", "text": "xin chào"}])
    conversations.save(sender, [{"event": "user", "text": "hai"}])
    assert conversations.load(sender) == [{"event": "user", "text": "hai"}]
    assert sender in conversations.senders()
    conversations.forget(sender)
    assert conversations.load(sender) == []


def test_two_processes_may_share_the_table(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rasa.sqlite3'}"
    first, second = Conversations(url), Conversations(url)
    first.save("sender", [{"event": "user", "text": "hello"}])
    assert second.load("sender") == [{"event": "user", "text": "hello"}]
    second.save("sender", [])
    assert first.load("sender") == []
