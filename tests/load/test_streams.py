"""Five hundred open event streams: nothing lost, nothing doubled; memory and processor time printed.

On one machine with SQLite, and on several: what is said at one process is heard at another, over Redis.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.launch import ports
from tests.load.site import Site, postgresql, running

REDIS_PORT, POSTGRESQL_PORT = 6379, 5432

STREAMS, MESSAGES, TALKING_AT_ONCE = 500, 3, 20
# Each message of the investor and its answer, after the first words.
EXPECTED = 2 * MESSAGES


async def test_five_hundred_streams(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running(tmp_path) as (site,):
        await _run(site, site, capsys)


async def test_five_hundred_streams_at_another_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not os.environ.get("CI") and any(ports.is_free("127.0.0.1", p) for p in (REDIS_PORT, POSTGRESQL_PORT)):
        pytest.skip("no Redis or no PostgreSQL on this machine")
    with postgresql() as database:
        # A database of Redis of its own: what is queued there is nobody else's.
        servers = {"DATABASE_URL": database, "REDIS_URL": f"redis://127.0.0.1:{REDIS_PORT}/7"}
        with running(tmp_path, servers, processes=2) as (talking, listening):
            await _run(talking, listening, capsys)


async def _run(talking: Site, listening: Site, capsys: pytest.CaptureFixture[str]) -> None:
    async with _client(talking) as client, _client(listening) as ears:
        talks = [
            (await client.post("/conversations", json={"language": "en"})).json() for _ in range(STREAMS)
        ]
        idle = listening.megabytes()
        opened = asyncio.Semaphore(0)
        reading = [asyncio.create_task(_read(ears, talk, opened)) for talk in talks]
        for _ in talks:
            await opened.acquire()
        resting, begun = listening.cpu_seconds(), time.monotonic()
        await asyncio.sleep(10)
        rest = (listening.cpu_seconds() - resting) / (time.monotonic() - begun)
        turn = asyncio.Semaphore(TALKING_AT_ONCE)
        await asyncio.gather(*(_talk(client, talk, turn) for talk in talks))
        received = await asyncio.gather(*reading)
        lost = sum(EXPECTED - len(set(ids)) for ids in received)
        doubled = sum(len(ids) - len(set(ids)) for ids in received)
        with capsys.disabled():
            print(
                f"\n{STREAMS} streams, {len(talks) * EXPECTED} messages: lost {lost}, doubled {doubled}; "
                f"memory {idle:.0f} -> {listening.megabytes():.0f} MB; at rest {rest:.0%} of a processor"
            )
        assert (lost, doubled) == (0, 0)
        assert all(ids == sorted(ids) for ids in received)


def _client(site: Site) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    return httpx.AsyncClient(base_url=f"{site.base_url}/api/v1", limits=limits, timeout=300, trust_env=False)


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


def _headers(talk: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {talk['token']}"}
