"""A classifier for each language, that knows the other language in outline.

The time of learning grows with the cube of the sentences, that of an answer with their number, and a question
is in one language. So each machine learns every sentence of its own language, and of the other's only the
middle of each group of like sentences: what is known of a record in one language helps the other, and words
of the other are no strangers. A message that mixes both is judged by both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, ward

from bot.assistant.nlu.classifier import Classifier, Numbers, copies, one_of_each
from bot.assistant.nlu.features import Features, Rows
from bot.assistant.nlu.language import LANGUAGES
from bot.common.embedder import Vectors

# Of so many sentences of the other language that share a label one is made, and two at the least.
OUTLINE = 10
_LEAST = 2


class Bilingual:
    """`fit` or `learn` once, `chances` often; the same data give the same machines."""

    def __init__(self, features: Features | None = None, outline: int = OUTLINE) -> None:
        """`features`: those of rows that are given to `learn`, learned elsewhere.

        Of `outline` sentences of the other language one is made.
        """
        self._features = features or Features()
        self._outline = outline
        self._machines: dict[str, Classifier] = {}
        self.labels: list[str] = []

    def fit(
        self,
        texts: Sequence[str],
        labels: Sequence[str],
        languages: Sequence[str],
        vectors: Vectors | None = None,
    ) -> Bilingual:
        """Learn from sentences, their labels, languages and vectors (one row each)."""
        return self.learn(self._features.fit(texts, vectors), labels, languages, vectors)

    def learn(
        self, rows: Rows, labels: Sequence[str], languages: Sequence[str], vectors: Vectors | None = None
    ) -> Bilingual:
        """Learn from rows of the features and what `fit` takes beside the sentences."""
        self.labels = sorted(set(labels))
        for language in LANGUAGES:
            own = np.asarray(languages) == language
            groups = _grouped(labels, vectors, own, self._outline)
            machine = Classifier(features=self._features)
            tried = np.zeros(groups.max() + 1, dtype=np.bool_)
            tried[groups[own]] = True
            self._machines[language] = machine.learn(
                rows.merged(groups), one_of_each(labels, groups), tried=tried
            )
        return self

    def chances(
        self, texts: Sequence[str], vectors: Vectors | None, languages: Sequence[Sequence[str]]
    ) -> list[dict[str, float]]:
        """The probability of each label, for each sentence in its languages; `vectors`: one row each."""
        rows = self._features.transform(texts, vectors)
        found = [dict.fromkeys(self.labels, 0.0) for _ in texts]
        for language, machine in self._machines.items():
            places = np.array([at for at, own in enumerate(languages) if language in own], dtype=np.int64)
            judged = machine.judged(rows.take(places)) if len(places) else []
            for at, one in zip(places, judged, strict=True):
                for label, chance in one.ranking:
                    found[at][label] += chance / len(languages[at])
        return found


def _grouped(
    labels: Sequence[str], vectors: Vectors | None, own: NDArray[np.bool_], outline: int = OUTLINE
) -> Numbers:
    """The group of each sentence: its copies in its own language, a part of its label in the other."""
    names = np.asarray(labels)
    groups = np.zeros(len(names), dtype=np.int64)
    mine, others = np.flatnonzero(own), np.flatnonzero(~own)
    groups[mine] = np.arange(len(mine)) if vectors is None else copies(names[mine].tolist(), vectors[mine])
    begun = groups[mine].max() + 1 if len(mine) else 0
    for label in np.unique(names[others]):
        places = others[names[others] == label]
        parts = _parts(len(places), None if vectors is None else vectors[places], outline)
        groups[places] = begun + parts
        begun += parts.max() + 1
    return groups


def _parts(count: int, vectors: Vectors | None, outline: int = OUTLINE) -> Numbers:
    """Like sentences together, by meaning; neighbours where there is none."""
    wanted = max(_LEAST, -(-count // outline))
    if wanted >= count:
        return np.arange(count)
    if vectors is None:
        return np.arange(count) * wanted // count
    found = fcluster(ward(vectors), wanted, criterion="maxclust")
    return np.asarray(np.unique(found, return_inverse=True)[1], dtype=np.int64)
