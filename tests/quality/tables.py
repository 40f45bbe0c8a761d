"""What was measured, as Markdown tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.assistant.trial.grading import Graded, Outcome
from bot.assistant.trial.questions import LANGUAGES, STYLES
from tests.quality import figures

# The worst first: what misleads, then what is left open.
_WORST = (Outcome.WRONG, Outcome.INCOMPLETE, Outcome.REFUSED, Outcome.ASKED)
_HEAD = (
    "| | turns | right | incomplete | wrong record | asked back | refused | language |",
    "|---|" + "---:|" * 7,
)
_SHORT = 110


def by_style(graded: Sequence[Graded]) -> str:
    """Outcomes in per cent by language and style; off-topic turns have a line of their own."""
    lines = [*_HEAD]
    ours = figures.on_topic(graded)
    for language in LANGUAGES:
        lines.append(_line(language, [one for one in ours if one.language == language]))
        for style in STYLES:
            chosen = [one for one in ours if (one.language, one.style) == (language, style)]
            if chosen:
                lines.append(_line(f"{language}, {style}", chosen))
    lines.append(_line("second and later turns", [one for one in ours if one.number > 1]))
    lines.append(_line("all", ours))
    lines.append(_line("off-topic", figures.off_topic(graded)))
    return "\n".join(lines)


def by_topic(graded: Sequence[Graded]) -> str:
    """The same by file of questions."""
    topics = sorted({one.topic for one in graded})
    return "\n".join(
        [*_HEAD, *(_line(topic, [one for one in graded if one.topic == topic]) for topic in topics)]
    )


def calibration(graded: Sequence[Graded]) -> str:
    """Claimed against true, by confidence."""
    bins = figures.calibration(graded)
    lines = ["| confidence | answers | claimed | right record |", "|---|---:|---:|---:|"]
    lines += [
        f"| {one.low:.2f}–{one.high:.2f} | {one.right.whole} | {100 * one.claimed:.1f} | {one.right} |"
        for one in bins
    ]
    lines.append(f"\nExpected calibration error: {100 * figures.calibration_error(bins):.1f} points.")
    return "\n".join(lines)


def confusions(graded: Sequence[Graded], most: int = 25) -> str:
    """What was wanted, what came, how often: the most frequent first."""
    counts = Counter((_wanted(one), _came(one)) for one in graded if one.outcome is not Outcome.RIGHT)
    lines = ["| wanted | came | times |", "|---|---|---:|"]
    lines += [f"| {wanted} | {came} | {times} |" for (wanted, came), times in counts.most_common(most)]
    return "\n".join(lines)


def worst(graded: Sequence[Graded], most: int = 30) -> str:
    """The worst turns: wrong records with the highest confidence first."""
    bad = [one for one in graded if one.outcome is not Outcome.RIGHT]
    bad.sort(key=lambda one: (_WORST.index(one.outcome), -one.seen.confidence))
    lines = ["| row | question | wanted | came | worth | confidence |", "|---|---|---|---|---|---:|"]
    lines += [_row(one) for one in bad[:most]]
    return "\n".join(lines)


def _row(one: Graded) -> str:
    cells = (
        f"{one.question}.{one.number}",
        _cell(one.turn.text),
        _wanted(one),
        _came(one),
        one.outcome.value,
        f"{one.seen.confidence:.2f}",
    )
    return f"| {' | '.join(cells)} |"


def _line(title: str, graded: Sequence[Graded]) -> str:
    cells = [str(figures.share(graded, figures.came_out(outcome))) for outcome in Outcome]
    spoken = figures.share(graded, lambda one: one.language_right)
    return f"| {title} | {len(graded)} | {' | '.join(cells)} | {100 * spoken.value:.1f} |"


def _wanted(one: Graded) -> str:
    expect = one.turn.expect
    if expect.refuse:
        return "off-topic"
    if expect.intents:
        return ", ".join(expect.intents)
    if not expect.records:
        return f"ask: {', '.join(expect.ask)}"
    aspects = "/".join(expect.aspects)
    return f"{expect.records[0]}.{aspects}" if aspects else expect.records[0]


def _came(one: Graded) -> str:
    seen = one.seen
    if seen.record:
        return f"{seen.record}.{seen.aspect}" if seen.aspect else seen.record
    return f"ask: {', '.join(seen.offered)}" if seen.offered else seen.intent


def _cell(text: str) -> str:
    shown = text if len(text) <= _SHORT else text[:_SHORT] + "…"
    return shown.replace("|", "\\|")
