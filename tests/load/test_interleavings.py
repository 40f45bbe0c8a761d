"""A thousand random talks with dying processes; INTERLEAVINGS sets another number."""

from __future__ import annotations

import asyncio
import os
import time

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model

from tests.conversations.conftest import (
    Api,
    api,
    configure,
    fake_door,
    no_queue,
)
from tests.conversations.interleavings import Stage, play

__all__ = ["api", "configure", "fake_door", "no_queue"]

# Mostly they wait for the leases of the dead.
AT_ONCE = 12


async def test_nothing_is_lost_doubled_or_out_of_order(
    api: Api, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = int(os.environ.get("INTERLEAVINGS", "1000"))
    officer = await sync_to_async(get_user_model().objects.create_superuser)("officer")
    stage, room = Stage(monkeypatch), asyncio.Semaphore(AT_ONCE)
    begun = time.monotonic()

    async def one(seed: int) -> tuple[int, int]:
        async with room:
            try:
                return await play(seed, officer, stage)
            except AssertionError as error:
                raise AssertionError(f"run {seed}: {error}") from error

    played = await asyncio.gather(*map(one, range(runs)))
    messages, deaths = map(sum, zip(*played, strict=True))
    with capsys.disabled():
        print(
            f"\n{runs} runs, {messages} messages, {deaths} deaths of processes in "
            f"{time.monotonic() - begun:.0f} s: lost 0, doubled 0, out of order 0"
        )
