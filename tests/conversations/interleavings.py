"""Random talks: investor, officer, worker and Rasa act in any order, processes die between any two steps.

A process dies here before or after any transaction and before or after Rasa heard it; what it had not
stored is gone, and its client sends the same again until it is told that it arrived. Whatever happens: every
message stands in the history once and in order, none is answered twice, none is left without an answer or
a note once all is well again, and Rasa got them once and in their order.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from bot.conversations import database, door, gateway, handoff, queue
from bot.conversations.database import run
from bot.conversations.door import Answered, RasaUnavailable
from bot.conversations.handoff import NotYours
from bot.conversations.inbound import Inbound
from bot.conversations.models import Author, Conversation, Delivery, Message, Mode, Progress
from bot.conversations.welcome import start
from bot.conversations.working import work_off

STEPS = 15
DEADLY = 0.08
# The successor of a dead process need not wait as long as in earnest.
_LEASE_SECONDS = 0.3


class Killed(BaseException):
    """The process that was at work is gone, with whatever it had not stored."""


@dataclass
class Fate:
    """How often a process dies at a point where it may."""

    chance: random.Random
    deadly: float = DEADLY
    deaths: int = 0

    def may_strike(self) -> None:
        """A point at which a process may die."""
        if self.chance.random() < self.deadly:
            self.deaths += 1
            raise Killed


# The fate of the process in which something runs; None in the test itself.
_fate: ContextVar[Fate | None] = ContextVar("fate", default=None)


def _may_die() -> None:
    fate = _fate.get()
    if fate is not None:
        fate.may_strike()


@dataclass
class Rasa:
    """Plays the door for one conversation, up or down; like the real one it handles a message once."""

    up: bool = True
    heard: dict[int, str] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)

    async def take(self, message_id: int, text: str) -> None:
        """Hear a message."""
        if not self.up:
            raise RasaUnavailable("down")
        _may_die()
        self.heard.setdefault(message_id, text)
        await asyncio.sleep(0)
        _may_die()


class Stage:
    """What is played in all talks of a test: Rasa's door, and transactions that are not always survived."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._rasas: dict[uuid.UUID, Rasa] = {}
        self._turn: Callable[[], Any] = database._turn
        monkeypatch.setattr(door, "ask", self._ask)
        monkeypatch.setattr(door, "note", self._note)
        monkeypatch.setattr(database, "_turn", self._deadly_turn)
        monkeypatch.setattr(queue, "MARGIN_SECONDS", _LEASE_SECONDS - settings.HEZA.rasa_timeout)

    def rasa(self, conversation: uuid.UUID) -> Rasa:
        """The one of a conversation."""
        return self._rasas.setdefault(conversation, Rasa())

    async def _ask(
        self, conversation: uuid.UUID, message_id: int, text: str, payload: str, hint: str | None
    ) -> Answered:
        await self.rasa(conversation).take(message_id, text)
        return Answered([{"text": f"re: {text}"}], {"language": "en"}, 1)

    async def _note(self, conversation: uuid.UUID, message_id: int, author: str, text: str) -> None:
        await self.rasa(conversation).take(message_id, text)
        self.rasa(conversation).noted.add(text)

    @contextmanager
    def _deadly_turn(self) -> Iterator[None]:
        _may_die()
        with self._turn():
            yield
        # Stored, but nobody has been told.
        _may_die()


@dataclass
class Talk:
    """One random talk; `said` are the investor's texts and the officer's, in the order they were stored."""

    rasa: Rasa
    fate: Fate
    officer: AbstractUser
    conversation: uuid.UUID
    said: list[str] = field(default_factory=list)
    number: int = 0

    async def step(self) -> None:
        """Something happens."""
        deeds = (self.write, self.write_twice, self.write_at_once, self.officer_acts, self.all_at_once)
        others = (self.worker, self.rasa_goes, self.rasa_comes, self.time_passes)
        await self.fate.chance.choice((*deeds, *others))()

    async def write(self) -> None:
        text = self._text()
        await self._receive(text)
        await self._were_said(text)

    async def write_twice(self) -> None:
        text = self._text()
        await asyncio.gather(self._receive(text), self._receive(text))
        await self._were_said(text)

    async def write_at_once(self) -> None:
        texts = [self._text() for _ in range(3)]
        await asyncio.gather(*map(self._receive, texts))
        await self._were_said(*texts)

    async def officer_acts(self) -> None:
        await self._were_said(*await self._act())

    async def all_at_once(self) -> None:
        texts = [self._text() for _ in range(2)]
        first = self._receive(texts[0])
        written, _, _, _ = await asyncio.gather(self._act(), self.worker(), first, self._receive(texts[1]))
        await self._were_said(*texts, *written)

    async def worker(self) -> None:
        with suppress(Killed):
            await self._as_mortal(self._work)

    async def rasa_goes(self) -> None:
        self.rasa.up = False

    async def rasa_comes(self) -> None:
        self.rasa.up = True

    async def time_passes(self) -> None:
        """So much that the leases of the dead have ended."""
        past = timezone.now() - timedelta(seconds=1)
        mine = Conversation.objects.filter(pk=self.conversation)
        await mine.exclude(lease_until=None).aupdate(lease_until=past)

    async def end_well(self) -> None:
        """Rasa is back, nobody dies any more, the officer has gone home."""
        self.rasa.up, self.fate.deadly = True, 0.0
        await self.time_passes()
        await run(handoff._give_back_if_silent, self.conversation, timezone.now() + timedelta(seconds=1))
        await self.worker()

    async def check(self) -> None:
        """The promises."""
        messages = [m async for m in Message.objects.filter(conversation=self.conversation).order_by("pk")]
        written = [m for m in messages if m.author in {Author.USER, Author.STAFF}]
        assert [m.text for m in written] == self.said, "lost, doubled or out of order"
        assert all(m.progress == Progress.DONE for m in written)
        answers = [m.text for m in messages if m.author == Author.ASSISTANT][1:]
        assert len(answers) == len(set(answers)), "answered twice"
        order = [f"re: {text}" for text in self.said]
        assert [order.index(answer) for answer in answers] == sorted(order.index(a) for a in answers)
        asked = {m.text for m in written if m.author == Author.USER}
        assert asked <= self.rasa.noted | {answer.removeprefix("re: ") for answer in answers}
        assert list(self.rasa.heard.values()) == self.said, "Rasa's history is not what was said"
        posted = [d.pk async for d in Delivery.objects.filter(conversation=self.conversation)]
        assert {m.pk for m in written if m.author == Author.STAFF} <= set(posted)
        conversation = await Conversation.objects.aget(pk=self.conversation)
        assert (conversation.mode in {Mode.BOT, Mode.CLOSED}, conversation.lease) == (True, "")

    async def _receive(self, text: str) -> None:
        """Send until it is told to have arrived, as every channel does."""
        await self._until_told(lambda: gateway.receive(self.conversation, Inbound(text, text)))

    async def _act(self) -> Sequence[str]:
        """The officer does something; what they may have written."""
        deed = self.fate.chance.choice(("claim", "reply", "reply", "give_back", "close"))
        given = (self._text(),) * 2 if deed == "reply" else ()
        # What is not theirs just now is refused.
        with suppress(NotYours):
            work = getattr(handoff, deed)
            await self._until_told(lambda: run(work, self.conversation, self.officer, *given))
            return given[:1]
        return ()

    async def _work(self) -> None:
        if self.conversation in await run(queue.unanswered):
            await work_off(self.conversation)

    async def _were_said(self, *texts: str) -> None:
        """Each stands there once; those sent at once in the order in which they were stored."""
        stored = Message.objects.filter(conversation=self.conversation, text__in=texts).order_by("pk")
        found = [message.text async for message in stored]
        assert Counter(found) == Counter(texts)
        self.said += found

    async def _until_told(self, work: Callable[[], Awaitable[object]]) -> None:
        while True:
            with suppress(Killed):
                await self._as_mortal(work)
                return

    async def _as_mortal(self, work: Callable[[], Awaitable[object]]) -> None:
        token = _fate.set(self.fate)
        try:
            await work()
        finally:
            _fate.reset(token)

    def _text(self) -> str:
        self.number += 1
        return f"m{self.number}"


async def play(seed: int, officer: AbstractUser, stage: Stage) -> tuple[int, int]:
    """One talk, checked at its end; the messages written in it and the deaths of processes."""
    fate = Fate(random.Random(seed))
    started = await run(start, language="en")
    talk = Talk(stage.rasa(started.conversation), fate, officer, started.conversation)
    for _ in range(STEPS):
        await talk.step()
    await talk.end_well()
    await talk.check()
    return len(talk.said), fate.deaths
