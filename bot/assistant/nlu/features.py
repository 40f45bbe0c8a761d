"""Sentences as numbers: their letters and words in few columns, and the vector of their meaning.

Letters and words are those of folded text, so they survive missing diacritics. There are hundreds of
thousands of n-grams; each is added to or taken from one of a few thousand columns, by a chance that is always
the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from bot.common.embedder import Vectors
from bot.common.text import fold

Matrix = NDArray[np.float32]

# More of them part the n-grams better and take longer to learn: 8,192 gained nothing.
COLUMNS = 4096
_WORD = r"(?u)\w+"
_SEED = 0


@dataclass(frozen=True)
class Rows:
    """Sentences as numbers: n-grams (rows, COLUMNS) and centred meaning (rows, 384) or None; unit rows."""

    ngrams: sparse.csr_matrix
    meaning: Vectors | None

    def __len__(self) -> int:
        return int(self.ngrams.shape[0])

    def take(self, places: NDArray[np.int64]) -> Rows:
        """Some of the rows."""
        return Rows(self.ngrams[places], None if self.meaning is None else self.meaning[places])


class Features:
    """Learns the n-grams of the training sentences and the centre of their vectors."""

    def __init__(self) -> None:
        self._letters = TfidfVectorizer(
            analyzer="char", ngram_range=(2, 5), preprocessor=fold, sublinear_tf=True, dtype=np.float32
        )
        self._words = TfidfVectorizer(
            token_pattern=_WORD, ngram_range=(1, 2), preprocessor=fold, sublinear_tf=True, dtype=np.float32
        )
        self._columns: sparse.csr_matrix
        self._centre: Vectors | None = None

    def fit(self, texts: Sequence[str], vectors: Vectors | None) -> Rows:
        """Learn from sentences and their vectors (None: without meaning); returns `transform` of them."""
        letters, words = self._letters.fit_transform(texts), self._words.fit_transform(texts)
        self._columns = _columns(letters.shape[1] + words.shape[1])
        if vectors is not None:
            self._centre = vectors.mean(axis=0)
        return self._rows(letters, words, vectors)

    def transform(self, texts: Sequence[str], vectors: Vectors | None) -> Rows:
        """One row a sentence; vectors are needed in every call when `fit` had them."""
        return self._rows(self._letters.transform(texts), self._words.transform(texts), vectors)

    def _rows(self, letters: sparse.csr_matrix, words: sparse.csr_matrix, vectors: Vectors | None) -> Rows:
        ngrams = sparse.hstack([letters, words], format="csr", dtype=np.float32)
        shared = normalize(ngrams @ self._columns)
        if self._centre is None:
            return Rows(shared, None)
        if vectors is None:
            raise ValueError("These features were learned with vectors and need them.")
        return Rows(shared, normalize(vectors - self._centre))


def _columns(ngrams: int) -> sparse.csr_matrix:
    """The column of each n-gram, and whether it is added to it or taken from it; shape (ngrams, COLUMNS)."""
    chance = np.random.default_rng(_SEED)
    signs = chance.choice(np.array((-1, 1), dtype=np.float32), ngrams)
    places = (np.arange(ngrams), chance.integers(0, COLUMNS, ngrams))
    return sparse.csr_matrix((signs, places), shape=(ngrams, COLUMNS))
