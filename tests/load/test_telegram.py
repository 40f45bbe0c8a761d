"""Fifty people on Telegram at once, in two languages, while every process is restarted.

The real product, the real Telegram client, a Bot API server on loopback with the real one's limits. What
each chat was sent is compared with what the gateway has said in it, message by message.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from bot.common.wording import LANGUAGES
from bot.conversations.wording import GATEWAY
from bot.launch import orphans
from bot.telegram.letters import Text, parts
from bot.telegram.wording import TELEGRAM
from tests.load.telegram_log import said_in
from tests.stack import Stack, running
from tests.telegram.bot_api import TOKEN, BotApi, Sent

PEOPLE = 50
SITE = "https://assistant.example.gov.vn"
_SECONDS = 240.0
# A question and what stands in its answer.
QUESTIONS = {
    "vi": (
        ("Cấp giấy chứng nhận đăng ký đầu tư mất bao lâu?", "10 ngày làm việc"),
        ("Lệ phí giấy phép lao động bao nhiêu?", "450.000"),
        ("Khu công nghiệp Nam Cầu Kiền rộng bao nhiêu?", "263,47"),
        ("Giới thiệu khu công nghiệp VSIP Hải Phòng", "VSIP"),
    ),
    "en": (
        ("How long does an investment registration certificate take?", "10 working days"),
        ("What is the fee for a work permit?", "450,000"),
        ("How large is Nam Cau Kien Industrial Park?", "263.47"),
        ("Tell me about VSIP Hai Phong industrial park", "VSIP"),
    ),
}
OWN = {TELEGRAM.say("working", language) for language in LANGUAGES}


@dataclass
class Person:
    """Somebody who asks; `seconds` holds how long each answer took."""

    api: BotApi
    chat: int
    language: str
    seen: int = 0
    asked: int = 0
    again: int = 0
    seconds: list[float] = field(default_factory=list)

    async def start(self) -> None:
        """Open the chat."""
        self.api.say(self.chat, "/start", code=self.language)
        await self._told("")

    async def ask(self, *numbers: int) -> None:
        """Write these questions one right after the other, then wait for all answers, in order."""
        questions = [QUESTIONS[self.language][number] for number in numbers]
        begun = time.monotonic()
        for words, _ in questions:
            self.api.say(self.chat, words, code=self.language)
            self.asked += 1
        for words, expected in questions:
            self.seconds.append((await self._told(expected, words)).at - begun)

    async def _told(self, expected: str, question: str = "") -> Sent:
        """The next message with these words; those before it are notices. After an apology asks again."""
        async with asyncio.timeout(_SECONDS):
            while True:
                for one in self.api.in_chat(self.chat)[self.seen :]:
                    self.seen += 1
                    if expected in one.text:
                        return one
                    if one.text == GATEWAY.say("no_answer", self.language):
                        self.api.say(self.chat, question, code=self.language)
                        self.again += 1
                await asyncio.sleep(0.05)


@dataclass(frozen=True)
class Compared:
    """Messages of all chats: said by the gateway, sent; lost, doubled, out of order."""

    said: int
    sent: int
    lost: int
    doubled: int
    out_of_order: int


async def test_fifty_people_and_restarts(capsys: pytest.CaptureFixture[str]) -> None:
    api = BotApi(strict_rates=True)
    api.open()
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "HEZA_PUBLIC_URL": SITE}
    with running("telegram", settings) as stack:
        people = [Person(api, 1000 + number, LANGUAGES[number % 2]) for number in range(PEOPLE)]
        quiet, all_seconds = await _talk(stack, people)
        compared = _compare(stack, api)
        log = stack.log("telegram", 100_000)
    asked, answered = sum(person.asked for person in people), len(all_seconds)
    again = sum(person.again for person in people)
    with capsys.disabled():
        print(
            f"\n{PEOPLE} people: {asked} questions, {answered} answered "
            f"({again} after an apology, when the action server was killed at work); "
            f"{compared.said} messages said, {compared.sent} sent: lost {compared.lost}, "
            f"doubled {compared.doubled}, out of order {compared.out_of_order}; "
            f"undisturbed {_figures(quiet)}; with all restarts {_figures(all_seconds)}; "
            f"refused by the server: {_refusals(api)}"
        )
    assert answered == asked
    assert (compared.lost, compared.doubled, compared.out_of_order) == (0, 0, 0)
    # After a restart a pause may be asked for, since what was sent just before is not known, and the
    # connection of the process before may still be waiting for updates.
    assert {refusal.code for _, refusal in api.refused} <= {429, 409}, _refusals(api)
    assert sum(refusal.code == 429 for _, refusal in api.refused) < PEOPLE
    assert TOKEN not in log
    assert not any(words in log for questions in QUESTIONS.values() for words, _ in questions)
    api.shut()


async def _talk(stack: Stack, people: Sequence[Person]) -> tuple[list[float], list[float]]:
    """Wave after wave, with something happening to the processes in each but the first two."""

    async def wave(*numbers: int, meanwhile: Callable[[], None] | None = None, after: float = 1.0) -> None:
        asking: list[Awaitable[None]] = [person.ask(*numbers) for person in people]
        if meanwhile:
            asking.append(_later(after, meanwhile))
        await asyncio.gather(*asking)

    await asyncio.gather(*(person.start() for person in people))
    await wave(0)
    quiet = [seconds for person in people for seconds in person.seconds]
    await wave(1, meanwhile=lambda: _terminate(stack, "telegram"))
    await wave(2, meanwhile=lambda: _kill(stack, "actions", "rasa"))
    with stack.without("telegram"):
        missing = [asyncio.create_task(person.ask(3)) for person in people]
        await asyncio.to_thread(stack.restart, "worker")
        await asyncio.to_thread(stack.restart, "web")
    await asyncio.gather(*missing)
    await wave(0, 1)
    return quiet, [seconds for person in people for seconds in person.seconds]


async def _later(seconds: float, deed: Callable[[], None]) -> None:
    await asyncio.sleep(seconds)
    await asyncio.to_thread(deed)


def _kill(stack: Stack, *names: str) -> None:
    for name in names:
        stack.restart(name)


def _terminate(stack: Stack, name: str) -> None:
    """An ordinary restart: the process is asked to end, and is started again."""
    before = _pids(stack, name)
    for pid in before:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 60
    while not _pids(stack, name) - before:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _pids(stack: Stack, name: str) -> set[int]:
    return {pid for pid, named in orphans.marked(str(stack.data_dir)).items() if named == name}


def _compare(stack: Stack, api: BotApi) -> Compared:
    said = sent = lost = doubled = out_of_order = 0
    for ref, messages in said_in(stack.database):
        wanted = [html for message in messages for html in _html(parts(message, SITE))]
        got = [one.params["text"] for one in api.in_chat(int(ref)) if one.text not in OWN]
        missing, extra = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
        said, sent = said + len(wanted), sent + len(got)
        lost, doubled = lost + missing.total(), doubled + extra.total()
        out_of_order += not missing and not extra and wanted != got
    return Compared(said, sent, lost, doubled, out_of_order)


def _html(made: Sequence[object]) -> Iterator[str]:
    return (part.html for part in made if isinstance(part, Text))


def _figures(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"median {statistics.median(ordered):.1f} s, p95 {p95:.1f} s"


def _refusals(api: BotApi) -> str:
    counted = Counter(f"{refusal.code} {method}" for method, refusal in api.refused)
    return ", ".join(f"{count} × {what}" for what, count in counted.items()) or "nothing"
