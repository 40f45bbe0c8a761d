"""Erasing: every row and Rasa's memory."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.apps import apps
from django.core import serializers
from django.db import connection

from bot.conversations import tasks
from bot.conversations.models import PendingForget
from tests.conversations.conftest import Api
from tests.conversations.fake_door import FakeDoor

PLANTED = "platypus"


async def _everything() -> str:
    def dump() -> str:
        models = apps.get_app_config("conversations").get_models()
        return str(
            serializers.serialize("json", [row for model in models for row in model._default_manager.all()])
        )

    return await sync_to_async(dump)()


async def test_nothing_that_was_said_is_left(api: Api, fake_door: FakeDoor) -> None:
    talk, other = await api.start("en"), await api.start("en")
    reply = (await talk.say(PLANTED))[0]
    await talk.post("feedback", {"message_id": reply["id"], "value": -1, "comment": PLANTED})
    await other.say("stays")
    assert PLANTED in await _everything()
    assert (await talk.erase()).status_code == 204
    left = await _everything()
    assert PLANTED not in left
    assert "stays" in left
    assert fake_door.bodies("forget") == [{"sender": talk.id}]
    assert await PendingForget.objects.acount() == 0


async def test_the_token_is_void_afterwards(api: Api) -> None:
    talk = await api.start("en")
    await talk.erase()
    assert (await talk.send("anyone?")).status_code == 401
    assert (await talk.erase()).status_code == 401


async def test_nothing_is_left_in_the_file(api: Api) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's files only")
    talk = await api.start("en")
    await talk.say(PLANTED)
    name = str(connection.settings_dict["NAME"])
    files = [Path(name), Path(f"{name}-wal")]
    assert any(PLANTED.encode() in file.read_bytes() for file in files)
    await talk.erase()
    assert not any(PLANTED.encode() in file.read_bytes() for file in files)


async def test_a_reader_keeps_the_log_alive_only_for_a_while(
    api: Api, fake_door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await api.start("en")
    monkeypatch.setattr("bot.conversations.erasure.wiped", lambda: False)
    await talk.erase()
    assert await PendingForget.objects.acount() == 1
    monkeypatch.setattr("bot.conversations.erasure.wiped", lambda: True)
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)
    assert await PendingForget.objects.acount() == 0


async def test_forgetting_waits_for_rasa(api: Api, fake_door: FakeDoor, no_queue: list[str]) -> None:
    talk = await api.start("en")
    fake_door.shut()
    assert (await talk.erase()).status_code == 204
    assert no_queue == ["catch_up"]
    assert (await PendingForget.objects.aget()).pk == uuid.UUID(talk.id)
    fake_door.open()
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)
    assert fake_door.bodies("forget") == [{"sender": talk.id}]
    assert await PendingForget.objects.acount() == 0


async def test_erased_while_rasa_thinks_it_is_forgotten_afterwards(api: Api, fake_door: FakeDoor) -> None:
    fake_door.seconds = 0.5
    talk = await api.start("en")
    asked = asyncio.create_task(talk.send(PLANTED))
    await fake_door.busy()
    await talk.erase()
    assert (await asked).json() == {"mode": "closed", "messages": [], "channels": []}
    assert (await PendingForget.objects.aget()).pk == uuid.UUID(talk.id)
    assert PLANTED not in await _everything()
