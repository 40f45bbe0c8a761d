"""Some random talks; tests/load plays a thousand."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model

from tests.conversations.conftest import Api
from tests.conversations.interleavings import Stage, play


@pytest.mark.parametrize("seed", range(12))
async def test_nothing_is_lost_doubled_or_out_of_order(
    api: Api, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    officer = await sync_to_async(get_user_model().objects.create_superuser)(f"officer{seed}")
    await play(seed, officer, Stage(monkeypatch))
