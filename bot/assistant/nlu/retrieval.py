"""Likeness of a question to known texts, by meaning (e5) and by letters (n-grams) together.

Serves the records' own texts, which change while the product runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer

from bot.common.embedder import DIMENSION, Vectors
from bot.common.text import fold

_LETTERS = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=(3, 5),
    n_features=2**18,
    alternate_sign=False,
    norm=None,
    dtype=np.float32,
)


@dataclass(frozen=True)
class Likeness:
    """For every key of a library the best likeness of one of its texts: by meaning and by letters, 0..1."""

    meaning: NDArray[np.float32]
    letters: NDArray[np.float32]


class Library:
    """Texts under keys (record ids or labels); several texts may share a key."""

    def __init__(self, keys: Sequence[str], texts: Sequence[str], vectors: Vectors | Sequence[Any]) -> None:
        self.keys = sorted(set(keys))
        place = {key: at for at, key in enumerate(self.keys)}
        order = np.argsort([place[key] for key in keys], kind="stable")
        owners = np.array([place[key] for key in keys], dtype=np.int64)[order]
        # Texts of one key stand together, so that the best of each is one reduction.
        self._starts = np.searchsorted(owners, np.arange(len(self.keys)))
        self._vectors = np.asarray(vectors, dtype=np.float32).reshape(len(order), DIMENSION)[order]
        counts = _counts([texts[at] for at in order])
        self._weights = _rarity(counts)
        # By column: a question touches only the columns of its own n-grams.
        self._letters = _unit(counts, self._weights).tocsc()

    def likeness(self, text: str, vector: NDArray[np.float32]) -> Likeness:
        """Likeness of `text`, whose vector is given, to each of `keys` in their order."""
        if not self.keys:
            return Likeness(np.zeros(0, np.float32), np.zeros(0, np.float32))
        meaning = self._vectors @ vector
        row = _unit(_counts([text]), self._weights)
        letters = self._letters[:, row.indices] @ row.data
        return Likeness(
            np.maximum.reduceat(meaning, self._starts),
            np.maximum.reduceat(letters, self._starts).astype(np.float32),
        )


def _counts(texts: Sequence[str]) -> csr_matrix:
    """How often each n-gram stands in each text, a row a text."""
    if not texts:
        return csr_matrix((0, _LETTERS.n_features), dtype=np.float32)
    return csr_matrix(_LETTERS.transform([fold(text) for text in texts]), dtype=np.float32)


def _rarity(counts: csr_matrix) -> NDArray[np.float32]:
    """Inverse document frequency of each n-gram."""
    documents = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + documents)) + 1, dtype=np.float32)


def _unit(counts: csr_matrix, weights: NDArray[np.float32]) -> csr_matrix:
    """Weighted rows of length one; damping counts would not pay for texts this short."""
    rows = csr_matrix(counts, dtype=np.float32, copy=True)
    rows.data *= weights[rows.indices]
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(rows.indptr)).astype(np.float32)
    return rows
