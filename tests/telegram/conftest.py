"""The real client and handlers between a Bot API server and a Rasa door that are played on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections

from bot.conversations import database, door
from bot.telegram import application as running
from bot.telegram.limits import ChatLimiter
from tests.conversations.conftest import configure, fake_door, no_queue
from tests.conversations.fake_door import FakeDoor
from tests.telegram.bot_api import TOKEN, BotApi, Json
from tests.telegram.bot_rules import Refusal

__all__ = ["configure", "fake_door", "no_queue"]

SITE = "https://heza.example.vn"
ANN, BOB = 1001, 1002


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    api = BotApi()
    api.open()
    yield api
    api.shut()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the process is set up; pauses that people do not notice would only make the tests slow."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    monkeypatch.setattr(running, "ChatLimiter", lambda: ChatLimiter(1000, 0.001, 6000))
    monkeypatch.setattr("bot.telegram.post.LOOK_SECONDS", 0.02)
    monkeypatch.setattr("bot.telegram.post._FIRST_PAUSE", 0.05)
    monkeypatch.setattr("bot.telegram.application._RETRY_SECONDS", 0.1)
    monkeypatch.setattr("bot.telegram.application._FAULT_SECONDS", 0.1)
    monkeypatch.setattr("bot.telegram.menu._RETRY_SECONDS", 0.1)


class Bot:
    """The bot's process, as it runs, in this one: started and stopped by a test."""

    def __init__(self, telegram: BotApi) -> None:
        self.telegram = telegram
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self, **changes: Any) -> None:
        wanted = {"telegram_token": TOKEN, "telegram_api_url": self.telegram.url, "public_url": SITE}
        self._stop = asyncio.Event()
        configured = replace(settings.HEZA, **{**wanted, **changes})
        self._task = asyncio.create_task(running.run(configured, self._stop))

    async def stop(self) -> None:
        """As SIGTERM does."""
        self._stop.set()
        if self._task:
            await self._task
            self._task = None

    async def kill(self) -> None:
        """As far as one process can: nothing is finished."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None


@pytest_asyncio.fixture
async def bot(
    transactional_db: None, telegram: BotApi, fake_door: FakeDoor, configure: object
) -> AsyncIterator[Bot]:
    made = Bot(telegram)
    await made.start()
    yield made
    await made.stop()
    await door.close()
    database.close()
    await sync_to_async(connections.close_all)()


async def until(condition: Callable[[], Any], seconds: float = 30.0) -> None:
    """Return when something is so; fails when it does not become so."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def told(telegram: BotApi, chat_id: int, messages: int) -> AsyncIterator[None]:
    """After the block so many more messages stand in the chat."""
    before = len(telegram.in_chat(chat_id))
    yield
    await until(lambda: len(telegram.in_chat(chat_id)) >= before + messages)


async def greeted(telegram: BotApi, person: int = ANN) -> None:
    """Somebody opens the chat and gets the first words."""
    async with told(telegram, person, 1):
        telegram.say(person, "/start")


class Failing:
    """Lets calls of a method fail so many times."""

    def __init__(self, method: str, *refusals: Refusal) -> None:
        self.method, self.refusals = method, list(refusals)

    def __call__(self, method: str, params: Json) -> Refusal | None:
        return self.refusals.pop(0) if method == self.method and self.refusals else None


def too_many(seconds: int) -> Refusal:
    """Telegram asks for a pause."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
