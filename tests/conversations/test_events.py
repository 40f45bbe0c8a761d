"""Live events: complete, in order, once; resuming; heartbeat; typing; the end."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model

from bot.conversations import events, handoff
from bot.conversations.models import Delivery
from tests.conversations.conftest import Api, Talk

Event = tuple[str, dict[str, Any], int | None]


class Stream:
    """The events of one conversation as they come in."""

    def __init__(self, talk: Talk, after: int = 0) -> None:
        self._raw = events.stream(uuid.UUID(talk.id), after)

    async def next(self, name: str = "message", seconds: float = 3.0) -> dict[str, Any]:
        """The next event of this name."""
        async with asyncio.timeout(seconds):
            async for text in self._raw:
                found, data, _ = parse(text)
                if found == name:
                    return data
        raise AssertionError(f"ended before {name}")

    async def close(self) -> None:
        generator: Any = self._raw
        await generator.aclose()


def parse(sent: str | bytes) -> Event:
    text = sent if isinstance(sent, str) else sent.decode()
    fields = dict(line.split(": ", 1) for line in text.strip().splitlines())
    return fields["event"], json.loads(fields["data"]), int(fields["id"]) if "id" in fields else None


async def collected(raw: AsyncIterator[str], count: int) -> list[Event]:
    found: list[Event] = []
    async for text in raw:
        found.append(parse(text))
        if len(found) == count:
            break
    return found


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.2)


async def test_history_first_then_what_comes(api: Api, quick: None) -> None:
    talk = await api.start("en")
    stream = Stream(talk)
    assert (await stream.next("mode"))["mode"] == "bot"
    assert (await stream.next())["text"].startswith("**Hello!")
    await talk.say("q")
    assert [(await stream.next())["text"] for _ in range(2)] == ["q", "re: q"]
    await stream.close()


async def test_resume_after_the_last_id(api: Api, quick: None) -> None:
    talk = await api.start("en")
    await talk.say("q1")
    last = (await talk.history())["messages"][-1]["id"]
    await talk.say("q2")
    response: Any = await api.client.get(
        "/api/v1/events", headers={**talk.headers, "Last-Event-ID": str(last)}
    )
    assert response["Content-Type"] == "text/event-stream"
    found = await collected(aiter(response.streaming_content), 3)
    assert [name for name, _, _ in found] == ["mode", "message", "message"]
    assert [data["text"] for name, data, _ in found if name == "message"] == ["q2", "re: q2"]
    assert all(identity == data["id"] for name, data, identity in found if name == "message")


async def test_staff_typing_mode_and_delivery(api: Api, quick: None) -> None:
    talk = await api.start("en")
    officer = await sync_to_async(get_user_model().objects.create_superuser)("officer")
    last = talk.welcome[-1]["id"]
    stream = Stream(talk, last)
    await stream.next("mode")
    await sync_to_async(handoff.claim)(uuid.UUID(talk.id), officer)
    assert (await stream.next("mode"))["mode"] == "human"
    await sync_to_async(handoff.typing)(uuid.UUID(talk.id), officer)
    assert (await stream.next("typing"))["author"] == "staff"
    message = await sync_to_async(handoff.reply)(uuid.UUID(talk.id), officer, "Hello", "r1")
    assert (await stream.next())["text"] == "Hello"
    await stream.next("ping")
    assert (await Delivery.objects.aget(pk=message.pk)).state == "sent"
    await stream.close()
    again = Stream(talk, message.pk)
    await again.next("mode")
    assert (await Delivery.objects.aget(pk=message.pk)).state == "delivered"
    await again.close()


async def test_a_quiet_stream_pings_and_an_erased_one_ends(api: Api, quick: None) -> None:
    talk = await api.start("en")
    stream = Stream(talk)
    await stream.next("ping")
    await talk.erase()
    with pytest.raises(AssertionError, match="ended"):
        await stream.next("message")


async def test_without_a_token_no_stream(api: Api) -> None:
    assert (await api.client.get("/api/v1/events")).status_code == 401


async def test_many_streams_lose_and_double_nothing(api: Api, quick: None) -> None:
    talks = [await api.start("en") for _ in range(6)]
    streams = [(talk, Stream(talk, talk.welcome[-1]["id"])) for talk in talks for _ in range(5)]

    async def read(stream: Stream) -> list[str]:
        texts = [(await stream.next("message", 20.0))["text"] for _ in range(6)]
        await stream.close()
        return texts

    # Not their ids: the digits of one may look like a card's, which are masked.
    names = {talk.id: f"talk {place}" for place, talk in enumerate(talks)}

    async def talk_on(talk: Talk) -> None:
        for number in range(3):
            await talk.say(f"{names[talk.id]}: {number}")

    results = await asyncio.gather(*(read(stream) for _, stream in streams), *map(talk_on, talks))
    for (talk, _), texts in zip(streams, results, strict=False):
        wanted = [f"{prefix}{names[talk.id]}: {number}" for number in range(3) for prefix in ("", "re: ")]
        assert texts == wanted


async def test_a_failed_look_does_not_end_the_streams(
    api: Api, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await api.start("en")
    stream = Stream(talk, talk.welcome[-1]["id"])
    await stream.next("mode")
    looks = events._states

    def broken(conversations: list[uuid.UUID]) -> Any:
        monkeypatch.setattr(events, "_states", looks)
        raise RuntimeError("disk")

    monkeypatch.setattr(events, "_states", broken)
    await talk.say("still there?")
    assert (await stream.next())["text"] == "still there?"
    await stream.close()
