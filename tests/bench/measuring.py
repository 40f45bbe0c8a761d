"""How answer times are taken: one by one, over a long conversation, and with a crowd."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from typing import Protocol


class Talker(Protocol):
    """One conversation of an investor."""

    def say(self, text: str) -> object:
        """Send free text, return when the answer is there."""

    def close(self) -> None:
        """Let go of the connection."""


Begin = Callable[[], Talker]

# Turns compared in a long conversation: those about the 5th and the 100th, in which the same is asked.
_WINDOW = 7
_EARLY, _LATE = range(1, 1 + _WINDOW), range(99, 99 + _WINDOW)
_LONG_TALKS = 3
USERS = 20
_TURNS_EACH = 10


def one_by_one(begin: Begin, talks: Sequence[Sequence[str]]) -> list[float]:
    """Milliseconds of every turn, one conversation after the other; one before them warms up."""
    _talk(begin, talks[0])
    return [taken for talk in talks for taken in _talk(begin, talk)]


def growth(begin: Begin, questions: Sequence[str]) -> tuple[float, float]:
    """Median milliseconds about turn 5 and turn 100 of conversations that ask the same in a circle."""
    asked = list(islice(cycle(questions[:_WINDOW]), _LATE.stop))
    talks = [_talk(begin, asked) for _ in range(_LONG_TALKS)]
    early, late = ([talk[at] for talk in talks for at in window] for window in (_EARLY, _LATE))
    return statistics.median(early), statistics.median(late)


def crowd(begin: Begin, questions: Sequence[str]) -> list[float]:
    """Milliseconds of every turn of USERS conversations at once, each writing as soon as it is answered."""
    endless = cycle(questions)
    talks = [list(islice(endless, _TURNS_EACH)) for _ in range(USERS)]
    with ThreadPoolExecutor(USERS) as users:
        return [taken for talk in users.map(lambda asked: _talk(begin, asked), talks) for taken in talk]


def percentile(values: Sequence[float], share: int) -> float:
    """The value below which `share` per cent lie."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def _talk(begin: Begin, questions: Sequence[str]) -> list[float]:
    talker = begin()
    try:
        return [_timed(talker, question) for question in questions]
    finally:
        talker.close()


def _timed(talker: Talker, question: str) -> float:
    begun = time.perf_counter()
    talker.say(question)
    return (time.perf_counter() - begun) * 1000
