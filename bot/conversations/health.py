"""Whether the whole path answers: a real question put to the assistant, at most once a minute."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from bot.common.problems import Problem
from bot.conversations import door
from bot.conversations.database import patient, run
from bot.conversations.door import RasaFault, RasaUnavailable
from bot.conversations.models import Conversation
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

    async def look(self) -> Health:
        """The present state, or one that is still fresh."""
        if time.monotonic() >= self._until:
            self._health = Health(await _database(), await _assistant())
            fresh = _GOOD_SECONDS if self._health.ready else _BAD_SECONDS
            self._until = time.monotonic() + fresh
        return self._health


async def _database() -> bool:
    try:
        await run(patient(Conversation.objects.exists))
    except Problem:
        return False
    return True


async def _assistant() -> bool:
    # Under a number of its own, and forgotten at once: it leaves no trace and meets no investor's talk.
    stranger = uuid.uuid4()
    try:
        answered = await door.ask(stranger, 0, GATEWAY.many("examples", "en")[0], "", "en")
        await door.forget(stranger)
    except (RasaUnavailable, RasaFault):
        return False
    return any(message.get("sources") for message in answered.messages)
