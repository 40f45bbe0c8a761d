"""How fast is sent, by the clock. Only lower bounds are checked: a busy machine may always be slower."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.telegram.limits import ChatLimiter
from tests.telegram.bot_api import BotApi
from tests.telegram.bot_rules import Refusal


async def _send(
    limiter: ChatLimiter, chat_id: int, times: list[float], endpoint: str = "sendMessage"
) -> None:
    async def call() -> bool:
        times.append(time.monotonic())
        return True

    assert await limiter.process_request(call, (), {}, endpoint, {"chat_id": chat_id}, None)


async def test_sixty_chats_take_more_than_two_seconds() -> None:
    limiter, times = ChatLimiter(), list[float]()
    await asyncio.gather(*(_send(limiter, chat, times) for chat in range(1, 61)))
    assert times[-1] - times[0] > 59 / 30


async def test_a_chat_gets_one_a_second_while_others_go_on() -> None:
    limiter, slow, quick = ChatLimiter(), list[float](), list[float]()
    await asyncio.gather(_send(limiter, 1, slow), _send(limiter, 1, slow), _send(limiter, 2, quick))
    assert slow[1] - slow[0] > 0.9
    assert quick[0] < slow[1]


async def test_typing_is_not_counted() -> None:
    limiter, times = ChatLimiter(), list[float]()
    for _ in range(5):
        await _send(limiter, 1, times, "sendChatAction")
    assert times[-1] - times[0] < 0.5


async def test_groups_get_half_a_minutes_share_at_once() -> None:
    limiter, times = ChatLimiter(chat_seconds=0.001), list[float]()
    await asyncio.gather(*(_send(limiter, -5, times) for _ in range(11)))
    # The eleventh has to wait for a tenth of the minute.
    assert times[10] - times[0] > 5.5


async def test_a_group_is_never_refused_by_the_played_server(telegram: BotApi) -> None:
    """The server counts as Telegram does; what it takes in a minute is what the limiter lets through."""
    telegram.strict_rates = True
    for _ in range(20):
        telegram._check_group(-5, 1000.0)
    with pytest.raises(Refusal) as refused:
        telegram._check_group(-5, 1059.0)
    assert refused.value.parameters == {"retry_after": 2}
    telegram._check_group(-5, 1061.0)


async def test_only_short_pauses_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    limiter, calls = ChatLimiter(), list[int]()

    async def refused(pause: int) -> Any:
        calls.append(pause)
        raise RetryAfter(pause)

    with pytest.raises(RetryAfter):
        await limiter.process_request(refused, (300,), {}, "sendMessage", {"chat_id": 1}, None)
    assert calls == [300]
