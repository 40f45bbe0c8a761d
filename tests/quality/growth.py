"""What a message costs: with the registry as it is, with 150 and with 10,000 questions and answers.

`make growth`: entries beyond ours are made up of the words of ours, with vectors around those of ours.
Each message is read with all in turn, so that other load falls on all alike; ends with 1 above a bound.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Sequence

import numpy as np

from bot.assistant.nlu.decision import decide
from bot.assistant.nlu.live import Index
from bot.assistant.nlu.records import Record, Text
from bot.assistant.nlu.understanding import Understanding
from bot.assistant.trial import questions
from bot.common import embedder
from bot.common.names import FAQ
from bot.common.settings import load
from tests.quality.offline import understanding

FEW, MANY = 150, 10_000
BOUND = 1.5
# Milliseconds that a message may take with the registry as it is (median).
PRESENT_BOUND = 40.0
_ASKED = 120
_WORDS = 9
_SPREAD = 0.03
_SEED = 0


def main() -> int:
    """See the module."""
    learned = understanding(load())
    embed = embedder.shared().embed
    asked = questions.load()
    texts = [question.turns[0].text for question in asked[:: len(asked) // _ASKED]]
    indexes = [
        learned.index(embed),
        *(
            Index.of(with_questions(learned.records, count), embed, learned.vocabulary)
            for count in (FEW, MANY)
        ),
    ]
    times = [[_milliseconds(learned, index, text) for index in indexes] for text in texts]
    present, few, many = (statistics.median(each) for each in zip(*times, strict=True))
    print(f"the registry as it is: {present:.1f} ms a message (bound {PRESENT_BOUND:.0f})")
    print(f"{FEW} questions and answers: {few:.1f} ms, {MANY}: {many:.1f} ms; bound {BOUND} times")
    return 1 if many / few > BOUND or present > PRESENT_BOUND else 0


def with_questions(known: Sequence[Record], count: int) -> list[Record]:
    """The records with `count` questions and answers: of ours so many, the others made up."""
    others = [record for record in known if record.kind != FAQ]
    ours = [record for record in known if record.kind == FAQ][:count]
    return [*others, *ours, *_made_up(ours, count - len(ours))]


def _made_up(like: Sequence[Record], count: int) -> list[Record]:
    choose, noise = random.Random(_SEED), np.random.default_rng(_SEED)
    words = {
        language: [word for record in like for word in record.name[language].split()]
        for language in ("vi", "en")
    }
    records = []
    for number in range(count):
        model = choose.choice(like)
        texts = []
        for text in model.texts:
            vector = np.asarray(text.vector, dtype=np.float32)
            vector = vector + noise.normal(0, _SPREAD, vector.shape).astype(np.float32)
            wording = " ".join(choose.choices(words[text.language], k=_WORDS))
            texts.append(Text(wording, text.language, text.role, vector / np.linalg.norm(vector)))
        name = {text.language: text.text for text in texts}
        records.append(Record(f"faq-made-up-{number}", FAQ, name, texts=tuple(texts)))
    return records


def _milliseconds(learned: Understanding, index: Index, text: str) -> float:
    begun = time.perf_counter()
    prepared = learned.prepare(text, index)
    reading = learned.read(prepared, index, embedder.shared().embed)
    decide(reading, index.context(None, None))
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(main())
