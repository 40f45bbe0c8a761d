"""Sentences as numbers: letters, words and meaning side by side.

Blocks, each row of unit length before its weight: n-grams of letters and words of folded text (what survives
without diacritics), n-grams of letters as written (what diacritics tell), and the sentence's vector, centred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from bot.common.embedder import Vectors
from bot.common.text import fold

_WORD = r"(?u)\w+"


@dataclass(frozen=True)
class Weights:
    """How much each block counts; 0 leaves it out."""

    letters: float = 1.0
    words: float = 0.7
    written: float = 0.5
    meaning: float = 1.5


class Features:
    """Learns the n-grams of the training sentences and the centre of their vectors."""

    def __init__(self, weights: Weights = Weights()) -> None:
        self.weights = weights
        self._ngrams = [
            (weight, vectorizer)
            for weight, vectorizer in (
                (weights.letters, _letters((2, 5), folded=True)),
                (weights.words, _words()),
                (weights.written, _letters((2, 4), folded=False)),
            )
            if weight
        ]
        self._centre = np.zeros(0, dtype=np.float32)

    def fit(self, texts: Sequence[str], vectors: Vectors | None) -> sparse.csr_matrix:
        """Learn from sentences and their vectors (None: without meaning); returns `transform` of them."""
        for _, vectorizer in self._ngrams:
            vectorizer.fit(texts)
        if vectors is not None and self.weights.meaning:
            self._centre = vectors.mean(axis=0)
        return self.transform(texts, vectors)

    def transform(self, texts: Sequence[str], vectors: Vectors | None) -> sparse.csr_matrix:
        """One row a sentence, float32; every call must pass vectors when `fit` had them."""
        blocks = [weight * vectorizer.transform(texts) for weight, vectorizer in self._ngrams]
        if len(self._centre):
            if vectors is None:
                raise ValueError("These features were learned with vectors and need them.")
            blocks.append(sparse.csr_matrix(self.weights.meaning * normalize(vectors - self._centre)))
        return sparse.hstack(blocks, format="csr", dtype=np.float32)


def _letters(sizes: tuple[int, int], folded: bool) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char",
        ngram_range=sizes,
        preprocessor=fold if folded else str.lower,
        sublinear_tf=True,
        dtype=np.float32,
    )


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(
        token_pattern=_WORD, ngram_range=(1, 2), preprocessor=fold, sublinear_tf=True, dtype=np.float32
    )
