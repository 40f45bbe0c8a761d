"""The report of `make eval`, docs/quality/eval.md."""

from __future__ import annotations

from collections.abc import Sequence

from bot.assistant.trial.grading import Graded
from bot.assistant.trial.questions import Question
from tests.quality import figures, gate, online, tables

_HOW_TO_READ = """
The questions are written apart from the training data (`tests/quality/*.jsonl`). Figures are per cent of
turns with their 95 % Wilson interval. *Right*: the right record, aspect and value. *Incomplete*: the right
record, but another aspect, or the value is not in the answer. *Wrong record*: something else was answered
with a record. *Asked back*: the investor was asked to choose. *Refused*: no record was shown.
""".strip()


def text(graded: Sequence[Graded], asked: Sequence[Question], seconds: float) -> str:
    """The whole report as Markdown."""
    several = sum(len(question.turns) > 1 for question in asked)
    lead = (
        f"`make eval` asked {len(asked)} questions over the public API, {several} of them conversations of "
        f"several turns: {len(graded)} turns, {online.AT_ONCE} conversations at a time, "
        f"{len(graded) / seconds:.1f} turns a second."
    )
    parts = [
        "# What the assistant understands",
        lead,
        _HOW_TO_READ,
        _headline(graded, asked),
        "![Outcomes by language and style](outcomes.svg)",
        "## By language and style",
        tables.by_style(graded),
        "## By topic",
        tables.by_topic(graded),
        "## Is the confidence true?",
        tables.calibration(graded),
        "![Calibration](calibration.svg)",
        "## Confusions",
        tables.confusions(graded),
        "## The worst 30 turns",
        tables.worst(graded),
    ]
    return "\n\n".join(parts) + "\n"


def measured(graded: Sequence[Graded], asked: Sequence[Question]) -> dict[str, float]:
    """The figures that are bounded, in per cent; the gap of the twins in points."""
    accented, bare = figures.twins(graded, asked)
    values = {
        name: 100 * share.value for name, share in figures.headline(graded, gate.floors()["apart"]).items()
    }
    return {**values, "stripped_behind": 100 * (accented.value - bare.value)}


def _headline(graded: Sequence[Graded], asked: Sequence[Question]) -> str:
    bounds = gate.floors()
    lines = ["| figure | per cent (95 % interval) | bound |", "|---|---:|---:|"]
    for name, share in figures.headline(graded, bounds["apart"]).items():
        floor = bounds["floors"].get(name)
        bound = f"≥ {floor}" if floor else f"≤ {bounds['ceilings'][name]}"
        lines.append(f"| {name.replace('_', ' ')} | {share} | {bound} |")
    accented, bare = figures.twins(graded, asked)
    lines.append(f"| right, with diacritics | {accented} | |")
    lines.append(
        f"| the same questions without | {bare} | ≤ {bounds['ceilings']['stripped_behind']} points behind |"
    )
    return "\n".join(lines)
