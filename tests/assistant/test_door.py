"""The door on a real Sanic server, with a small agent behind it in place of Rasa's."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from sanic import Sanic
from sanic.response import HTTPResponse

from bot.assistant import memory
from bot.assistant.door import SignedDoor
from bot.assistant.memory import ConversationMemory
from bot.common import names, signing
from bot.common.settings import ROOT

# Rasa reads its own schemas in an old way, and warns of slots whatever they are.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Slot auto-fill:UserWarning"),
]

SECRET = "a secret that only the tests know, long enough"
ANSWER = {
    "text": "the answer",
    "buttons": [],
    "blocks": [],
    "sources": [{"record": "work_permit"}],
    "handoff": None,
}


class Agent:
    """Takes messages as Rasa would: keeps the turn, says the answer."""

    def __init__(self, store: ConversationMemory) -> None:
        self.lock_store = InMemoryLockStore()
        self.tracker_store = store
        self.processor: SimpleNamespace | None = SimpleNamespace(
            model_filename="heza-1.tar.gz", fetch_tracker_with_initial_session=store.get_or_create_tracker
        )
        self.seen: list[UserMessage] = []
        self.broken = False

    async def handle(self, message: UserMessage) -> None:
        if self.broken:
            raise RuntimeError("no model")
        self.seen.append(message)
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        parsed = message.parse_data or {"intent": {"name": "greet", "confidence": 0.8}, "entities": []}
        tracker.update(
            UserUttered(
                message.text, parsed["intent"], parsed["entities"], parsed, message_id=message.message_id
            )
        )
        tracker.update(ActionExecuted("action_greet"))
        tracker.update(SlotSet("language", "en"))
        for said in ({"custom": dict(ANSWER)}, {"text": "plain"}, {}):
            await message.output_channel.send_response(message.sender_id, dict(said))
            tracker.update(BotUttered(said.get("text"), {key: said[key] for key in said if key != "text"}))
        await self.tracker_store.save(tracker)


class Door:
    """Requests to the door without a socket."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        channel = SignedDoor(SECRET)
        self._routes = {}
        blueprint = channel.blueprint(agent.handle)
        for route in blueprint._future_routes:
            self._routes[route.uri] = route.handler
        self.name = channel.name()

    def call(self, path: str, content: Any, secret: str = SECRET, **headers: str) -> tuple[int, Any]:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        request = SimpleNamespace(
            headers={**signing.headers(secret, body), **headers},
            body=body,
            app=SimpleNamespace(ctx=SimpleNamespace(agent=self.agent)),
        )
        answer: HTTPResponse = asyncio.run(self._routes[path](request))
        return answer.status, json.loads(answer.body) if answer.body else None


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setenv("HEZA_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    memory.shared.cache_clear()
    yield Door(Agent(ConversationMemory(Domain.from_path(str(ROOT / "domain.yml")))))
    memory.shared.cache_clear()


def message(**given: Any) -> dict[str, Any]:
    return {"sender": "abc", "message_id": "m1", "language": "vi", "text": "hello", **given}


def test_one_call_brings_the_answers_and_what_was_understood(door: Door) -> None:
    status, content = door.call("/messages", message())
    assert status == 200
    assert content["messages"][0] == ANSWER
    assert content["messages"][1] == {**ANSWER, "text": "plain", "sources": []}
    assert len(content["messages"]) == 2
    told = content["understood"]
    assert told["intent"] == {"name": "greet", "confidence": 0.8}
    assert (told["language"], told["action"], told["model"]) == ("en", "action_greet", "heza-1.tar.gz")
    assert told["milliseconds"] >= 0


def test_without_a_model_the_door_is_not_healthy(door: Door) -> None:
    assert door.call("/health", {}) == (200, {"model": "heza-1.tar.gz"})
    door.agent.processor = None
    assert door.call("/health", {})[0] == 503


def test_the_language_hint_goes_with_a_text(door: Door) -> None:
    door.call("/messages", message())
    (seen,) = door.agent.seen
    assert seen.metadata == {names.LANGUAGE_HINT: "vi"}
    assert seen.parse_data is None
    assert (seen.sender_id, seen.message_id, seen.input_channel) == ("abc", "m1", "heza")


def test_a_payload_is_not_parsed(door: Door) -> None:
    content = message(payload='/select_record{"record":"irc_issue"}')
    del content["text"]
    status, answer = door.call("/messages", content)
    assert status == 200
    assert door.agent.seen[0].parse_data["intent"]["name"] == "select_record"
    assert answer["understood"]["decision"]["record"] == "irc_issue"


@pytest.mark.parametrize("path", ["/messages", "/forget", "/note", "/leave"])
def test_nothing_is_done_without_the_right_signature(door: Door, path: str) -> None:
    old = str(int(time.time()) - 61)
    body = json.dumps(message()).encode()
    assert door.call(path, body, "another secret")[0] == 401
    assert door.call(path, body, **{signing.SIGNATURE_HEADER: ""})[0] == 401
    stale = {signing.TIMESTAMP_HEADER: old, signing.SIGNATURE_HEADER: signing.sign(SECRET, old, body)}
    assert door.call(path, body, **stale)[0] == 401
    other = signing.headers(SECRET, b"another body")
    assert door.call(path, body, **other)[0] == 401
    assert door.agent.seen == []


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b"\xff\xfe"])
def test_a_body_that_is_no_object_is_refused(door: Door, body: bytes) -> None:
    assert door.call("/messages", body)[0] == 400


def test_a_text_that_looks_like_an_intent_is_refused(door: Door) -> None:
    assert door.call("/messages", message(text=" /restart"))[0] == 400
    assert door.agent.seen == []


def test_a_fault_in_rasa_is_an_empty_answer(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    door.agent.broken = True
    status, content = door.call("/messages", message(text="my private words"))
    assert (status, content["messages"]) == (200, [])
    assert content["understood"]["intent"]["name"] is None
    assert "conversation=abc" in caplog.text
    assert "my private words" not in caplog.text


def test_a_message_asked_again_is_handled_once(door: Door) -> None:
    first = door.call("/messages", message())[1]
    again = door.call("/messages", message())[1]
    assert again["messages"] == first["messages"]
    assert again["understood"]["intent"] == first["understood"]["intent"]
    assert len(door.agent.seen) == 1
    door.call("/note", {"sender": "abc", "message_id": "m2", "author": "staff", "text": "yes"})
    assert door.call("/messages", message())[1]["messages"] == first["messages"]
    door.call("/messages", message(message_id="m3"))
    assert door.call("/messages", message())[1]["messages"] == first["messages"]
    assert len(door.agent.seen) == 2


def test_messages_without_a_number_are_all_new(door: Door) -> None:
    for _ in range(2):
        door.call("/messages", message(message_id=""))
    assert len(door.agent.seen) == 2


def test_without_a_model_it_says_come_later(door: Door) -> None:
    door.agent.processor = None
    assert door.call("/messages", message())[0] == 503
    assert door.call("/note", {"sender": "abc", "author": "user", "text": "x"})[0] == 503
    assert door.agent.seen == []


def test_forgetting_deletes_the_conversation(door: Door) -> None:
    door.call("/messages", message())
    assert memory.shared().load("abc")
    assert door.call("/forget", {"sender": "abc"}) == (204, None)
    assert memory.shared().load("abc") == []
    assert door.call("/forget", {"sender": "nobody"}) == (204, None)


def test_what_was_said_without_the_assistant_becomes_history(door: Door) -> None:
    door.call("/messages", message())
    assert door.call("/note", {"sender": "abc", "author": "user", "text": "are you there"})[0] == 204
    assert door.call("/note", {"sender": "abc", "author": "staff", "text": "yes"})[0] == 204
    events = memory.shared().load("abc")
    assert [event["text"] for event in events if event["event"] == "user"] == ["hello", "are you there"]
    assert events[-1]["event"] == "bot"
    assert events[-1]["metadata"]["author"] == "staff"


@pytest.mark.parametrize("author", ["user", "staff"])
def test_a_note_told_again_is_kept_once(door: Door, author: str) -> None:
    for number in ("m2", "m2", "m3"):
        door.call("/note", {"sender": "abc", "message_id": number, "author": author, "text": "there"})
    assert sum(event.get("text") == "there" for event in memory.shared().load("abc")) == 2


def test_the_process_ends_when_it_is_told_to_leave(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[tuple[int, int]] = []
    monkeypatch.setattr("bot.assistant.door._FAREWELL_SECONDS", 0)
    monkeypatch.setattr(os, "kill", lambda *given: ended.append(given))
    assert door.call("/leave", {}, "another secret")[0] == 401
    assert ended == []
    assert door.call("/leave", {}) == (204, None)
    assert ended == [(os.getpid(), signal.SIGTERM)]


def test_rasa_can_mount_it() -> None:
    app = Sanic("door-test")
    channel = SignedDoor(SECRET)
    app.blueprint(channel.blueprint(AsyncMock()), url_prefix=f"/webhooks/{channel.name()}")
    paths = {"/" + route.path for route in app.router.routes}
    assert {"/webhooks/heza/messages", "/webhooks/heza/forget", "/webhooks/heza/note"} <= paths
