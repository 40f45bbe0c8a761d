"""The classifier: kernel ridge regression over meaning and letters.

Two sentences are alike by their vectors (e5) and by their letters (n-grams of folded text): the kernel is
exp(a·(cos of vectors − 1)) + w·exp(b·(cos of n-grams − 1)). It keeps every wording it learned, so five wordings are enough
to learn a question by; one Cholesky factorisation learns all labels at once. Measured against linear machines on
the same features in docs/quality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.common.embedder import Vectors
from bot.common.text import fold

Rows = NDArray[np.float32]

_BLOCK = 1024


@dataclass(frozen=True)
class Shape:
    """How fast likeness falls with meaning and letters, what letters weigh, the ridge, and the temperature."""

    meaning: float = 1.5
    letters: float = 2.0
    weight: float = 0.3
    ridge: float = 0.05
    temperature: float = 0.08


class KernelMachine:
    """`fit` once, `scores` or `probabilities` often; the same data give the same machine."""

    def __init__(self, shape: Shape = Shape()) -> None:
        self._shape = shape
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), preprocessor=fold, sublinear_tf=True, dtype=np.float32
        )
        self.labels: list[str] = []

    def fit(self, texts: Sequence[str], labels: Sequence[str], vectors: Vectors | None) -> KernelMachine:
        """Learn from sentences, their labels and vectors (a row each; None: by letters alone)."""
        names, numbers = np.unique(np.asarray(labels), return_inverse=True)
        self.labels = [str(name) for name in names]
        grams = self._letters.fit_transform(texts).tocsr()
        # By column: a question touches only the columns of its own n-grams.
        self._grams = grams.tocsc()
        self._centre = vectors.mean(axis=0) if vectors is not None else None
        self._vectors = self._unit(vectors, len(texts))
        kernel = np.empty((len(texts), len(texts)), dtype=np.float32)
        for start in range(0, len(texts), _BLOCK):
            rows = slice(start, start + _BLOCK)
            kernel[rows] = self._likeness(self._vectors[rows], (grams[rows] @ grams.T).toarray())
        kernel[np.diag_indices(len(texts))] += self._shape.ridge
        wanted = np.zeros((len(texts), len(self.labels)), dtype=np.float32)
        wanted[np.arange(len(texts)), numbers] = 1.0
        self._mean = wanted.mean(axis=0)
        factor = linalg.cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
        self._weights: Rows = linalg.cho_solve(
            factor, wanted - self._mean, overwrite_b=True, check_finite=False
        )
        return self

    def scores(self, text: str, vector: Vectors | None) -> Rows:
        """How much each of `labels` fits, about 0..1; `vector` is the sentence's own, shape (384,)."""
        row = self._letters.transform([text])
        grams = self._grams[:, row.indices] @ row.data
        kernel = self._likeness(self._unit(vector[None] if vector is not None else None, 1), grams[None])
        return np.asarray((kernel @ self._weights)[0] + self._mean, dtype=np.float32)

    def probabilities(self, text: str, vector: Vectors | None) -> dict[str, float]:
        """The same as probabilities."""
        chances = softmax(self.scores(text, vector) / self._shape.temperature)
        return {label: float(chance) for label, chance in zip(self.labels, chances)}

    def _unit(self, vectors: Vectors | None, count: int) -> Rows:
        """Vectors seen from the centre of those learned, of length one; without vectors rows of no width."""
        if vectors is None or self._centre is None:
            return np.zeros((count, 0), dtype=np.float32)
        moved = vectors - self._centre
        return np.asarray(
            moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6), dtype=np.float32
        )

    def _likeness(self, vectors: Rows, grams: Rows) -> Rows:
        """Kernel of some sentences (rows) with all learned ones (columns)."""
        kernel = np.exp(self._shape.letters * (grams - 1), dtype=np.float32)
        if not self._vectors.shape[1]:
            return kernel
        meaning = np.exp(self._shape.meaning * (vectors @ self._vectors.T - 1), dtype=np.float32)
        return np.asarray(meaning + self._shape.weight * kernel, dtype=np.float32)
