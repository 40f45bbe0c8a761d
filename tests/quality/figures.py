"""Counts, intervals, calibration and the rows that went wrong, as Markdown tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.quality.grading import Graded, Outcome
from tests.quality.questions import STRIPPED, STYLES, Question

_95_PERCENT = 1.959964
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
# The worst first: what misleads, then what is left open.
_WORST = (Outcome.WRONG, Outcome.INCOMPLETE, Outcome.REFUSED, Outcome.ASKED)
_SHORT = 110


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


def share(graded: Sequence[Graded], fits: Callable[[Graded], bool]) -> Share:
    """How many turns fit."""
    return Share(sum(map(fits, graded)), len(graded))


def on_topic(graded: Iterable[Graded]) -> list[Graded]:
    """Turns that the assistant should serve."""
    return [one for one in graded if not one.turn.expect.refuse]


def off_topic(graded: Iterable[Graded]) -> list[Graded]:
    """Turns that are not ours."""
    return [one for one in graded if one.turn.expect.refuse]


def headline(graded: Sequence[Graded]) -> dict[str, Share]:
    """The figures that floors.yml holds floors and ceilings for."""
    ours, others = on_topic(graded), off_topic(graded)
    right = {language: [one for one in ours if one.language == language] for language in ("vi", "en")}
    return {
        "right_vi": share(right["vi"], _is(Outcome.RIGHT)),
        "right_en": share(right["en"], _is(Outcome.RIGHT)),
        "wrong_record": share(ours, _is(Outcome.WRONG)),
        "off_topic_not_answered": share(others, lambda one: one.outcome is not Outcome.WRONG),
        "language": share(list(graded), lambda one: one.language_right),
    }


def stripped_gap(graded: Sequence[Graded], questions: Sequence[Question]) -> tuple[Share, Share]:
    """Right on accented rows that have a twin without diacritics, and right on the twins."""
    twins = {question.id: question.twin for question in questions if question.twin}
    bare = [one for one in graded if one.question in twins]
    accented = [one for one in graded if one.question in set(twins.values())]
    return share(accented, _is(Outcome.RIGHT)), share(bare, _is(Outcome.RIGHT))


def table(graded: Sequence[Graded]) -> str:
    """Outcomes in per cent by language and style; off-topic rows have a line of their own."""
    lines = [
        "| | turns | right | incomplete | wrong record | asked back | refused | language |",
        "|---|" + "---:|" * 7,
    ]
    ours = on_topic(graded)
    for language in ("vi", "en"):
        lines.append(_line(language, [one for one in ours if one.language == language]))
        for style in STYLES:
            chosen = [one for one in ours if (one.language, one.style) == (language, style)]
            if chosen:
                lines.append(_line(f"{language}, {style}", chosen))
    lines.append(_line("later turns", [one for one in ours if one.number > 1]))
    lines.append(_line("all", ours))
    lines.append(_line("off-topic", off_topic(graded)))
    return "\n".join(lines)


def by_topic(graded: Sequence[Graded]) -> str:
    """The same by file of questions."""
    lines = [
        "| | turns | right | incomplete | wrong record | asked back | refused | language |",
        "|---|" + "---:|" * 7,
    ]
    topics = sorted({one.question.split("-")[0] for one in graded})
    lines += [
        _line(topic, [one for one in graded if one.question.split("-")[0] == topic]) for topic in topics
    ]
    return "\n".join(lines)


def calibration(graded: Sequence[Graded]) -> list[tuple[str, Share, float]]:
    """For answers with a record: bin of confidence, share with the right record, mean confidence."""
    answered = [one for one in graded if one.seen.record]
    found = []
    for low, high in zip(_BINS, _BINS[1:]):
        last = high == _BINS[-1]
        inside = [
            one
            for one in answered
            if low <= one.seen.confidence < high or (last and one.seen.confidence == high)
        ]
        if inside:
            mean = sum(one.seen.confidence for one in inside) / len(inside)
            right = share(inside, lambda one: one.outcome in (Outcome.RIGHT, Outcome.INCOMPLETE))
            found.append((f"{low:.2f}–{high:.2f}", right, mean))
    return found


def calibration_error(bins: Sequence[tuple[str, Share, float]]) -> float:
    """Expected calibration error, 0..1."""
    total = sum(right.whole for _, right, _ in bins)
    return sum(right.whole * abs(right.value - mean) for _, right, mean in bins) / total if total else 0.0


def confusions(graded: Sequence[Graded], most: int = 25) -> str:
    """What was wanted, what came, how often: the most frequent first."""
    counts = Counter((_wanted(one), _got(one)) for one in graded if one.outcome is not Outcome.RIGHT)
    lines = ["| wanted | came | times |", "|---|---|---:|"]
    lines += [f"| {wanted} | {got} | {times} |" for (wanted, got), times in counts.most_common(most)]
    return "\n".join(lines)


def rows(graded: Sequence[Graded], most: int = 30) -> str:
    """The worst rows: wrong records with the highest confidence first."""
    bad = [one for one in graded if one.outcome is not Outcome.RIGHT]
    bad.sort(key=lambda one: (_WORST.index(one.outcome), -one.seen.confidence))
    lines = ["| row | question | wanted | came | worth | confidence |", "|---|---|---|---|---|---:|"]
    lines += [
        f"| {one.question}.{one.number} | {_cell(one.turn.text)} | {_wanted(one)} | {_got(one)} | {one.outcome.value} "
        f"| {one.seen.confidence:.2f} |"
        for one in bad[:most]
    ]
    return "\n".join(lines)


def _is(outcome: Outcome) -> Callable[[Graded], bool]:
    return lambda one: one.outcome is outcome


def _line(title: str, graded: Sequence[Graded]) -> str:
    cells = [str(share(graded, _is(outcome))) for outcome in Outcome]
    spoken = share(graded, lambda one: one.language_right)
    return f"| {title} | {len(graded)} | {' | '.join(cells)} | {100 * spoken.value:.1f} |"


def _wanted(one: Graded) -> str:
    expect = one.turn.expect
    if expect.refuse:
        return "off-topic"
    if expect.intents:
        return ", ".join(expect.intents)
    if expect.records:
        return f"{expect.records[0]}{'.' + '/'.join(expect.aspects) if expect.aspects else ''}"
    return f"ask: {', '.join(expect.ask)}"


def _got(one: Graded) -> str:
    seen = one.seen
    if seen.record:
        return f"{seen.record}{'.' + seen.aspect if seen.aspect else ''}"
    return f"ask: {', '.join(seen.offered)}" if seen.offered else seen.intent


def _cell(text: str) -> str:
    shown = text if len(text) <= _SHORT else text[:_SHORT] + "…"
    return shown.replace("|", "\\|")
