"""One variant in a process of its own; the last line it prints is JSON.

`one learn NAME FOLDER`, then `one ask NAME FOLDER`; `one ask default MODEL` asks Rasa's default pipeline. Run
by `tests.quality.ablation`.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.assistant.nlu import examples, learning, records
from bot.assistant.nlu.live import Embed
from bot.assistant.nlu.understanding import Understanding
from bot.assistant.trial import asking, questions
from bot.common import embedder
from bot.common.embedder import Vectors
from bot.common.embedding_cache import EmbeddingCache
from bot.common.settings import ROOT, load
from tests.quality.ablation import default_pipeline
from tests.quality.ablation.outcome import TIMED, outcome
from tests.quality.ablation.variants import VARIANTS, Variant, nothing


def main(step: str, name: str, folder: Path) -> None:
    """See the module."""
    if name == "default":
        content = default_pipeline.ask(folder)
    else:
        variant = VARIANTS[name]
        with variant.changed():
            content = learn(variant, folder) if step == "learn" else ask(variant, folder)
    print(json.dumps(content))


def learn(variant: Variant, folder: Path) -> dict[str, float]:
    """Seconds of training with every vector in the cache, and in a fresh checkout."""
    kept = (
        EmbeddingCache(load().data_dir / "cache", embedder.Embedder(2).embed) if variant.meaning else nothing
    )
    wordings = examples.from_files(ROOT / "data" / "nlu")
    known = records.from_files(ROOT / "data" / "registry")
    asked: list[str] = []
    kept([text for record in known for text in (one.text for one in record.texts)])
    spent = 0.0

    def embed(texts: Sequence[str]) -> Vectors:
        nonlocal spent
        asked.extend(texts)
        begun = time.perf_counter()
        vectors = kept(texts)
        spent += time.perf_counter() - begun
        return vectors

    begun = time.perf_counter()
    learned = learning.learn(wordings, known, embed, variant.options)
    warm = time.perf_counter() - begun
    learned.save(folder)
    return {"warm": warm, "cold": warm - spent + _cold(asked) if variant.meaning else warm}


def _cold(texts: Sequence[str]) -> float:
    """Seconds to have all vectors where none is in the cache yet, only those that come with the checkout."""
    with tempfile.TemporaryDirectory() as empty:
        begun = time.perf_counter()
        EmbeddingCache(Path(empty), embedder.Embedder(2).embed)(texts)
        return time.perf_counter() - begun


def ask(variant: Variant, folder: Path) -> dict[str, float]:
    """What came of all questions; seconds to load, milliseconds a message, megabytes of this process."""
    live: Embed = embedder.shared().embed if variant.meaning else nothing
    begun = time.perf_counter()
    learned = Understanding.load(folder)
    index = learned.index(live)
    first = learned.prepare("Xin chào", index)
    learned.read(first, index, live)
    loaded = time.perf_counter() - begun
    asked = questions.load()
    each = []
    for question in asked[:: max(1, len(asked) // TIMED)]:
        begun = time.perf_counter()
        learned.read(learned.prepare(question.turns[0].text, index), index, live)
        each.append(1000 * (time.perf_counter() - begun))
    kept = EmbeddingCache(load().data_dir / "quality", live) if variant.meaning else nothing
    graded = list(asking.ask(learned, asked, kept))
    return outcome(graded, asked, loaded, each)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
