"""A database file that threads share, a door to talk to, and a client that speaks the API."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.test import AsyncClient

from bot.conversations import database, door
from tests.conversations.fake_door import FakeDoor

Json = dict[str, Any]


@pytest.fixture
def fake_door(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDoor]:
    made = FakeDoor(settings.HEZA.secret)
    monkeypatch.setenv("HEZA_RASA_URL", made.url)
    made.open()
    yield made
    made.shut()


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Change settings of ours for one test."""

    def change(**values: object) -> None:
        monkeypatch.setattr(settings, "HEZA", replace(settings.HEZA, **values))  # type: ignore[arg-type]

    change(
        rate_limit_per_minute=0,
        rasa_timeout=20.0,
        notice_vi="",
        notice_en="",
        topics_for_people=(),
        today=None,
    )
    return change


@pytest.fixture(autouse=True)
def no_queue(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The worker's calls, counted instead of queued."""
    calls: list[str] = []
    for module in ("gateway", "api"):
        monkeypatch.setattr(f"bot.conversations.{module}.catch_up", lambda: calls.append("catch_up"))
    return calls


@pytest_asyncio.fixture
async def api(transactional_db: None, fake_door: FakeDoor, configure: object) -> AsyncIterator[Api]:
    yield Api()
    await door.close()
    database.close()
    # Of the thread in which the test's own look-ups ran.
    await sync_to_async(connections.close_all)()


class Talk:
    """One conversation over the API."""

    def __init__(self, client: AsyncClient, body: Json) -> None:
        self.client = client
        self.id: str = body["id"]
        self.token: str = body["token"]
        self.welcome: list[Json] = body["messages"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def send(self, text: str | None = None, client_id: str | None = None, **more: object) -> Any:
        body: Json = {"client_id": client_id or uuid.uuid4().hex, **more}
        if text is not None:
            body["text"] = text
        return await self.post("messages", body)

    async def say(self, text: str) -> list[Json]:
        response = await self.send(text)
        assert response.status_code == 200, response.content
        messages: list[Json] = response.json()["messages"]
        return messages

    async def press(self, button: Json) -> Any:
        return await self.send(payload=button["payload"])

    async def history(self, after: int = 0) -> Json:
        response = await self.client.get(f"/api/v1/messages?after={after}", headers=self.headers)
        assert response.status_code == 200, response.content
        content: Json = response.json()
        return content

    async def texts(self) -> list[tuple[str, str]]:
        return [(message["author"], message["text"]) for message in (await self.history())["messages"]]

    async def post(self, path: str, body: object, raw: bytes | None = None) -> Any:
        content = raw if raw is not None else json.dumps(body)
        return await self.client.post(
            f"/api/v1/{path}", content, content_type="application/json", headers=self.headers
        )

    async def erase(self) -> Any:
        return await self.client.delete("/api/v1/conversations/current", headers=self.headers)


class Api:
    """The site without a network."""

    def __init__(self) -> None:
        self.client = AsyncClient(raise_request_exception=False)

    async def start(self, language: str | None = "en", **headers: str) -> Talk:
        response = await self.client.post(
            "/api/v1/conversations",
            json.dumps({"language": language}),
            content_type="application/json",
            headers=headers,
        )
        assert response.status_code == 201, response.content
        return Talk(self.client, response.json())
