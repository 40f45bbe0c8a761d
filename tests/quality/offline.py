"""Asks the understanding alone, without Rasa, actions and gateway: seconds instead of minutes.

`.venv-rasa/bin/python -m tests.quality.offline [--topic zones] [--rows 40] [--fresh]`: learns once for the present
training data, keeps what it learned in the data folder, prints a table and the rows that went wrong.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.assistant.nlu import examples, records
from bot.assistant.nlu.decision import Context, Decision, decide
from bot.assistant.nlu.embedding_cache import EmbeddingCache
from bot.assistant.nlu.understanding import Understanding
from bot.common import embedder
from bot.common.settings import ROOT, Settings, load
from bot.launch import model
from tests.quality import figures, questions
from tests.quality.grading import Graded, Seen, grade
from tests.quality.questions import Question

_LISTS = ("list_zones", "list_procedures", "list_incentives")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topic", help="only the questions of this file")
    parser.add_argument("--rows", type=int, default=40, help="how many rows that went wrong are printed")
    parser.add_argument("--fresh", action="store_true", help="learn anew")
    options = parser.parse_args()
    learned = understanding(load(), options.fresh)
    asked = [question for question in questions.load() if options.topic in (None, question.topic)]
    graded, begun = list(ask(learned, asked)), time.perf_counter()
    print(figures.table(graded))
    print(figures.confusions(graded))
    print(figures.rows(graded, options.rows))
    print(f"{len(graded)} turns, {1000 * (time.perf_counter() - begun) / max(1, len(graded)):.0f} ms each")


def understanding(settings: Settings, fresh: bool) -> Understanding:
    """What was learned from the present training data and records."""
    folder = settings.data_dir / "quality" / model.checksum()[:16]
    if not fresh and folder.is_dir():
        return Understanding.load(folder)
    cache = EmbeddingCache(settings.data_dir / "cache", embedder.Embedder(2).embed)
    wordings = examples.from_files(ROOT / "data" / "nlu")
    learned = Understanding.fit(wordings, records.from_files(ROOT / "data" / "registry"), cache)
    _keep(learned, folder)
    return learned


def ask(learned: Understanding, asked: list[Question]) -> Iterator[Graded]:
    """Every turn graded; the conversation is carried on as the slots would carry it."""
    shared = embedder.shared().embed
    index = learned.index(shared)
    kinds = {record.id: record.kind for record in index.records.values()}
    for question in asked:
        context, language = Context(), None
        for number, turn in enumerate(question.turns, 1):
            reading = learned.read(learned.prepare(turn.text, index, language), index, shared)
            decision = decide(reading, context)
            language = reading.language
            context = _after(decision, context, kinds)
            seen = _seen(decision, reading.language)
            yield Graded(
                question.id, number, turn, question.style, question.language, seen, grade(turn.expect, seen)
            )


def _seen(decision: Decision, language: str) -> Seen:
    candidates = tuple(str(candidate.record) for candidate in decision.candidates if candidate.record)
    listed = decision.intent in _LISTS
    compared = decision.records if decision.intent == "compare_zones" else ()
    return Seen(
        intent=decision.intent,
        record=decision.record if decision.verdict == "answer" else None,
        aspect=decision.aspect,
        shown=None if listed else compared,
        offered=candidates if decision.verdict == "ask" else (),
        language=language,
        confidence=decision.confidence,
    )


def _after(decision: Decision, before: Context, kinds: dict[str, str]) -> Context:
    """As the actions set the slots: a record answered is in mind, candidates asked about are offered."""
    if decision.verdict == "answer" and decision.record:
        return Context(decision.record, kinds.get(decision.record), decision.aspect)
    if decision.verdict == "ask":
        offered: Any = tuple(str(candidate.record) for candidate in decision.candidates if candidate.record)
        return Context(before.record, before.kind, before.aspect, offered)
    return before


def _keep(learned: Understanding, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    learned.save(folder)


if __name__ == "__main__":
    main()
