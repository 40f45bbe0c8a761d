"""Every action through the server's own door: tracker in, one answer and the slots out, whatever happens."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import base, faults, registry
from actions.base import Answering
from actions.reply import Reply
from actions.turn import Turn
from bot.common import names
from tests.actions.registry_server import RegistryServer

Answer = dict[str, Any]


@pytest.fixture
def client(registry: registry.Registry, monkeypatch: pytest.MonkeyPatch) -> registry.Registry:
    monkeypatch.setattr("actions.registry.shared", lambda: registry)
    return registry


def tracker(decision: dict[str, Any] | None = None, intent: str = "greet", **slots: Any) -> Tracker:
    message = {"text": "x", "intent": {"name": intent}, names.DECISION: decision}
    return Tracker("conversation-1", slots, message, [], False, None, {}, "action_listen")


def run(action: Any, given: Tracker) -> tuple[Answer, dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, given, {}))
    (message,) = dispatcher.messages
    return message["custom"], {event["name"]: event["value"] for event in events if event["event"] == "slot"}


class Speaks(Answering):
    intent = "greet"

    def answer(self, turn: Turn) -> Reply:
        return Reply(f"in {turn.language}")


class Breaks(Answering):
    intent = "help"

    def answer(self, turn: Turn) -> Reply:
        raise KeyError("a sentence that is missing")


class Reads(Answering):
    intent = "ask_zone"

    def answer(self, turn: Turn) -> Reply:
        found = turn.registry.record(names.ZONE, "ip-trang-due")
        assert found is not None
        return Reply(found["id"])


def test_an_answer_has_every_key_and_sets_the_language(client: registry.Registry) -> None:
    answer, slots = run(Speaks(), tracker({"language": "en"}, misunderstood=2))
    assert answer == {"text": "in en", "buttons": [], "blocks": [], "sources": [], "handoff": None}
    assert slots == {names.LANGUAGE_SLOT: "en", names.MISUNDERSTOOD_SLOT: 0}


def test_slots_that_stay_are_not_set_again(client: registry.Registry) -> None:
    _, slots = run(Speaks(), tracker({"language": "en"}, language="en", misunderstood=0))
    assert slots == {}


@pytest.mark.parametrize(
    ("decision", "slot", "language"),
    [
        ({"language": "en"}, "vi", "en"),
        ({}, "en", "en"),
        (None, None, "vi"),
        ({"language": "fr"}, None, "vi"),
    ],
)
def test_clear_text_decides_the_language_then_the_conversation(
    client: registry.Registry, decision: dict[str, Any] | None, slot: str | None, language: str
) -> None:
    answer, _ = run(Speaks(), tracker(decision, language=slot))
    assert answer["text"] == f"in {language}"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_fault_is_an_apology_with_the_offer_of_a_person(
    client: registry.Registry, caplog: pytest.LogCaptureFixture, language: str
) -> None:
    before = faults.count("action_help")
    with caplog.at_level(logging.ERROR, "actions.faults"):
        answer, slots = run(Breaks(), tracker({"language": language}))
    assert answer["text"].startswith({"vi": "Xin lỗi", "en": "Sorry"}[language])
    assert answer["buttons"][0]["payload"] == "/request_human"
    assert slots[names.OFFERED_SLOT] == ["person"]
    assert faults.count("action_help") == before + 1
    assert "conversation=conversation-1" in caplog.text


def test_the_registry_down_is_said_honestly(client: registry.Registry, server: RegistryServer) -> None:
    server.broken = True
    answer, _ = run(Reads(), tracker({"language": "en"}))
    assert answer["text"].startswith("The database cannot be reached at the moment")
    assert answer["buttons"][0]["payload"] == "/request_human"


def test_an_answer_from_the_copy_names_its_date(client: registry.Registry, server: RegistryServer) -> None:
    client.refresh_copy()
    server.broken = True
    answer, _ = run(Reads(), tracker({"language": "en"}))
    assert answer["text"].startswith("ip-trang-due")
    assert "this answer comes from the copy of" in answer["text"]


def test_one_slow_action_does_not_hold_up_another(client: registry.Registry, server: RegistryServer) -> None:
    server.delay = 0.5

    async def both() -> float:
        begun = time.monotonic()
        slow = asyncio.create_task(Reads().run(CollectingDispatcher(), tracker({"language": "en"}), {}))
        await asyncio.sleep(0.02)
        await Speaks().run(CollectingDispatcher(), tracker({"language": "en"}), {})
        quick = time.monotonic() - begun
        await slow
        return quick

    assert asyncio.run(both()) < 0.4


def test_an_action_that_never_ends_is_given_up(
    client: registry.Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "ANSWER_SECONDS", 0.1)
    release = threading.Event()

    class Hangs(Answering):
        intent = "thanks"

        def answer(self, turn: Turn) -> Reply:
            release.wait(5)
            return Reply("too late")

    dispatcher = CollectingDispatcher()

    async def call() -> None:
        await Hangs().run(dispatcher, tracker({"language": "en"}), {})
        release.set()

    asyncio.run(call())
    assert dispatcher.messages[0]["custom"]["text"].startswith("Sorry")
