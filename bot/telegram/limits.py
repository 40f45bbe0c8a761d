"""How fast may be sent: a message a second to a chat, twenty a minute to a group, 25 a second in all.

Telegram allows 30 in all; the rest is for what a process before a restart has just sent. The library's own
limiter knows no limit for a single chat and stops everything when one chat has had enough; here only that
chat waits (core.telegram.org/bots/faq, "broadcasting to users").
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from aiolimiter import AsyncLimiter
from telegram._utils.types import JSONDict
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

log = logging.getLogger(__name__)

# Longer pauses are not waited for here: the message is tried again later.
LONGEST_PAUSE = 20.0
MOST_TRIES = 5
_CHATS = 5000
_UNLIMITED = ("sendChatAction",)
_LIMITED = ("send", "edit", "copy", "forward")
Result = bool | JSONDict | list[JSONDict]


class ChatLimiter(BaseRateLimiter[int]):
    """Waits before a request that would be too fast, and after one that Telegram calls too fast."""

    def __init__(
        self, overall: float = 25.0, chat_seconds: float = 1.0, group_a_minute: float = 20.0
    ) -> None:
        # One at a time: a limiter of 25 a second would let 50 pass within the first.
        self._overall = AsyncLimiter(1, 1 / overall)
        # Half at once and half in the minute after it, so that no minute has more.
        self._chat_seconds, self._group_at_once = chat_seconds, group_a_minute / 2
        self._chats: dict[int, list[AsyncLimiter]] = {}

    async def initialize(self) -> None:
        """Nothing to be done."""

    async def shutdown(self) -> None:
        """Nothing to be done."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make the request when it is its turn; raises RetryAfter when Telegram wants a long pause."""
        limited = endpoint.startswith(_LIMITED) and endpoint not in _UNLIMITED
        chat_id = data.get("chat_id")
        for tried in range(1, MOST_TRIES + 1):
            try:
                async with AsyncExitStack() as stack:
                    if limited and chat_id is not None:
                        for limiter in (*self._of(int(chat_id)), self._overall):
                            await stack.enter_async_context(limiter)
                    return await callback(*args, **kwargs)
            except RetryAfter as error:  # noqa: PERF203 (it waits anyway)
                pause = seconds_of(error)
                if pause > LONGEST_PAUSE or tried == MOST_TRIES:
                    raise
                log.info("%s: a pause of %.0f s is asked for", endpoint, pause)
                await asyncio.sleep(pause + 0.1)
        raise AssertionError("the last try returns or raises")

    def _of(self, chat_id: int) -> list[AsyncLimiter]:
        """The limiters of a chat; the number of a group is negative."""
        if len(self._chats) > _CHATS:
            free = [key for key, value in self._chats.items() if all(each.has_capacity() for each in value)]
            for key in free:
                del self._chats[key]
        if chat_id not in self._chats:
            limiters = [AsyncLimiter(1, self._chat_seconds)]
            if chat_id < 0:
                limiters.append(AsyncLimiter(self._group_at_once, 60))
            self._chats[chat_id] = limiters
        return self._chats[chat_id]


def seconds_of(error: RetryAfter) -> float:
    """The pause Telegram asks for; the library gives it as a number or as a time span."""
    pause = error.retry_after
    return float(pause) if isinstance(pause, int | float) else pause.total_seconds()
