"""Five hundred open event streams: nothing lost, nothing doubled; memory and processor time printed."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.load.site import Site, running

STREAMS, MESSAGES, TALKING_AT_ONCE = 500, 3, 20
# Each message of the investor and its answer, after the first words.
EXPECTED = 2 * MESSAGES


async def test_five_hundred_streams(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running(tmp_path) as site:
        await _run(site, capsys)


async def _run(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    base_url = f"{site.base_url}/api/v1"
    async with httpx.AsyncClient(base_url=base_url, limits=limits, timeout=300, trust_env=False) as client:
        talks = [
            (await client.post("/conversations", json={"language": "en"})).json() for _ in range(STREAMS)
        ]
        idle = site.megabytes()
        opened = asyncio.Semaphore(0)
        reading = [asyncio.create_task(_read(client, talk, opened)) for talk in talks]
        for _ in talks:
            await opened.acquire()
        resting, begun = site.cpu_seconds(), time.monotonic()
        await asyncio.sleep(10)
        rest = (site.cpu_seconds() - resting) / (time.monotonic() - begun)
        turn = asyncio.Semaphore(TALKING_AT_ONCE)
        await asyncio.gather(*(_talk(client, talk, turn) for talk in talks))
        received = await asyncio.gather(*reading)
        lost = sum(EXPECTED - len(set(ids)) for ids in received)
        doubled = sum(len(ids) - len(set(ids)) for ids in received)
        with capsys.disabled():
            print(
                f"\n{STREAMS} streams, {len(talks) * EXPECTED} messages: lost {lost}, doubled {doubled}; "
                f"memory {idle:.0f} -> {site.megabytes():.0f} MB; at rest {rest:.0%} of a processor"
            )
        assert (lost, doubled) == (0, 0)
        assert all(ids == sorted(ids) for ids in received)


async def _talk(client: httpx.AsyncClient, talk: dict[str, Any], turn: asyncio.Semaphore) -> None:
    for number in range(MESSAGES):
        async with turn:
            body = {"client_id": f"c{number}", "text": f"question {number}"}
            response = await client.post("/messages", json=body, headers=_headers(talk))
            assert response.status_code == 200, response.text


async def _read(client: httpx.AsyncClient, talk: dict[str, Any], opened: asyncio.Semaphore) -> list[int]:
    """Ids as they come in, until all have come and a moment of silence more."""
    ids: list[int] = []
    after = talk["messages"][-1]["id"]
    async with client.stream("GET", f"/events?after={after}", headers=_headers(talk)) as response:
        lines = response.aiter_lines()
        async for line in lines:
            if line == "event: mode":
                opened.release()
            if _is_message(line):
                ids.append(_id(line))
            if len(ids) == EXPECTED:
                break
        # Silence, as it should be, or what came too often.
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                ids += [_id(line) async for line in lines if _is_message(line)]
    return ids


def _is_message(line: str) -> bool:
    return line.startswith("data: ") and '"id"' in line


def _id(line: str) -> int:
    identity: int = json.loads(line.removeprefix("data: "))["id"]
    return identity


async def _start(client: httpx.AsyncClient) -> dict[str, Any]:
    talk: dict[str, Any] = (await client.post("/conversations", json={"language": "en"})).json()
    return talk


def _headers(talk: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {talk['token']}"}
