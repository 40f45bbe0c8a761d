"""Sentences as numbers: their letters and words in few columns, and the vector of their meaning.

Letters and words are those of folded text, so they survive missing diacritics. Hundreds of thousands of
n-grams are weighed by how rare they are; each is then added to or taken from one of a few thousand columns,
by a hash of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.preprocessing import normalize

from bot.assistant.nlu.ngrams import counted
from bot.common.embedder import Vectors

Matrix = NDArray[np.float32]

# More of them part the n-grams better and take longer to learn: 8,192 gained nothing.
COLUMNS = 4096
# What is both a word and letters ("irc") does not fall into the same column.
_OTHER_COLUMNS = 0b1010_0101_1010


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
    """Learns how rare the n-grams of the training sentences are, and the centre of their vectors."""

    def __init__(self) -> None:
        self._rarity: tuple[Matrix, Matrix]
        self._centre: Vectors | None = None

    def fit(self, texts: Sequence[str], vectors: Vectors | None) -> Rows:
        """Learn from sentences and their vectors (None: without meaning); returns `transform` of them."""
        letters, words = counted(texts)
        self._rarity = _rarity(letters), _rarity(words)
        if vectors is not None:
            self._centre = vectors.mean(axis=0)
        return self._rows(letters, words, vectors)

    def transform(self, texts: Sequence[str], vectors: Vectors | None) -> Rows:
        """One row a sentence; vectors are needed in every call when `fit` had them."""
        return self._rows(*counted(texts), vectors)

    def _rows(self, letters: sparse.csr_matrix, words: sparse.csr_matrix, vectors: Vectors | None) -> Rows:
        of_letters, of_words = self._rarity
        columns = _in_columns(_weighed(letters, of_letters)) + _in_columns(
            _weighed(words, of_words), _OTHER_COLUMNS
        )
        shared = normalize(columns)
        if self._centre is None:
            return Rows(shared, None)
        if vectors is None:
            raise ValueError("These features were learned with vectors and need them.")
        return Rows(shared, normalize(vectors - self._centre))


def _rarity(counts: sparse.csr_matrix) -> Matrix:
    """Of each n-gram the inverse document frequency; 0 of those that no sentence has.

    Not the library's transformer: it takes those for the rarest of all, and keeps a matrix of a million rows.
    """
    sentences = np.bincount(counts.indices, minlength=counts.shape[1])
    inverse = np.log((1 + counts.shape[0]) / (1 + sentences)) + 1
    return np.where(sentences > 0, inverse, 0).astype(np.float32)


def _weighed(counts: sparse.csr_matrix, rarity: Matrix) -> sparse.csr_matrix:
    values = (1 + np.log(counts.data)) * rarity[counts.indices]
    return normalize(sparse.csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape))


def _in_columns(weighted: sparse.csr_matrix, other: int = 0) -> sparse.csr_matrix:
    """N-grams added to or taken from their columns, shape (rows, COLUMNS)."""
    signs = np.where(weighted.indices & COLUMNS, np.float32(-1), np.float32(1))
    places = (weighted.indices ^ other) % COLUMNS
    shape = (weighted.shape[0], COLUMNS)
    columns = sparse.csr_matrix((weighted.data * signs, places, weighted.indptr), shape=shape)
    columns.sum_duplicates()
    return columns
