"""Readiness and figures: for the private network only."""

from __future__ import annotations

import pytest

from bot.conversations import operators
from bot.conversations.health import Probe
from tests.conversations.conftest import Api
from tests.conversations.fake_door import FakeDoor, answer

SOURCE = {"record": "irc_issue", "title": "Law on Investment"}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operators, "_probe", Probe())


async def test_ready_means_a_sourced_answer_asked_once_a_minute(api: Api, fake_door: FakeDoor) -> None:
    fake_door.answering = lambda body: answer("20 days", sources=[SOURCE])
    for _ in range(3):
        response = await api.client.get("/readyz")
        assert (response.status_code, response.json()) == (200, {"database": True, "assistant": True})
    assert [name for name, _ in fake_door.calls] == ["messages", "forget"]
    assert fake_door.calls[0][1]["sender"] == fake_door.calls[1][1]["sender"]


async def test_an_answer_without_source_or_none_is_not_ready(api: Api, fake_door: FakeDoor) -> None:
    assert (await api.client.get("/readyz")).status_code == 503
    operators._probe = Probe()
    fake_door.shut()
    assert (await api.client.get("/readyz")).json() == {"database": True, "assistant": False}


async def test_figures_of_the_gateway(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    fake_door.shut()
    await talk.say("q")
    text = (await api.client.get("/metrics")).content.decode()
    assert "heza_unanswered_messages 1.0" in text
    assert 'heza_conversations{mode="bot"} 1.0' in text
    assert 'heza_assistant_failures_total{kind="away"}' in text
    assert talk.id not in text


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
async def test_from_outside_there_is_nothing(api: Api, path: str) -> None:
    through_proxy = await api.client.get(path, headers={"X-Forwarded-For": "203.0.113.7"})
    assert through_proxy.status_code == 404
