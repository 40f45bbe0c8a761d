"""The database locked by another process: a short wait passes unseen, a long one is a helpful refusal."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections

from bot.conversations import database
from bot.conversations.models import Message
from tests.conversations.conftest import Api
from tests.conversations.fake_door import FakeDoor

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite locks the whole file")


@contextmanager
def _locked(seconds: float) -> Iterator[None]:
    """Another writer holds the file for some time."""
    started = threading.Event()

    def hold() -> None:
        other = sqlite3.connect(connections["default"].settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        started.set()
        time.sleep(seconds)
        other.execute("ROLLBACK")
        other.close()

    thread = threading.Thread(target=hold)
    thread.start()
    started.wait()
    yield
    thread.join()


@pytest.fixture
def impatient() -> Iterator[None]:
    """Connections that wait a tenth of a second for a lock."""
    options = connections.settings["default"]["OPTIONS"]
    before = options["timeout"]
    options["timeout"] = 0.1
    database.close()
    yield
    options["timeout"] = before
    database.close()


async def test_a_short_lock_is_waited_for(api: Api) -> None:
    talk = await api.start("en")
    with _locked(0.3):
        assert (await talk.say("patience"))[0]["text"] == "re: patience"


@pytest.mark.parametrize(("language", "words"), [("vi", "đang bận"), ("en", "busy")])
async def test_a_long_lock_is_a_503_that_says_when_to_try_again(
    api: Api, fake_door: FakeDoor, impatient: None, language: str, words: str
) -> None:
    talk = await api.start(language)
    with _locked(2.0):
        response = await talk.send("now?", client_id="c1")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert response["Retry-After"] == "5"
    assert words in response.json()["detail"]
    assert fake_door.bodies() == []
    again = await talk.send("now?", client_id="c1")
    assert again.json()["messages"][0]["text"] == "re: now?"


async def test_locked_when_the_answer_is_to_be_stored_nothing_is_lost(
    api: Api, fake_door: FakeDoor, impatient: None
) -> None:
    fake_door.seconds = 0.3
    talk = await api.start("en")
    request = asyncio.create_task(talk.send("q", client_id="c1"))
    await fake_door.busy()
    with _locked(2.0):
        assert (await request).status_code == 503
    message = await Message.objects.aget(author="user")
    assert (message.text, message.progress) == ("q", "ask")
