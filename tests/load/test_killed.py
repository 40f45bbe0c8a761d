"""Talks on the running product while its processes are killed (-9); INTERLEAVINGS_KILLED sets how many.

The thousand talks of test_interleavings die at chosen points in one process; here the processes are real.
An investor sends again until told that it arrived, as the page does, and follows the live events through
every break. Afterwards each message stands there once, in order, answered or told to Rasa, and the events
brought all of it once.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
import pytest

from bot.console.roles import Role
from bot.launch.client import Conversation
from tests.console_e2e.staff import Staff
from tests.stack import Stack, running
from tests.waiting import wait_until

T = TypeVar("T")

TALKS = int(os.environ.get("INTERLEAVINGS_KILLED", "32"))
AT_ONCE, STEPS = 8, 6
PROCESSES = ("web", "rasa", "actions", "worker")
QUESTIONS = (
    "What is the fee for a work permit? ({})",
    "Khu công nghiệp Nam Cầu Kiền rộng bao nhiêu? ({})",
    "How long does an investment registration certificate take? ({})",
)
# The lease of one who died, the worker's round, and a start of Rasa on a busy machine.
SETTLED_SECONDS = 180.0
_PATIENCE = 120.0


@dataclass
class Talk:
    """An investor and, now and then, an officer."""

    stack: Stack
    staff: Staff
    chance: random.Random
    number: int
    sent: list[str] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def play(self) -> Conversation:
        """All steps; the conversation stays open for the check."""
        self.conversation = _sure(lambda: self.stack.conversation(self.chance.choice(("vi", "en")), 60.0))
        self.events = threading.Thread(target=self._follow)
        self.events.start()
        for _ in range(STEPS):
            self.chance.choice((self.ask, self.ask, self.ask_twice, self.officer_takes_part))()
        return self.conversation

    def ask(self) -> None:
        self._send(self._text())

    def ask_twice(self) -> None:
        text = self._text()
        self._send(text)
        _sure(lambda: self.conversation.say(text, client_id=_name(text)))

    def officer_takes_part(self) -> None:
        address = f"/staff/desk/talks/{self.conversation.id}"
        _sure(lambda: self.staff.post(f"{address}/claim/"))
        self.ask()
        text = self._text()
        _sure(lambda: self.staff.post(f"{address}/reply/", {"text": text, "client_id": _name(text)}))
        self.sent.append(text)
        _sure(lambda: self.staff.post(f"{address}/give-back/"))

    def faults(self) -> Iterator[str]:
        """Promises that were not kept."""
        history = self.conversation.history()
        written = [message["text"] for message in history if message["author"] in {"user", "staff"}]
        if written != self.sent:
            yield f"talk {self.number}: sent {self.sent}, stored {written}"
        answers = [message for message in history if message["author"] == "assistant" and message["reply_to"]]
        said = Counter((message["reply_to"], message["text"]) for message in answers)
        yield from (f"talk {self.number}: doubled {said}" for said, times in said.items() if times > 1)
        order = [int(message["reply_to"]) for message in answers]
        if order != sorted(order):
            yield f"talk {self.number}: answers out of order {order}"
        with suppress(AssertionError):
            assert wait_until(lambda: len(self.seen) >= len(history), 20)
        self.over.set()
        self.events.join()
        if self.seen != [int(message["id"]) for message in history]:
            yield f"talk {self.number}: events {self.seen}, history {[m['id'] for m in history]}"

    def _send(self, text: str) -> None:
        _sure(lambda: self.conversation.say(text, client_id=_name(text)))
        self.sent.append(text)

    def _text(self) -> str:
        return self.chance.choice(QUESTIONS).format(f"{self.number}.{len(self.sent)}")

    def _follow(self) -> None:
        """Read the live events; after a break go on after the last one."""
        headers = {"Authorization": f"Bearer {self.conversation.token}"}
        while not self.over.is_set():
            after = self.seen[-1] if self.seen else 0
            address = f"{self.stack.base_url}/api/v1/events?after={after}"
            with (
                suppress(httpx.HTTPError),
                httpx.Client(timeout=2.0, trust_env=False) as client,
                client.stream("GET", address, headers=headers) as response,
            ):
                self._read(response)
            time.sleep(0.1)

    def _read(self, response: httpx.Response) -> None:
        for line in response.iter_lines():
            if line.startswith("data: ") and '"reply_to"' in line:
                self.seen.append(json.loads(line.removeprefix("data: "))["id"])
            if self.over.is_set():
                return


@contextmanager
def _killing(stack: Stack) -> Iterator[Counter[str]]:
    """Inside the block every process dies at whatever it is at, and again some seconds after it is back."""
    kills: Counter[str] = Counter()
    over = threading.Event()

    def kill(name: str) -> None:
        chance = random.Random(name)
        while not over.wait(chance.uniform(1.0, 8.0)):
            stack.restart(name)
            kills[name] += 1

    killers = [threading.Thread(target=kill, args=(name,)) for name in PROCESSES]
    for killer in killers:
        killer.start()
    try:
        yield kills
    finally:
        over.set()
        for killer in killers:
            killer.join()


def test_nothing_is_lost_doubled_or_out_of_order(capsys: pytest.CaptureFixture[str]) -> None:
    begun = time.monotonic()
    with running("killed", {"HEZA_RASA_TIMEOUT": "6"}) as stack, Staff(stack, Role.MANAGER) as staff:
        talks = [Talk(stack, staff, random.Random(number), number) for number in range(TALKS)]
        with _killing(stack) as kills, ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(Talk.play, talks))
        assert wait_until(lambda: _open(stack) == 0, SETTLED_SECONDS), f"{_open(stack)} never answered"
        faults = [fault for talk in talks for fault in talk.faults()]
        messages = sum(len(talk.sent) for talk in talks)
        heard = sum(len(talk.seen) for talk in talks)
        for talk in talks:
            talk.conversation.close()
    with capsys.disabled():
        print(
            f"\n{TALKS} talks, {messages} messages written, {heard} events, {kills.total()} kills "
            f"{dict(kills)} in {time.monotonic() - begun:.0f} s: {len(faults)} lost, doubled or out of order"
        )
    assert not faults, "\n".join(faults)
    assert kills.keys() == set(PROCESSES)


def _sure(deed: Callable[[], T]) -> T:
    """Do it again until it is known to be done."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with suppress(httpx.TransportError, _Busy), _refusals_told_apart():
            return deed()
        time.sleep(0.3)
    return deed()


class _Busy(Exception):
    """Come again later; any other refusal is a fault of the test or the product."""


@contextmanager
def _refusals_told_apart() -> Iterator[None]:
    try:
        yield
    except httpx.HTTPStatusError as error:
        if error.response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise _Busy from error
        raise


def _name(text: str) -> str:
    """What makes a message known when it is sent again."""
    return text.rsplit("(", 1)[1].rstrip(")")


def _open(stack: Stack) -> int:
    """Messages still to be put to Rasa."""
    with sqlite3.connect(f"file:{stack.database}?mode=ro", uri=True) as database:
        query = "SELECT COUNT(*) FROM conversations_message WHERE progress IN ('ask', 'note')"
        count: int = database.execute(query).fetchone()[0]
    return count
