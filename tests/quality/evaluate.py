"""`make eval`: asks the product every question, prints the report, writes it to docs/quality with charts.

A product of its own is started unless `--running` says to ask the one that runs. `--gate` fails when a figure
misses its bound in floors.yml; `--topic` asks the questions of one file only and writes nothing. `--minutes`
asks for so long, and of every file a like part, so that the bounds hold for it too; nothing is written where
that is not all.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Sequence
from math import inf

from rich.progress import Progress

from bot.assistant.trial import questions
from bot.assistant.trial.grading import Graded
from bot.assistant.trial.questions import Question
from bot.common.settings import ROOT
from tests.quality import charts, gate, online, report
from tests.quality.product import Product, product

FOLDER = ROOT / "docs" / "quality"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 when the gate fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--running", action="store_true", help="ask the product that runs with these settings"
    )
    parser.add_argument("--gate", action="store_true", help="fail below the floors")
    parser.add_argument("--topic", help="only the questions of this file; nothing is written")
    parser.add_argument("--minutes", type=float, default=inf, help="ask for so long")
    options = parser.parse_args(arguments)
    wanted = [question for question in questions.load() if options.topic in (None, question.topic)]
    with product(options.running) as found:
        begun = time.monotonic()
        graded = ask(found, scattered(wanted), begun + 60 * options.minutes)
        seconds = time.monotonic() - begun
    done = {one.question for one in graded}
    asked = [question for question in wanted if question.id in done]
    text = report.text(graded, asked, seconds)
    print(text)
    if len(asked) < len(wanted):
        print(f"Time for {len(asked)} of {len(wanted)} questions.", file=sys.stderr)
    elif not options.topic:
        charts.draw(graded, FOLDER)
        (FOLDER / "eval.md").write_text(text, encoding="utf-8")
    faults = gate.faults(report.measured(graded, asked)) if options.gate else []
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def scattered(asked: Sequence[Question]) -> list[Question]:
    """In an order in which each part is like the whole; rows that are compared with others stand first."""
    paired = {question.twin for question in asked if question.twin}

    def place(question: Question) -> tuple[bool, bytes]:
        alone = not question.twin and question.id not in paired
        return alone, hashlib.sha256(question.id.encode()).digest()

    return sorted(asked, key=place)


def ask(found: Product, asked: Sequence[Question], until: float = inf) -> list[Graded]:
    """Every turn that comes up before the monotonic time `until` graded, with a progress bar."""
    with Progress() as progress:
        task = progress.add_task("asking", total=len(asked))

        def done(count: int) -> None:
            progress.update(task, completed=count)

        return online.ask(found.base_url, found.database, asked, done, until)


if __name__ == "__main__":
    sys.exit(main())
