"""Shares with their intervals, the headline figures, calibration."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from bot.assistant.trial.grading import Graded, Outcome
from bot.assistant.trial.questions import LANGUAGES, Question

_95_PERCENT = 1.959964
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


@dataclass(frozen=True)
class Share:
    """A part of a whole, with its 95 % Wilson interval."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share, 0..1; 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end, 0..1."""
        if not self.whole:
            return 0.0, 1.0
        z2 = _95_PERCENT**2
        middle = (self.value + z2 / (2 * self.whole)) / (1 + z2 / self.whole)
        spread = math.sqrt(self.value * (1 - self.value) / self.whole + z2 / (4 * self.whole**2))
        half = _95_PERCENT * spread / (1 + z2 / self.whole)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:.1f} ({100 * low:.1f}–{100 * high:.1f})"


@dataclass(frozen=True)
class Bin:
    """Answers whose confidence lies between two bounds: with the right record, and as claimed."""

    low: float
    high: float
    right: Share
    claimed: float


def share(graded: Sequence[Graded], fits: Callable[[Graded], bool]) -> Share:
    """How many turns fit."""
    return Share(sum(map(fits, graded)), len(graded))


def came_out(outcome: Outcome) -> Callable[[Graded], bool]:
    """Whether a turn came out so."""
    return lambda one: one.outcome is outcome


def on_topic(graded: Iterable[Graded]) -> list[Graded]:
    """Turns that the assistant should serve."""
    return [one for one in graded if not one.turn.expect.refuse]


def off_topic(graded: Iterable[Graded]) -> list[Graded]:
    """Turns that are not ours."""
    return [one for one in graded if one.turn.expect.refuse]


def headline(graded: Sequence[Graded], apart: Container[str] = ()) -> dict[str, Share]:
    """The shares that floors.yml bounds; questions of the topics `apart` have bounds of their own."""
    strangers = [one for one in on_topic(graded) if one.asked.topic in apart]
    graded = [one for one in graded if one.asked.topic not in apart]
    ours = on_topic(graded)
    right = {
        f"right_{language}": share([one for one in ours if one.language == language], came_out(Outcome.RIGHT))
        for language in LANGUAGES
    }
    return {
        **right,
        "wrong_record": share(ours, came_out(Outcome.WRONG)),
        "off_topic_not_answered": share(off_topic(graded), lambda one: one.outcome is not Outcome.WRONG),
        "language": share(graded, lambda one: one.language_right),
        "outsiders_right": share(strangers, came_out(Outcome.RIGHT)),
        "outsiders_wrong_record": share(strangers, came_out(Outcome.WRONG)),
    }


def twins(graded: Sequence[Graded], questions: Sequence[Question]) -> tuple[Share, Share]:
    """Right on the rows with diacritics that have a twin without, and on these twins."""
    accented = {question.id: question.twin for question in questions if question.twin}
    bare = [one for one in graded if one.question in accented]
    same = [one for one in graded if one.question in set(accented.values())]
    return share(same, came_out(Outcome.RIGHT)), share(bare, came_out(Outcome.RIGHT))


def calibration(graded: Sequence[Graded]) -> list[Bin]:
    """Answers with a record by confidence; empty bins are left out."""
    answered = [one for one in graded if one.seen.record]
    found = []
    for low, high in itertools.pairwise(_BINS):
        top = high == _BINS[-1]
        inside = [
            one for one in answered if low <= one.seen.confidence and (one.seen.confidence < high or top)
        ]
        if inside:
            right = share(inside, lambda one: one.outcome in (Outcome.RIGHT, Outcome.INCOMPLETE))
            found.append(Bin(low, high, right, sum(one.seen.confidence for one in inside) / len(inside)))
    return found


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error, 0..1: how far claim and truth are apart, weighed by the bins' sizes."""
    total = sum(one.right.whole for one in bins)
    return sum(one.right.whole * abs(one.right.value - one.claimed) for one in bins) / total if total else 0.0
