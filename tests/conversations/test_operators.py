"""Readiness and figures: for the private network only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest
from django.db import OperationalError
from prometheus_client import generate_latest

from bot.conversations import metrics, operators
from bot.conversations.health import Probe
from bot.conversations.models import PendingForget
from bot.launch import ports
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


async def test_who_asks_at_the_same_time_waits_for_the_same_answer(api: Api, fake_door: FakeDoor) -> None:
    fake_door.answering = lambda body: answer("20 days", sources=[SOURCE])
    fake_door.seconds = 0.1
    looks = await asyncio.gather(*(api.client.get("/readyz") for _ in range(5)))
    assert [response.status_code for response in looks] == [200] * 5
    assert [name for name, _ in fake_door.calls] == ["messages", "forget"]


async def test_a_question_that_could_not_be_forgotten_is_forgotten_later(
    api: Api, fake_door: FakeDoor
) -> None:
    fake_door.status = 500
    assert (await api.client.get("/readyz")).status_code == 503
    assert await PendingForget.objects.acount() == 1


async def test_figures_of_the_gateway(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    fake_door.shut()
    await talk.say("q")
    text = await asyncio.to_thread(_scraped)
    assert "heza_unanswered_messages 1.0" in text
    assert 'heza_conversations{mode="bot"} 1.0' in text
    assert 'heza_assistant_failures_total{kind="away"}' in text
    assert talk.id not in text


async def test_figures_have_a_port_of_their_own(api: Api, configure: Callable[..., None]) -> None:
    configure(metrics_host="127.0.0.1", metrics_port=(port := ports.free()))
    async with httpx.AsyncClient(trust_env=False) as client:
        with metrics.served():
            scraped = await client.get(f"http://127.0.0.1:{port}/metrics")
            assert 'heza_conversations{mode="bot"} 0.0' in scraped.text
        with pytest.raises(httpx.ConnectError):
            await client.get(f"http://127.0.0.1:{port}/metrics")
    assert (await api.client.get("/metrics")).status_code == 404


async def test_while_the_tables_are_away_the_counters_stay(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.conversations.queue.unanswered", _away)
    text = await asyncio.to_thread(_scraped)
    assert "heza_messages_total" in text
    assert "heza_conversations" not in text


async def test_from_outside_there_is_nothing(api: Api) -> None:
    through_proxy = await api.client.get("/readyz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert through_proxy.status_code == 404


def _scraped() -> str:
    return generate_latest(metrics.REGISTRY).decode()


def _away() -> None:
    raise OperationalError("away")
