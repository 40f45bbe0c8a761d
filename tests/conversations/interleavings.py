"""Random talks: investor, officer, worker and Rasa act in any order, processes die between any two steps.

Whatever happens: every message of the investor stands in the history once and in order, none is answered
twice, none is left without an answer or a note once all is well again, and Rasa got them in their order.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from bot.conversations import door, gateway, handoff, queue
from bot.conversations.database import run
from bot.conversations.door import Answered, RasaUnavailable
from bot.conversations.handoff import NotYours
from bot.conversations.inbound import Inbound, accept
from bot.conversations.models import Author, Conversation, Message, Mode, Progress
from bot.conversations.welcome import start
from bot.conversations.working import work_off


class Killed(BaseException):
    """The process that was at work is gone, with whatever it had not stored."""


@dataclass
class Rasa:
    """Plays the door: up or down, and now and then its caller dies before or after it was heard."""

    chance: random.Random
    up: bool = True
    deadly: float = 0.0
    heard: list[str] = field(default_factory=list)

    async def ask(
        self, conversation: object, message_id: int, text: str, payload: str, hint: str | None
    ) -> Any:
        await self._take(text)
        return Answered([{"text": f"re: {text}"}], {"language": "en"}, 1)

    async def note(self, conversation: object, author: str, text: str) -> None:
        await self._take(text)

    async def _take(self, text: str) -> None:
        if not self.up:
            raise RasaUnavailable("down")
        if self.chance.random() < self.deadly:
            raise Killed
        self.heard.append(text)
        await asyncio.sleep(0)
        if self.chance.random() < self.deadly:
            raise Killed


@dataclass
class Talk:
    """One random talk; `said` are the investor's texts and the officer's, in the order they were sent."""

    rasa: Rasa
    chance: random.Random
    officer: AbstractUser
    conversation: uuid.UUID
    said: list[str] = field(default_factory=list)
    number: int = 0

    async def step(self) -> None:
        """Something happens."""
        deeds = (self.write, self.write_twice, self.write_at_once, self.die_after_storing, self.officer_acts)
        others = (self.worker, self.rasa_goes, self.rasa_comes, self.time_passes)
        await self.chance.choice((*deeds, *others))()

    async def write(self) -> None:
        text = self._text()
        await self._receive(text)
        self.said.append(text)

    async def write_twice(self) -> None:
        text = self._text()
        await self._receive(text)
        self.said.append(text)
        await self._receive(text)

    async def write_at_once(self) -> None:
        texts = [self._text() for _ in range(3)]
        await asyncio.gather(*map(self._receive, texts))
        # Their order is the one in which they were stored.
        stored = Message.objects.filter(conversation=self.conversation, text__in=texts).order_by("pk")
        self.said += [message.text async for message in stored]

    async def die_after_storing(self) -> None:
        text = self._text()
        await run(accept, self.conversation, Inbound(text, text))
        self.said.append(text)

    async def officer_acts(self) -> None:
        deed = self.chance.choice(("claim", "reply", "reply", "give_back", "close"))
        # What is not theirs just now is refused.
        with suppress(NotYours):
            if deed == "reply":
                text = self._text()
                await run(handoff.reply, self.conversation, self.officer, text, text)
                self.said.append(text)
            else:
                await run(getattr(handoff, deed), self.conversation, self.officer)

    async def worker(self) -> None:
        with suppress(Killed):
            for conversation in await run(queue.unanswered):
                await work_off(conversation)

    async def rasa_goes(self) -> None:
        self.rasa.up = False

    async def rasa_comes(self) -> None:
        self.rasa.up = True

    async def time_passes(self) -> None:
        """So much that the leases of the dead have ended."""
        past = timezone.now() - timedelta(seconds=1)
        await Conversation.objects.exclude(lease_until=None).aupdate(lease_until=past)

    async def end_well(self) -> None:
        """Rasa is back, nobody dies any more, the officer has gone home."""
        self.rasa.up, self.rasa.deadly = True, 0.0
        await self.time_passes()
        await run(handoff.give_back_silent, timezone.now() + timedelta(seconds=1))
        await self.worker()

    async def check(self) -> None:
        """The promises."""
        messages = [m async for m in Message.objects.filter(conversation=self.conversation).order_by("pk")]
        written = [m for m in messages if m.author in {Author.USER, Author.STAFF}]
        assert [m.text for m in written] == self.said
        assert all(m.progress == Progress.DONE for m in written)
        answers = [m.text for m in messages if m.author == Author.ASSISTANT][1:]
        assert len(answers) == len(set(answers)), "answered twice"
        order = [f"re: {text}" for text in self.said]
        assert [order.index(answer) for answer in answers] == sorted(order.index(a) for a in answers)
        first_heard = list(dict.fromkeys(self.rasa.heard))
        assert first_heard == self.said, "Rasa's history is not what was said"
        conversation = await Conversation.objects.aget(pk=self.conversation)
        assert (conversation.mode in {Mode.BOT, Mode.CLOSED}, conversation.lease) == (True, "")

    async def _receive(self, text: str) -> None:
        # When the request dies, what it had stored stays.
        with suppress(Killed):
            await gateway.receive(self.conversation, Inbound(text, text))

    def _text(self) -> str:
        self.number += 1
        return f"m{self.number}"


async def play(seed: int, steps: int, officer: AbstractUser, monkeypatch: Any) -> None:
    """One talk of `steps` steps, checked at its end."""
    chance = random.Random(seed)
    rasa = Rasa(chance, deadly=0.15)
    monkeypatch.setattr(door, "ask", rasa.ask)
    monkeypatch.setattr(door, "note", rasa.note)
    # The successor of a dead process need not wait as long as in earnest.
    monkeypatch.setattr(queue, "MARGIN_SECONDS", 0.3 - settings.HEZA.rasa_timeout)
    started = await run(start, language="en")
    talk = Talk(rasa, chance, officer, started.conversation)
    for _ in range(steps):
        await talk.step()
    await talk.end_well()
    await talk.check()
