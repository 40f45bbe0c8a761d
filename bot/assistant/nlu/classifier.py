"""The intent classifier: a linear machine over letters, words and meaning, with calibrated probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.assistant.nlu.features import Features, Weights
from bot.common.embedder import Vectors

Scores = NDArray[np.float32]

_FOLDS = 3
_FILE = "classifier.joblib"


@dataclass(frozen=True)
class Prediction:
    """Labels with probabilities, likeliest first (they sum to 1); `outside` 0..1: how likely none of them fits."""

    ranking: Sequence[tuple[str, float]]
    outside: float

    @property
    def label(self) -> str:
        """The likeliest label."""
        return self.ranking[0][0]


class Classifier:
    """`fit` once, `predict` often; the same data give the same machine."""

    def __init__(self, weights: Weights = Weights()) -> None:
        self._features = Features(weights)
        self.labels: list[str] = []
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._bias = np.zeros(0, dtype=np.float32)
        self._temperature = 1.0

    def fit(self, texts: Sequence[str], labels: Sequence[str], vectors: Vectors | None = None) -> Classifier:
        """Learn from sentences, their labels and vectors (one row each; None: letters and words only)."""
        self.labels, numbers = _numbered(labels)
        matrix = self._features.fit(texts, vectors)
        self._weights, self._bias = _machine(matrix, numbers, len(self.labels))
        held_out = np.zeros((len(numbers), len(self.labels)), dtype=np.float32)
        for part, rest in StratifiedKFold(_FOLDS).split(matrix, numbers):
            weights, bias = _machine(matrix[part], numbers[part], len(self.labels))
            held_out[rest] = matrix[rest] @ weights + bias
        self._temperature = _temperature(held_out, numbers)
        return self

    def predict(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Prediction]:
        """One prediction a sentence."""
        scores = self._features.transform(texts, vectors) @ self._weights + self._bias
        return [self._prediction(row) for row in softmax(scores / self._temperature, axis=1)]

    def _prediction(self, chances: Scores) -> Prediction:
        order = np.argsort(-chances, kind="stable")
        ranking = [(self.labels[at], float(chances[at])) for at in order]
        return Prediction(ranking, 1.0 - ranking[0][1])

    def save(self, folder: Path) -> None:
        """Write the machine into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        joblib.dump(self, folder / _FILE, compress=3)

    @staticmethod
    def load(folder: Path) -> Classifier:
        """Read what `save` wrote; the folder must be our own, for joblib runs what it reads."""
        machine = joblib.load(folder / _FILE)
        if not isinstance(machine, Classifier):
            raise TypeError(f"{folder / _FILE} holds no classifier.")
        return machine


def _numbered(labels: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    names, numbers = np.unique(np.asarray(labels), return_inverse=True)
    return [str(name) for name in names], numbers


def _machine(matrix: sparse.csr_matrix, numbers: NDArray[np.int64], count: int) -> tuple[Scores, Scores]:
    """Weights (features, labels) and biases of one-against-the-rest machines; unseen labels score lowest."""
    machine = LinearSVC(C=0.5, tol=0.05, class_weight="balanced", random_state=0).fit(matrix, numbers)
    weights = np.zeros((matrix.shape[1], count), dtype=np.float32)
    bias = np.full(count, -1.0, dtype=np.float32)
    if len(machine.classes_) == 2:
        weights[:, machine.classes_] = np.outer(machine.coef_[0], (-1, 1))
        bias[machine.classes_] = machine.intercept_[0] * np.array((-1, 1))
    else:
        weights[:, machine.classes_] = machine.coef_.T
        bias[machine.classes_] = machine.intercept_
    return weights, bias


def _temperature(scores: Scores, numbers: NDArray[np.int64]) -> float:
    """The divisor of scores under which probabilities of sentences not learned are truest (log loss)."""

    def loss(logarithm: float) -> float:
        chances = log_softmax(scores / np.exp(logarithm), axis=1)
        return -float(chances[np.arange(len(numbers)), numbers].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 2.0), method="bounded").x))
