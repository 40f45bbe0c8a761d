"""Background work: what could not be done while a request waited."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from bot.conversations import door, erasure, queue, retention
from bot.conversations.database import run
from bot.conversations.handoff import give_back_silent
from bot.conversations.working import work_off

log = logging.getLogger(__name__)

# Below the minute after which the next round starts by itself.
_ROUND_SECONDS = 50.0
_PAUSE_SECONDS = 2.0
_at_it = threading.Lock()
_asked_for = threading.Event()


@db_task()  # type: ignore[untyped-decorator]
def catch_up() -> None:
    """Answer what is open and forget what must be forgotten, trying again while the assistant is away."""
    work_through(_ROUND_SECONDS)


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def catch_up_every_minute() -> None:
    """What a process left behind when it was killed, and conversations in which nobody says anything more."""
    give_back_silent(timezone.now() - timedelta(minutes=settings.HEZA.silence_minutes))
    work_through(_ROUND_SECONDS)


@db_periodic_task(crontab(hour="2", minute="30"))  # type: ignore[untyped-decorator]
def remove_what_is_over() -> None:
    """Every night: data over its term."""
    for line in retention.remove():
        log.info("retention: %s, %d days: %d removed", line.name, line.days, line.count)


def work_through(seconds: float) -> None:
    """One round in this process; a second one at the same time makes the first go round once more."""
    _asked_for.set()
    # Whoever is at it may already have looked past the message that the second one was started for.
    while _asked_for.is_set() and _at_it.acquire(blocking=False):
        try:
            _asked_for.clear()
            asyncio.run(_round(time.monotonic() + seconds))
        finally:
            _at_it.release()


async def _round(deadline: float) -> None:
    try:
        while not await _once() and time.monotonic() < deadline:
            await asyncio.sleep(_PAUSE_SECONDS)
    finally:
        await door.close()


async def _once() -> bool:
    """Whether nothing is left to do."""
    for conversation in await run(queue.unanswered):
        if not await work_off(conversation):
            return False
    return await erasure.forget_pending()
