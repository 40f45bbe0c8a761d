"""Word between processes makes streams quick, and nothing depends on it. Redis and PostgreSQL are real."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest
import redis
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from bot.conversations import events, handoff, news
from bot.conversations.models import Conversation
from bot.launch import ports
from tests.conversations.conftest import Api
from tests.conversations.test_events import Stream

REDIS = "redis://127.0.0.1:6379/0"
# Far beyond what a test waits: without word nothing would come.
NEVER = 60.0


@pytest.fixture(params=["redis", "postgresql"])
def server(request: pytest.FixtureRequest, configure: Callable[..., None]) -> str:
    """A server that passes word on; PostgreSQL when it is the database."""
    name: str = request.param
    if name == "postgresql":
        if connection.vendor != name:
            pytest.skip("the database is SQLite; the check 'gateway on PostgreSQL' has the other")
        return name
    try:
        redis.Redis.from_url(REDIS).ping()
    except redis.ConnectionError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Redis on this machine")
    configure(redis_url=REDIS)
    return name


@pytest.fixture
def slow_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "REST_SECONDS", NEVER)


async def _begun() -> None:
    """The hub hears, and has had its look at everything since."""
    hub = events._hubs[asyncio.get_running_loop()]
    async with asyncio.timeout(5):
        while not hub._hearing or hub._all_at < time.monotonic() + NEVER / 2:
            await asyncio.sleep(0.01)


async def test_what_others_write_comes_at_once(api: Api, server: str, slow_looks: None) -> None:
    talk = await api.start("en")
    officer = await sync_to_async(get_user_model().objects.create_superuser)("officer")
    stream = Stream(talk, talk.welcome[-1]["id"])
    await stream.next("mode")
    await _begun()
    begun = time.monotonic()
    await sync_to_async(handoff.claim)(uuid.UUID(talk.id), officer)
    assert (await stream.next("mode"))["mode"] == "human"
    await sync_to_async(handoff.reply)(uuid.UUID(talk.id), officer, "Hello", "r1")
    while (await stream.next())["text"] != "Hello":
        pass
    assert time.monotonic() - begun < 2.0
    await talk.erase()
    with pytest.raises(AssertionError, match="ended"):
        await stream.next("message")


async def test_what_is_not_committed_is_not_told(api: Api, server: str) -> None:
    told = []
    async with aclosing(news.heard()) as words, asyncio.timeout(5):
        assert await anext(words) is None
        undone = await sync_to_async(_rolled_back)()
        kept = await sync_to_async(Conversation.objects.create)()
        while kept.pk not in told:
            told.append(await anext(words))
    assert undone not in told


def _rolled_back() -> uuid.UUID:
    with transaction.atomic():
        made = Conversation.objects.create()
        transaction.set_rollback(True)
    return made.pk


async def test_a_server_that_is_away_costs_only_speed(
    api: Api, configure: Callable[..., None], monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    configure(redis_url=f"redis://127.0.0.1:{ports.free()}/0")
    monkeypatch.setattr(events, "LOOK_SECONDS", 0.02)
    talk = await api.start("en")
    stream = Stream(talk, talk.welcome[-1]["id"])
    await talk.say("still there?")
    assert (await stream.next())["text"] == "still there?"
    await stream.close()
    assert "news" in caplog.text
