"""`make bench`: answer time, growth, crowd, memory, start; Rasa's default pipeline beside it in the same run.

Prints a table, writes docs/quality/bench.md, and ends with 1 when a bound is missed. `--alone` leaves out the
default pipeline, whose training takes long, and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.common import settings as configuration
from bot.common.settings import ROOT
from tests.bench import default_pipeline, measuring, training
from tests.bench.measuring import Begin, percentile
from tests.bench.questions import conversations
from tests.stack import running

REPORT = ROOT / "docs" / "quality" / "bench.md"
_TEMPLATE = Path(__file__).with_name("report.md")
Figures = dict[str, float]


@dataclass(frozen=True)
class Measure:
    """A row of the table: what it is called, how it is written, what it must not exceed."""

    key: str
    title: str
    form: str
    bound: float | None = None

    def written(self, figures: Mapping[str, float]) -> str:
        """The value as shown; a dash where it was not measured."""
        return self.form.format(figures[self.key]) if self.key in figures else "–"

    def misses(self, figures: Mapping[str, float]) -> bool:
        """Whether the value exceeds its bound."""
        return self.bound is not None and figures[self.key] > self.bound


MEASURES = (
    Measure("median", "answer, median", "{:.0f} ms", 120),
    Measure("p95", "answer, 95th percentile", "{:.0f} ms", 250),
    Measure("early", "about turn 5 of one conversation", "{:.0f} ms"),
    Measure("late", "about turn 100 of the same", "{:.0f} ms"),
    Measure("growth", "turn 100 / turn 5", "{:.2f}", 1.3),
    Measure("crowd", f"{measuring.USERS} users at once, 95th percentile", "{:.0f} ms", 2000),
    Measure("memory", "memory of all processes", "{:.0f} MB", 2048),
    Measure("start", "start until it answers", "{:.0f} s", 25),
    Measure("training", "training", "{:.0f} s"),
)


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alone", action="store_true", help="without Rasa's default pipeline")
    options = parser.parse_args()
    console = Console()
    talks = conversations()
    settings = configuration.load()
    theirs: Figures = {}
    with running("bench") as stack:
        ours = _asked(stack.conversation, talks, stack.megabytes)
        ours["start"] = stack.started_in
        if not options.alone:
            ours["training"] = training.ours(settings).seconds
            trained = training.default(settings)
            with default_pipeline.running(trained, settings, stack.environment["HEZA_ACTIONS_PORT"]) as other:
                theirs = _asked(other.begin, talks, other.megabytes)
                theirs |= {"start": other.started_in, "training": trained.seconds}
    count = sum(map(len, talks))
    console.print(_table(ours, theirs, count))
    if theirs:
        _write(REPORT, ours, theirs, count)
    missed = [measure.title for measure in MEASURES if measure.misses(ours)]
    console.print("missed: " + ", ".join(missed) if missed else "every bound is kept")
    return 1 if missed else 0


def _asked(begin: Begin, talks: list[list[str]], megabytes: Callable[[], float]) -> Figures:
    questions = [question for talk in talks for question in talk]
    each = measuring.one_by_one(begin, talks)
    early, late = measuring.growth(begin, questions)
    together = measuring.crowd(begin, questions)
    return {
        "median": percentile(each, 50),
        "p95": percentile(each, 95),
        "early": early,
        "late": late,
        "growth": late / early,
        "crowd": percentile(together, 95),
        "memory": megabytes(),
    }


def _table(ours: Figures, theirs: Figures, count: int) -> Table:
    table = Table("measure", "this product", "Rasa's default pipeline", "bound", title=f"{count} questions")
    for measure in MEASURES:
        bound = measure.form.format(measure.bound) if measure.bound else ""
        style = "red" if measure.misses(ours) else None
        table.add_row(measure.title, measure.written(ours), measure.written(theirs), bound, style=style)
    return table


def _write(path: Path, ours: Figures, theirs: Figures, count: int) -> None:
    rows = [
        f"| {m.title} | {m.written(ours)} | {m.written(theirs)} "
        f"| {'≤ ' + m.form.format(m.bound) if m.bound else ''} |"
        for m in MEASURES
    ]
    report = _TEMPLATE.read_text(encoding="utf-8").format(
        date=datetime.now(UTC).date(),
        cores=os.cpu_count(),
        load=os.getloadavg()[0],
        count=count,
        rows="\n".join(rows),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
