"""Asks the understanding alone, without Rasa, actions and gateway: seconds instead of minutes.

`.venv-rasa/bin/python -m tests.quality.offline [--topic zones] [--rows 40] [--fresh] [--model FILE]`: takes
what the present model learned (or learns it and keeps it in the data folder), prints tables and faults.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from bot.assistant.nlu import examples, records
from bot.assistant.nlu.learning import learn
from bot.assistant.nlu.understanding import Understanding
from bot.assistant.trial import questions
from bot.assistant.trial.asking import ask, of_model
from bot.common import embedder
from bot.common.embedding_cache import EmbeddingCache
from bot.common.settings import ROOT, Settings, load
from bot.launch import model
from tests.quality import tables


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
    embed = EmbeddingCache(settings.data_dir / "cache", embedder.shared().embed)
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
        learned = learn(wordings, records.from_files(ROOT / "data" / "registry"), cache)
        learned.save(folder)
        return learned
    return Understanding.load(folder) if folder.is_dir() else of_model(model.present())


if __name__ == "__main__":
    main()
