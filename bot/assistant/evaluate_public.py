"""`make eval-public DIR=folder`: the understanding without gazetteers on somebody's public set.

The folder holds `train.tsv` and `test.tsv`, lines `intent<TAB>text`; optionally `test_oos.tsv` (label `oos`)
and `dev.tsv`, on which the out-of-scope threshold is chosen; without it, training sentences left out choose.
Lines of `train.tsv` with the label `oos` are learned as strangers. Tests are never learned from or chosen by.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.assistant.nlu.classifier import Classifier, Prediction
from bot.assistant.nlu.normaliser import normalise
from bot.assistant.nlu.restorer import Restorer
from bot.common import embedder
from bot.common.embedding_cache import EmbeddingCache
from bot.common.settings import load
from bot.common.text import clean, strip_marks

STRANGER = "oos"
# Of the sentences in scope, how many may be refused or misread more than without a threshold.
LOSS = 0.01
_TIMED = 200


@dataclass(frozen=True)
class Sentences:
    """Texts and their labels, one each."""

    texts: list[str]
    labels: list[str]

    def take(self, places: Sequence[int]) -> Sentences:
        """Some of them."""
        return Sentences([self.texts[at] for at in places], [self.labels[at] for at in places])


@dataclass(frozen=True)
class Figures:
    """What one training achieved; shares 0..1, None where the set has no such sentences."""

    accuracy: float
    stripped: float
    threshold: float
    in_scope: float
    recall: float | None
    examples: int
    training_seconds: float
    milliseconds: float


class Pipeline:
    """Normaliser, diacritics, features, classifier: the assistant's, without gazetteers."""

    def __init__(self, embed: EmbeddingCache) -> None:
        self._embed = embed
        self._restorer = Restorer()
        self._marked = False
        self.classifier = Classifier(stranger=STRANGER)

    def fit(self, train: Sentences) -> float:
        """Learn from a training set; returns the processor seconds it took besides embedding."""
        begun = time.process_time()
        self._restorer = Restorer().fit(train.texts)
        self._marked = any(strip_marks(text) != text for text in train.texts)
        texts = [self.prepared(text) for text in train.texts]
        reading = time.process_time() - begun
        vectors = self._embed(texts)
        begun = time.process_time()
        self.classifier.fit(texts, train.labels, vectors)
        return reading + time.process_time() - begun

    def prepared(self, text: str) -> str:
        """The text in one writing, with diacritics where the training set has them.

        Spelling of English is left as it is: putting it right makes strangers look known.
        """
        text = normalise(clean(text), self._restorer.words if self._marked else ())
        return self._restorer.restore(text) if self._marked and strip_marks(text) == text else text

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """One prediction a text."""
        prepared = [self.prepared(text) for text in texts]
        return self.classifier.predict(prepared, self._embed(prepared))

    def milliseconds(self, texts: Sequence[str]) -> float:
        """Median of one prediction, without embedding; processor time."""
        spent = []
        for text in texts[:_TIMED]:
            vector = self._embed([self.prepared(text)])
            begun = time.process_time()
            self.classifier.predict([self.prepared(text)], vector)
            spent.append(time.process_time() - begun)
        return float(np.median(spent)) * 1000


def read(path: Path) -> Sentences:
    """A file of lines `intent<TAB>text`; an empty set when there is no such file."""
    if not path.exists():
        return Sentences([], [])
    rows = [line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return Sentences([text for _, text in rows], [label for label, _ in rows])


def few(train: Sentences, shots: int, seed: int) -> Sentences:
    """`shots` sentences of each label, drawn by `seed`."""
    labels = np.asarray(train.labels)
    draw = np.random.RandomState(seed)
    places = [
        at for label in np.unique(labels) for at in draw.permutation(np.flatnonzero(labels == label))[:shots]
    ]
    return train.take(places)


def threshold(labels: Sequence[str], best: Sequence[str], outside: Sequence[float]) -> float:
    """The lowest `outside` at which refusing costs sentences in scope no more than LOSS of accuracy."""
    known = np.asarray(labels) != STRANGER
    right = np.sort(np.asarray(outside)[known & (np.asarray(labels) == np.asarray(best))])
    allowed = int(LOSS * known.sum())
    return float(right[-1 - allowed]) if len(right) > allowed else 1.0


def measured(train: Sentences, folder: Path, embed: EmbeddingCache) -> Figures:
    """Train and try on the folder's tests."""
    dev, test, strangers = (read(folder / f"{name}.tsv") for name in ("dev", "test", "test_oos"))
    pipeline = Pipeline(embed)
    seconds = pipeline.fit(train)
    if STRANGER in dev.labels:
        predicted = pipeline.predict(dev.texts)
        limit = threshold(dev.labels, [_best(one) for one in predicted], [one.outside for one in predicted])
    else:
        trial = pipeline.classifier.trial
        limit = threshold(trial.labels, trial.best, trial.outside.tolist())
    found = pipeline.predict(test.texts)
    bare = pipeline.predict([strip_marks(text) for text in test.texts])
    refused = [one.outside > limit for one in pipeline.predict(strangers.texts)]
    kept = [
        _best(one) == label and one.outside <= limit for one, label in zip(found, test.labels, strict=True)
    ]
    return Figures(
        _share([_best(one) == label for one, label in zip(found, test.labels, strict=True)]),
        _share([_best(one) == label for one, label in zip(bare, test.labels, strict=True)]),
        limit,
        _share(kept),
        _share(refused) if refused else None,
        len(train.texts),
        seconds,
        pipeline.milliseconds(test.texts),
    )


def _best(prediction: Prediction) -> str:
    """The likeliest label that is not the strangers'."""
    return next(label for label, _ in prediction.ranking if label != STRANGER)


def _share(hits: Sequence[bool]) -> float:
    return float(np.mean(hits))


def _line(title: str, value: str) -> None:
    print(f"  {title:<44} {value}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "folder", type=Path, help="holds train.tsv, test.tsv, optionally dev.tsv, test_oos.tsv"
    )
    parser.add_argument(
        "--shots", type=int, default=0, help="sentences a label (0: all), mean of three draws"
    )
    arguments = parser.parse_args()
    train = read(arguments.folder / "train.tsv")
    if not train.texts:
        parser.error(f"{arguments.folder / 'train.tsv'} is missing or empty")
    embed = EmbeddingCache(load().data_dir / "cache", embedder.shared().embed)
    drawn = [few(train, arguments.shots, seed) for seed in range(3)] if arguments.shots else [train]
    runs = [measured(part, arguments.folder, embed) for part in drawn]

    def mean(name: str) -> float:
        return float(np.mean([getattr(run, name) for run in runs]))

    labels = len(set(train.labels))
    print(f"{arguments.folder.name}: {runs[0].examples} examples, {labels} labels, {len(runs)} run(s)")
    _line("accuracy", f"{mean('accuracy'):.2%}")
    _line("accuracy, test stripped of diacritics", f"{mean('stripped'):.2%}")
    _line("threshold of the out-of-scope score", f"{mean('threshold'):.3f}")
    _line("in-scope accuracy at that threshold", f"{mean('in_scope'):.2%}")
    if runs[0].recall is not None:
        _line("out-of-scope recall at that threshold", f"{mean('recall'):.2%}")
    _line("training besides embedding (processor s)", f"{mean('training_seconds'):.1f}")
    _line("a prediction besides embedding (processor ms)", f"{mean('milliseconds'):.1f}")


if __name__ == "__main__":
    main()
