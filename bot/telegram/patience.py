"""Waiting for a database that is busy or away: what is not stored yet must not be confirmed to Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.common.problems import Problem

T = TypeVar("T")
log = logging.getLogger(__name__)

_BUSY = 503
_PAUSE_SECONDS = 1.0


async def patiently(work: Callable[[], Awaitable[T]]) -> T:
    """The result of some work, tried again as long as the database is busy; raises other Problems."""
    while True:
        try:
            return await work()
        except Problem as problem:  # noqa: PERF203 (it waits anyway)
            if problem.status != _BUSY:
                raise
            log.warning("the database is busy; a message from Telegram waits")
            await asyncio.sleep(_PAUSE_SECONDS)
