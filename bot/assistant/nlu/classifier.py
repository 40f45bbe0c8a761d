"""The intent classifier: a network over letters, words and meaning, with true probabilities.

A part of the sentences is left out at first: on them the probabilities and the out-of-scope score are fitted.
Then they are learned too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_expit, log_softmax, softmax

from bot.assistant.nlu.features import Features, Matrix, Rows
from bot.assistant.nlu.network import Learning, Network, Numbers
from bot.common.embedder import Vectors

# Sentences left out for calibration: of all, of few, and at most.
_SHARE = 0.05
_SHARE_OF_FEW, _FEW = 0.25, 30
_HELD_OUT = 1000
_SEED = 0
# The temperature of large sets, and how strongly a small one keeps to it.
_TEMPERATURE = 0.035
_TEMPERATURE_PENALTY = 0.01
# So much flatter than true are the probabilities by which strangers are told: 80 instead of 62 % of those in
# CLINC150, where half a point more of the others is refused.
_DOUBTING = 2.0
# The slope of doubt on large sets; how strongly a small set, where hardly a sentence is wrong, keeps to it.
_SLOPE = 10.0
_SLOPE_PENALTY = 1e-4


@dataclass(frozen=True)
class Prediction:
    """Labels with probabilities, likeliest first (they sum to 1).

    `outside`, 0..1, is the chance that the best label other than that of strangers is not the right one.
    """

    ranking: Sequence[tuple[str, float]]
    outside: float

    @property
    def label(self) -> str:
        """The likeliest label."""
        return self.ranking[0][0]


@dataclass(frozen=True)
class Trial:
    """How sentences of the training fared as if they had not been learned: for choosing thresholds.

    A row a sentence: its label, the best label other than that of strangers, and `outside`.
    """

    labels: Sequence[str]
    best: Sequence[str]
    outside: Matrix


class Classifier:
    """`fit` once, `predict` often; the same data give the same machine.

    `stranger` is the label of training sentences that fit none of the others, where there are such.
    """

    trial: Trial

    def __init__(self, stranger: str | None = None, features: Features | None = None) -> None:
        """`features`: those of rows that are given to `learn`, learned elsewhere."""
        self._features = features or Features()
        self._stranger = stranger
        self.labels: list[str] = []
        self._network: Network
        self._temperature = 1.0
        self._slope = (0.0, 1.0)

    def fit(self, texts: Sequence[str], labels: Sequence[str], vectors: Vectors | None = None) -> Classifier:
        """Learn from sentences, their labels and vectors (one row each; None: letters and words only)."""
        return self.learn(self._features.fit(texts, vectors), labels)

    def learn(self, rows: Rows, labels: Sequence[str]) -> Classifier:
        """Learn from rows of the features and their labels."""
        names, numbers = np.unique(np.asarray(labels), return_inverse=True)
        self.labels = [str(name) for name in names]
        left = self._left_out(numbers)
        learning = Learning(rows, numbers, len(self.labels))
        learning.learn(np.setdiff1d(np.arange(len(rows)), left))
        self._calibrate(learning.network().scores(rows.take(left)), numbers[left])
        learning.learn_once(np.arange(len(rows)))
        # At the precision that is kept, so that what is loaded answers exactly the same.
        self._network = learning.network().at(np.float16).at(np.float32)
        return self

    def __getstate__(self) -> dict[str, Any]:
        """What is kept of it: the large numbers at half precision, which are read in half the time."""
        return {**self.__dict__, "_network": self._network.at(np.float16)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._network = self._network.at(np.float32)

    def _calibrate(self, scores: Matrix, right: Numbers) -> None:
        """Fit probabilities and doubt on sentences that were not learned."""
        self._temperature = _temperature(scores, right)
        best, doubt = self._doubt(scores)
        self._slope = _slope(doubt, best != right)
        self.trial = Trial(self._named(right), self._named(best), self._outside(doubt))

    def _left_out(self, numbers: Numbers) -> Numbers:
        """Which sentences are left out at first: of strangers a larger share, for there are few."""
        few = min(_FEW, round(_SHARE_OF_FEW * len(numbers)))
        most = min(_HELD_OUT, max(1, few, round(_SHARE * len(numbers))))
        order = np.random.default_rng(_SEED).permutation(len(numbers))
        strange = np.array([label == self._stranger for label in self.labels])[numbers[order]]
        strangers = min(most // 2, round(_SHARE_OF_FEW * int(strange.sum())))
        return np.concatenate([order[strange][:strangers], order[~strange]])[:most]

    def predict(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Prediction]:
        """One prediction a sentence."""
        return self.judged(self._features.transform(texts, vectors)) if texts else []

    def judged(self, rows: Rows) -> list[Prediction]:
        """One prediction a row of the features."""
        scores = self._network.scores(rows)
        chances = softmax(scores / self._temperature, axis=1)
        outside = self._outside(self._doubt(scores)[1])
        return [self._prediction(row, float(doubt)) for row, doubt in zip(chances, outside, strict=True)]

    def chances(self, texts: Sequence[str], vectors: Vectors | None) -> list[dict[str, float]]:
        """The probability of each label, for each sentence."""
        return [dict(one.ranking) for one in self.predict(texts, vectors)]

    def _doubt(self, scores: Matrix) -> tuple[Numbers, Matrix]:
        """The best label other than that of strangers, and how improbable it is, -1..0."""
        known = scores.copy()
        if self._stranger in self.labels:
            known[:, self.labels.index(self._stranger)] = -np.inf
        best = known.argmax(axis=1)
        chances = softmax(scores / (_DOUBTING * self._temperature), axis=1)
        return best, -chances[np.arange(len(best)), best]

    def _named(self, numbers: Numbers) -> list[str]:
        return [self.labels[number] for number in numbers]

    def _outside(self, doubt: Matrix) -> Matrix:
        return np.asarray(expit(self._slope[0] + self._slope[1] * doubt))

    def _prediction(self, chances: Matrix, outside: float) -> Prediction:
        order = np.argsort(-chances, kind="stable")
        return Prediction([(self.labels[at], float(chances[at])) for at in order], outside)


def _temperature(scores: Matrix, numbers: Numbers) -> float:
    """The divisor of scores under which probabilities of sentences not learned are truest (log loss)."""

    def loss(logarithm: float) -> float:
        chances = log_softmax(scores / np.exp(logarithm), axis=1)
        kept = _TEMPERATURE_PENALTY * (logarithm - np.log(_TEMPERATURE)) ** 2
        return float(kept - chances[np.arange(len(numbers)), numbers].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-5.0, 1.0), method="bounded").x))


def _slope(doubt: Matrix, wrong: NDArray[np.bool_]) -> tuple[float, float]:
    """Offset and slope under which the logistic of `doubt` is the chance of being wrong (Platt's targets)."""
    errors = int(wrong.sum())
    chance = np.where(wrong, (errors + 1) / (errors + 2), 1 / (len(wrong) - errors + 2))

    def loss(line: NDArray[np.float64]) -> float:
        odds = line[0] + line[1] * doubt
        entropy = -(chance * log_expit(odds) + (1 - chance) * log_expit(-odds)).mean()
        return float(entropy + _SLOPE_PENALTY * (line[1] - _SLOPE) ** 2)

    offset, slope = minimize(loss, np.array((0.0, _SLOPE)), method="Nelder-Mead").x
    return float(offset), float(slope)
