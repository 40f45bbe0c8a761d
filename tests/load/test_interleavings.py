"""A thousand random talks with dying processes."""

from __future__ import annotations

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
from tests.conversations.interleavings import play

__all__ = ["api", "configure", "fake_door", "no_queue"]

RUNS, STEPS = 1000, 15


async def test_nothing_is_lost_doubled_or_out_of_order(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = await sync_to_async(get_user_model().objects.create_superuser)("officer")
    for seed in range(RUNS):
        await play(seed, STEPS, officer, monkeypatch)
