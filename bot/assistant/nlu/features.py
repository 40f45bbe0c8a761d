"""Sentences as numbers, and how alike two sentences are: by letters, by words and by meaning.

Letters and words are those of folded text, so they survive missing diacritics; meaning is the sentence's
vector. Likeness is a kernel: exp(width * (cosine of meaning - 1)) + letters * cosine + words * cosine. The
exponent makes near sentences count more than distant ones, so that a linear machine on it bends with meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits  # type: ignore[import-not-found]

from bot.common.embedder import Vectors
from bot.common.text import fold

Matrix = NDArray[np.float32]

_WORD = r"(?u)\w+"
# Rows whose likeness is worked out at once: bounds the memory of a large training.
_CHUNK = 512
# An n-gram in more than this share of the rows is frequent.
_FREQUENT = 0.04


@dataclass(frozen=True)
class Weights:
    """How much each kind of likeness counts; 0 leaves it out. Chosen on held-out parts of public sets."""

    letters: float = 0.15
    words: float = 0.15
    meaning: float = 1.0
    width: float = 1.0


DEFAULT = Weights()


@dataclass(frozen=True)
class Rows:
    """Sentences as numbers: weighted n-grams (rows, n-grams); centred unit vectors (rows, 384) or None."""

    ngrams: sparse.csr_matrix | sparse.csc_matrix
    meaning: Vectors | None

    def __len__(self) -> int:
        return int(self.ngrams.shape[0])

    @cached_property
    def columns(self) -> sparse.csr_matrix:
        """The n-grams the other way round: what a new sentence is multiplied with.

        Of n-grams that lie column by column it is the same memory.
        """
        return self.ngrams.T.tocsr()

    def take(self, places: NDArray[np.int64]) -> Rows:
        """Some of the rows."""
        return Rows(self.ngrams[places], None if self.meaning is None else self.meaning[places])

    def merged(self, groups: NDArray[np.int64]) -> Rows:
        """A row for each number in `groups` (0, 1, 2 …): the mean of its n-grams and of its vectors."""
        sizes = np.bincount(groups).astype(np.float32)
        places = (groups, np.arange(len(groups)))
        mean = sparse.csr_matrix((1 / sizes[groups], places), shape=(len(sizes), len(groups)))
        ngrams = (mean @ self.ngrams).tocsr().astype(np.float32)
        return Rows(ngrams, None if self.meaning is None else normalize(mean @ self.meaning))


class Features:
    """Learns the n-grams of the training sentences and the centre of their vectors."""

    def __init__(self, weights: Weights = DEFAULT) -> None:
        self.weights = weights
        self._letters = TfidfVectorizer(
            analyzer="char", ngram_range=(2, 5), preprocessor=fold, sublinear_tf=True, dtype=np.float32
        )
        self._words = TfidfVectorizer(
            token_pattern=_WORD, ngram_range=(1, 2), preprocessor=fold, sublinear_tf=True, dtype=np.float32
        )
        self._centre: Vectors | None = None

    def fit(self, texts: Sequence[str], vectors: Vectors | None) -> Rows:
        """Learn from sentences and their vectors (None: without meaning); returns `transform` of them."""
        letters, words = self._letters.fit_transform(texts), self._words.fit_transform(texts)
        if vectors is not None and self.weights.meaning:
            self._centre = vectors.mean(axis=0)
        return self._rows(letters, words, vectors)

    def transform(self, texts: Sequence[str], vectors: Vectors | None) -> Rows:
        """One row a sentence; vectors are needed in every call when `fit` had them."""
        return self._rows(self._letters.transform(texts), self._words.transform(texts), vectors)

    def _rows(self, letters: sparse.csr_matrix, words: sparse.csr_matrix, vectors: Vectors | None) -> Rows:
        weighted = [np.sqrt(self.weights.letters) * letters, np.sqrt(self.weights.words) * words]
        ngrams = sparse.hstack(weighted, format="csr", dtype=np.float32)
        if self._centre is None:
            return Rows(ngrams, None)
        if vectors is None:
            raise ValueError("These features were learned with vectors and need them.")
        return Rows(ngrams, normalize(vectors - self._centre))

    def likeness(self, one: Rows, other: Rows) -> Matrix:
        """The kernel, shape (len(one), len(other))."""
        result = np.empty((len(one), len(other)), dtype=np.float32)
        for start in range(0, len(one), _CHUNK):
            some = one.take(np.arange(start, min(start + _CHUNK, len(one))))
            near = (some.ngrams @ other.columns).toarray()
            if some.meaning is not None and other.meaning is not None:
                near += self._meaning(some.meaning, other.meaning)
            result[start : start + _CHUNK] = near
        return result

    def likeness_below(self, rows: Rows, threads: int = 1) -> Matrix:
        """The kernel of rows with themselves, positive definite: what is on and below the diagonal."""
        result = np.empty((len(rows), len(rows)), dtype=np.float32)
        frequent, rare = _parted(rows.ngrams)

        def work(start: int) -> None:
            stop = min(start + _CHUNK, len(rows))
            near = (rare[start:stop] @ rare[:stop].T).toarray()
            near += frequent[start:stop] @ frequent[:stop].T
            if rows.meaning is not None:
                near += self._meaning(rows.meaning[start:stop], rows.meaning[:stop])
            result[start:stop, :stop] = near

        # Each thread works on a part of its own: only then are the sparse products shared out too.
        with threadpool_limits(1), ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, reversed(range(0, len(rows), _CHUNK))))
        return result

    def _meaning(self, one: Vectors, other: Vectors) -> Matrix:
        near = one @ other.T
        near -= 1.0
        near *= self.weights.width
        result: Matrix = self.weights.meaning * np.exp(near, out=near)
        return result


def _parted(ngrams: sparse.csr_matrix) -> tuple[Matrix, sparse.csr_matrix]:
    """The columns of n-grams that many rows have, as a full matrix, and the others.

    A sparse product takes a step for every two rows that share an n-gram: for "th" that is every second row
    with every other, and 43 s instead of 17 for 30,000 rows.
    """
    frequent = ngrams.getnnz(axis=0) > _FREQUENT * ngrams.shape[0]
    return np.ascontiguousarray(ngrams[:, frequent].toarray()), ngrams[:, ~frequent].tocsr()
