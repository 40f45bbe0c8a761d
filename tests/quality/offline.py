"""Asks the understanding alone, without Rasa, actions and gateway: seconds instead of minutes.

`.venv-rasa/bin/python -m tests.quality.offline [--topic zones] [--rows 40] [--fresh] [--model FILE]`: takes
what the present model learned (or learns it and keeps it in the data folder), prints tables and faults.
"""

from __future__ import annotations

import argparse
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.assistant.nlu import examples, records
from bot.assistant.nlu.decision import Decision, decide
from bot.assistant.nlu.understanding import Understanding
from bot.common import embedder
from bot.common.embedding_cache import Embed, EmbeddingCache
from bot.common.settings import ROOT, Settings, load
from bot.launch import model
from tests.quality import questions, tables
from tests.quality.grading import Graded, Seen, grade
from tests.quality.questions import Question

_LISTS = ("list_zones", "list_procedures", "list_incentives")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topic", help="only the questions of this file")
    parser.add_argument("--rows", type=int, default=40, help="how many rows that went wrong are printed")
    parser.add_argument("--fresh", action="store_true", help="learn anew")
    parser.add_argument("--model", type=Path, help="a model, or a folder with what was learned")
    options = parser.parse_args()
    settings = load()
    learned = of_model(options.model) if options.model else understanding(settings, options.fresh)
    asked = [question for question in questions.load() if options.topic in (None, question.topic)]
    begun = time.perf_counter()
    # Kept between runs, so that a second one is quick; the questions are our own.
    embed = EmbeddingCache(settings.data_dir / "quality", embedder.shared().embed)
    graded = list(ask(learned, asked, embed))
    milliseconds = 1000 * (time.perf_counter() - begun) / max(1, len(graded))
    print(tables.by_style(graded))
    print(tables.by_topic(graded), tables.calibration(graded), tables.confusions(graded), sep="\n\n")
    print(tables.worst(graded, options.rows))
    print(f"{len(graded)} turns, {milliseconds:.0f} ms each")


def understanding(settings: Settings, fresh: bool = False) -> Understanding:
    """What was learned from the present training data: by the trained model, kept here, or learned now."""
    folder = settings.data_dir / "quality" / model.checksum()[:16]
    if fresh or not (model.present().exists() or folder.is_dir()):
        cache = EmbeddingCache(settings.data_dir / "cache", embedder.Embedder(2).embed)
        wordings = examples.from_files(ROOT / "data" / "nlu")
        learned = Understanding.fit(wordings, records.from_files(ROOT / "data" / "registry"), cache)
        learned.save(folder)
        return learned
    return Understanding.load(folder) if folder.is_dir() else of_model(model.present())


def of_model(archive: Path) -> Understanding:
    """What a trained model, or a folder that was saved to, holds."""
    if archive.is_dir():
        return Understanding.load(archive)
    with tarfile.open(archive) as content, tempfile.TemporaryDirectory() as folder:
        inside = next(name for name in content.getnames() if name.endswith("understanding.joblib"))
        content.extract(inside, folder)
        return Understanding.load((Path(folder) / inside).parent)


def ask(learned: Understanding, asked: list[Question], embed: Embed | None = None) -> Iterator[Graded]:
    """Every turn graded; the conversation is carried on as the slots would carry it."""
    embed = embed or embedder.shared().embed
    index = learned.index(embed)
    for question in asked:
        context, language = index.context(None, None), None
        for number, turn in enumerate(question.turns, 1):
            reading = learned.read(learned.prepare(turn.text, index, language), index, embed, context.record)
            decision = decide(reading, context)
            language = reading.language
            if decision.verdict == "answer" and decision.record:
                context = index.context(decision.record, decision.aspect)
            seen = _seen(decision, reading.language)
            yield Graded(question, number, turn, seen, grade(turn.expect, seen))


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


if __name__ == "__main__":
    main()
