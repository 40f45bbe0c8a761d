"""Whether the whole path answers: a real question put to the assistant, at most once a minute."""

from __future__ import annotations

import asyncio
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass

from bot.common.problems import Problem
from bot.conversations import door
from bot.conversations.database import patient, run, unit
from bot.conversations.door import RasaFault, RasaUnavailable
from bot.conversations.models import Conversation, PendingForget
from bot.conversations.wording import GATEWAY

_GOOD_SECONDS, _BAD_SECONDS = 60.0, 5.0


@dataclass(frozen=True)
class Health:
    """`database` and `assistant`: whether each works; `assistant` means an answer with a source."""

    database: bool
    assistant: bool

    @property
    def ready(self) -> bool:
        """Whether investors are being answered."""
        return self.database and self.assistant


class Probe:
    """Remembers the last look for a minute, a bad one for five seconds."""

    def __init__(self) -> None:
        self._health = Health(database=False, assistant=False)
        self._until = 0.0
        self._asking = asyncio.Lock()
        # Of this process alone, so that what cannot be forgotten at once is one line and not one a look.
        self._stranger = uuid.uuid4()

    async def look(self) -> Health:
        """The present state, or one that is still fresh."""
        # One asks; who comes meanwhile waits for the same answer.
        async with self._asking:
            if time.monotonic() >= self._until:
                self._health = Health(await _database(), await _assistant(self._stranger))
                fresh = _GOOD_SECONDS if self._health.ready else _BAD_SECONDS
                self._until = time.monotonic() + fresh
            return self._health


async def _database() -> bool:
    try:
        await run(patient(Conversation.objects.exists))
    except Problem:
        return False
    return True


async def _assistant(stranger: uuid.UUID) -> bool:
    # Under a number of its own, and forgotten at once: it leaves no trace and meets no investor's talk. The
    # message's number is new each time: Rasa answers a known one without thinking.
    try:
        answered = await door.ask(stranger, time.time_ns(), GATEWAY.many("examples", "en")[0], "", "en")
    except (RasaUnavailable, RasaFault):
        return False
    finally:
        await _forget(stranger)
    return any(message.get("sources") for message in answered.messages)


async def _forget(stranger: uuid.UUID) -> None:
    """Now, or else the worker does it, as with an erased conversation."""
    try:
        await door.forget(stranger)
    except (RasaUnavailable, RasaFault):
        with suppress(Problem):
            await run(unit(PendingForget.mark), stranger)
