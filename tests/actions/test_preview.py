"""What staff see before publishing is what the chat will say."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import registry
from actions.preview import Preview
from actions.registry import Registry


def _previewed(record: dict[str, Any], *aspects: str) -> list[dict[str, Any]]:
    message = {"preview": {"record": record, "aspects": list(aspects)}}
    tracker = Tracker("preview", {}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    asyncio.run(Preview().run(dispatcher, tracker, {}))
    return [answer["custom"] for answer in dispatcher.messages]


@pytest.fixture
def work_permit(shared_registry: Registry, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(registry, "shared", lambda: shared_registry)
    record = registry.Reading(shared_registry).record("procedure", "work_permit")
    assert record is not None
    return record


def test_both_languages_of_each_aspect(work_permit: dict[str, Any]) -> None:
    answers = _previewed(work_permit, "time", "fee")
    assert [(answer["language"], answer["aspect"]) for answer in answers] == [
        ("vi", "time"), ("en", "time"), ("vi", "fee"), ("en", "fee"),
    ]  # fmt: skip
    assert all(answer["sources"][0]["record"] == "work_permit" for answer in answers)


def test_what_is_not_published_yet_is_what_is_shown(work_permit: dict[str, Any]) -> None:
    fee = {
        **work_permit["fee"],
        "note": {"vi": "Phí thử 12.345 đồng.", "en": "A fee of VND 12,345 on trial."},
    }
    vietnamese, english = _previewed({**work_permit, "fee": fee}, "fee")
    assert "Phí thử 12.345 đồng." in vietnamese["text"]
    assert "A fee of VND 12,345 on trial." in english["text"]
