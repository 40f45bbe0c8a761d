"""The intent classifier: kernel ridge regression over letters, words and meaning, with true probabilities.

Every label gets a score near 1 for sentences like its own and near its share for strangers. The solution is
in closed form, and so are the scores a sentence would have got had it not been learned: probabilities and the
out-of-scope score are fitted on those, without training a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_expit, log_softmax, softmax
from threadpoolctl import threadpool_limits  # type: ignore[import-not-found]

from bot.assistant.nlu import cholesky
from bot.assistant.nlu.features import DEFAULT, Features, Matrix, Rows, Weights
from bot.common.embedder import Vectors

Numbers = NDArray[np.int64]

# Ridge, and the power of a label's size by which its sentences weigh less: found on held-out sentences of the
# public sets in docs/quality/public.md.
_RIDGE = 0.05
_BALANCE = 0.25
# Sentences learned at most: memory grows with their square (28,000: 4.6 GB), time with their cube.
MOST = 36_000
# Threads of the linear algebra while learning.
_THREADS = 2
# Sentences left out for calibration, and the share of all that is left out together.
_HELD_OUT = 1000
_SHARE = 0.02
_SEED = 0
# The slope of doubt on large sets; how strongly a small set, where hardly a sentence is wrong, keeps to it.
_SLOPE = 8.0
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

    def __init__(
        self, weights: Weights = DEFAULT, stranger: str | None = None, features: Features | None = None
    ) -> None:
        """`features`: those of rows that are given to `learn`, learned elsewhere."""
        self._features = features or Features(weights)
        self._stranger = stranger
        self.labels: list[str] = []
        self._rows: Rows
        self._duals: Matrix
        self._shares: Matrix
        self._temperature = 1.0
        self._slope = (0.0, 1.0)

    def fit(self, texts: Sequence[str], labels: Sequence[str], vectors: Vectors | None = None) -> Classifier:
        """Learn from sentences, their labels and vectors (one row each; None: letters and words only).

        Sentences with the same label and the very same vector are copies of one another (without diacritics,
        with typing errors): they count as one sentence that has the letters of all.
        """
        rows = self._features.fit(texts, vectors)
        if vectors is None:
            return self.learn(rows, labels)
        groups = copies(labels, vectors)
        return self.learn(rows.merged(groups), one_of_each(labels, groups))

    def learn(self, rows: Rows, labels: Sequence[str], tried: NDArray[np.bool_] | None = None) -> Classifier:
        """Learn from rows of the features and their labels; only those `tried` are ever left out.

        Of more than MOST rows, the most frequent labels lose some.
        """
        names, numbers = np.unique(np.asarray(labels), return_inverse=True)
        self.labels = [str(name) for name in names]
        kept = _thinned(numbers, MOST)
        left = kept[self._left_out(numbers[kept], None if tried is None else tried[kept])]
        # Those left out stand last: what is wanted of the inverse then hangs on the end of the factor alone.
        order = np.concatenate([np.setdiff1d(kept, left), left])
        rows, numbers = rows.take(order), numbers[order]
        # At the precision that is kept, so that what is loaded answers exactly the same.
        self._rows = Rows(rows.ngrams, _at(np.float32, _at(np.float16, rows.meaning)))
        with threadpool_limits(_THREADS):
            scores = self._solve(numbers, len(left))
        # Column by column: a few sentences are judged in two thirds of the time, n-grams are kept once.
        self._rows = Rows(self._rows.ngrams.tocsc(), _at(np.float32, self._rows.meaning, "F"))
        self._duals = _at(np.float32, _at(np.float16, self._duals, "F"))
        right = numbers[len(numbers) - len(left) :]
        self._temperature = _temperature(scores, right)
        best, doubt = self._doubt(scores)
        self._slope = _slope(doubt, best != right)
        self.trial = Trial(self._named(right), self._named(best), self._outside(doubt))
        return self

    def __getstate__(self) -> dict[str, Any]:
        """What is kept of it: the large numbers at half precision, which are read in half the time."""
        rows = Rows(self._rows.ngrams, _at(np.float16, self._rows.meaning))
        return {**self.__dict__, "_rows": rows, "_duals": _at(np.float16, self._duals)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._rows = Rows(self._rows.ngrams, _at(np.float32, self._rows.meaning))
        self._duals = _at(np.float32, self._duals)

    def _solve(self, numbers: Numbers, count: int) -> Matrix:
        """Find the machine; returns the scores of the last `count` sentences, as if they were left out."""
        sizes = np.bincount(numbers, minlength=len(self.labels))
        weights = (sizes[numbers] / sizes.max()) ** -_BALANCE
        weights /= weights.mean()
        targets = np.zeros((len(numbers), len(self.labels)), dtype=np.float32)
        targets[np.arange(len(numbers)), numbers] = 1.0
        self._shares = np.average(targets, axis=0, weights=weights).astype(np.float32)
        targets -= self._shares
        system = self._features.likeness_below(self._rows, _THREADS)
        system[np.diag_indices_from(system)] += (_RIDGE / weights).astype(np.float32)
        lower = cholesky.factor(system, _THREADS)
        self._duals = cholesky.solve(lower, targets.copy())
        inverse = cholesky.inverse_at_end(lower, count)
        del system, lower
        duals, right = (of[len(numbers) - count :] for of in (self._duals, targets))
        scores = np.empty_like(right)
        together = max(1, int(_SHARE * len(numbers)))
        for start in range(0, count, together):
            part = slice(start, start + together)
            errors = np.linalg.solve(inverse[part, part], duals[part])
            scores[part] = right[part] - errors + self._shares
        return scores

    def _left_out(self, numbers: Numbers, tried: NDArray[np.bool_] | None = None) -> Numbers:
        """Which sentences are tried as if not learned: strangers before others, for there are few."""
        order = np.random.default_rng(_SEED).permutation(len(numbers))
        if tried is not None and tried.any():
            order = order[tried[order]]
        strange = np.array([label == self._stranger for label in self.labels])[numbers[order]]
        chosen = np.concatenate([order[strange][: _HELD_OUT // 2], order[~strange]])[:_HELD_OUT]
        return np.random.default_rng(_SEED).permutation(chosen)

    def predict(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Prediction]:
        """One prediction a sentence."""
        return self.judged(self._features.transform(texts, vectors)) if texts else []

    def judged(self, rows: Rows) -> list[Prediction]:
        """One prediction a row of the features."""
        near = self._features.likeness(rows, self._rows)
        scores = (self._duals.T @ near.T).T + self._shares
        chances = softmax(scores / self._temperature, axis=1)
        outside = self._outside(self._doubt(scores)[1])
        return [self._prediction(row, float(doubt)) for row, doubt in zip(chances, outside, strict=True)]

    def _doubt(self, scores: Matrix) -> tuple[Numbers, Matrix]:
        """The best label other than that of strangers, and how little better than that one it is."""
        if self._stranger not in self.labels:
            return scores.argmax(axis=1), -scores.max(axis=1)
        at = self.labels.index(self._stranger)
        known = scores.copy()
        known[:, at] = -np.inf
        return known.argmax(axis=1), scores[:, at] - known.max(axis=1)

    def _named(self, numbers: Numbers) -> list[str]:
        return [self.labels[number] for number in numbers]

    def _outside(self, doubt: Matrix) -> Matrix:
        return np.asarray(expit(self._slope[0] + self._slope[1] * doubt))

    def _prediction(self, chances: Matrix, outside: float) -> Prediction:
        order = np.argsort(-chances, kind="stable")
        return Prediction([(self.labels[at], float(chances[at])) for at in order], outside)


def copies(labels: Sequence[str], vectors: Vectors) -> Numbers:
    """The group of each sentence: same label, same vector; groups are numbered as they first appear."""
    found: dict[tuple[str, bytes], int] = {}
    keys = zip(labels, (vector.tobytes() for vector in vectors), strict=True)
    return np.array([found.setdefault(key, len(found)) for key in keys], dtype=np.int64)


def one_of_each(labels: Sequence[str], groups: Numbers) -> list[str]:
    """The label of each group, by its number."""
    first = np.unique(groups, return_index=True)[1]
    return [labels[at] for at in first]


def _thinned(numbers: Numbers, most: int) -> Numbers:
    """Places of about `most` sentences at most: labels keep all up to the size at which that fits."""
    if len(numbers) <= most:
        return np.arange(len(numbers))
    order = np.random.default_rng(_SEED).permutation(len(numbers))
    rank = np.empty(len(numbers), dtype=np.int64)
    for number in range(int(numbers.max()) + 1):
        own = order[numbers[order] == number]
        rank[own] = np.arange(len(own))
    size = np.sort(rank)[most]
    return np.flatnonzero(rank < size)


def _temperature(scores: Matrix, numbers: Numbers) -> float:
    """The divisor of scores under which probabilities of sentences not learned are truest (log loss)."""

    def loss(logarithm: float) -> float:
        chances = log_softmax(scores / np.exp(logarithm), axis=1)
        return -float(chances[np.arange(len(numbers)), numbers].mean())

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


def _at(precision: type[np.floating[Any]], numbers: Any, order: Literal["K", "F"] = "K") -> Any:
    """At that precision; `order` "F" lays columns one after another, "K" leaves them as they lie."""
    return None if numbers is None else numbers.astype(precision, order=order)
