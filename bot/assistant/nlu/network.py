"""A small network: places sentences so that those of a label lie around its prototypes.

A sentence's meaning and its n-grams are each multiplied with a matrix, added, and brought to length one; how
likely a label is hangs on the cosines with its prototypes, of which a label that many sentences have has
several: what strangers ask lies in no one place. Matrices and prototypes are learned together, by gradient
descent; TensorFlow, which comes with Rasa, is needed for learning only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.cluster import MiniBatchKMeans
from sklearn.preprocessing import normalize

from bot.assistant.nlu.features import Matrix, Rows
from bot.assistant.nlu.gradient import gradients

Numbers = NDArray[np.int64]

# Found on wordings of our own left out and on the public sets in docs/quality/public.md.
SCALE = 24.0
_WIDTH = 384
_BATCH, _FEWEST_BATCHES = 512, 8
# How often the wordings are gone through: until there are enough steps, within these bounds.
_FEWEST_ROUNDS, _MOST_ROUNDS, _ENOUGH_STEPS = 8, 37, 600
_RATE, _LAST_RATE = 3e-3, 3e-4
_LEFT_OUT_OF_MEANING, _LEFT_OUT_OF_NGRAMS = 0.4, 0.5
# A label has a prototype for so many sentences, and so many at most.
_SENTENCES, _MOST_PROTOTYPES = 50, 100
# For more sentences where these were more than about so many in all: half of a step's time goes into them.
_ENOUGH_PROTOTYPES = 800
# How strongly the matrices keep to where they began; the fewer sentences, the more, up to so many times.
_DECAY, _FEW, _MOST_DECAY = 1e-4, 4_000, 5
_SEED = 0
_TINY = 1e-30


@dataclass(frozen=True)
class Network:
    """Matrices (384, 384) or None and (columns, 384), prototypes (any, 384), those of a label together.

    `starts`: the first prototype of each label.
    """

    meaning: Matrix | None
    ngrams: Matrix
    prototypes: Matrix
    starts: Numbers

    def scores(self, rows: Rows) -> Matrix:
        """Of each label, shape (rows, labels): the cosine with its prototype, or what several make of it."""
        placed = rows.ngrams @ self.ngrams
        if self.meaning is not None and rows.meaning is not None:
            placed += rows.meaning @ self.meaning
        near = np.exp(SCALE * (normalize(placed) @ self.prototypes.T - 1))
        return np.asarray(1 + np.log(np.add.reduceat(near, self.starts, axis=1) + _TINY) / SCALE)

    def at(self, precision: type[np.floating[Any]]) -> Network:
        """The same numbers at that precision."""
        meaning = None if self.meaning is None else self.meaning.astype(precision)
        return replace(
            self,
            meaning=meaning,
            ngrams=self.ngrams.astype(precision),
            prototypes=self.prototypes.astype(precision),
        )


class Learning:
    """Learns a network from rows and the numbers of their labels (0, 1, 2 …, `count` of them)."""

    def __init__(self, rows: Rows, numbers: Numbers, count: int) -> None:
        # A server that only answers need not wait for it.
        import tensorflow as tf  # type: ignore[import-untyped]

        self._tf, self._rows, self._numbers, self._count = tf, rows, numbers, count
        self._chance = np.random.default_rng(_SEED)
        each = max(_SENTENCES, len(numbers) // _ENOUGH_PROTOTYPES)
        counts = np.clip(np.bincount(numbers, minlength=count) // each, 1, _MOST_PROTOTYPES)
        self._starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        self._owners = np.repeat(np.arange(count), counts)
        meaning = rows.meaning
        self._ngrams = tf.Variable(np.zeros((rows.ngrams.shape[1], _WIDTH), dtype=np.float32))
        self._meaning = None if meaning is None else tf.Variable(np.eye(_WIDTH, dtype=np.float32))
        self._prototypes = tf.Variable(self._begun())
        # (labels, prototypes): 1 where a prototype is the label's.
        self._owned = tf.constant(self._owners == np.arange(count)[:, None], dtype=tf.float32)
        self._decay = _DECAY * min(max(1.0, _FEW / len(numbers)), _MOST_DECAY)
        self._optimizer: Any = None

    def learn(self, places: Numbers) -> None:
        """Go through those rows many times, in ever smaller steps."""
        steps = _steps(len(places))
        self._through(places, steps, self._tf.keras.optimizers.schedules.CosineDecay(_RATE, steps))

    def learn_once(self, places: Numbers) -> None:
        """Go through those rows once, in small steps."""
        self._through(places, len(places) // _batch(len(places)), _LAST_RATE)

    def network(self) -> Network:
        """What has been learned."""
        meaning = None if self._meaning is None else self._meaning.numpy()
        return Network(meaning, self._ngrams.numpy(), normalize(self._prototypes.numpy()), self._starts)

    def _begun(self) -> Matrix:
        """Prototypes to begin with: the middles of groups of a label's sentences."""
        meaning = self._rows.meaning
        if meaning is None:
            return self._chance.standard_normal((len(self._owners), _WIDTH)).astype(np.float32)
        begun = []
        for number in range(self._count):
            own = meaning[self._numbers == number]
            parts = int(np.count_nonzero(self._owners == number))
            begun.append(own.mean(axis=0)[None] if parts == 1 else _middles(own, parts))
        return np.concatenate(begun)

    def _through(self, places: Numbers, steps: int, rate: Any) -> None:
        tf = self._tf
        # Its one operation in place of a dozen: a third of the time.
        self._optimizer = tf.keras.optimizers.legacy.Adam(rate)
        # Batches differ in how many n-grams they have: without the shapes each would be compiled anew.
        shapes = ([None, 2], "int64"), ([None], "float32"), ([None, _WIDTH], "float32"), ([None], "int64")
        specs = [tf.TensorSpec(*each) for each in shapes]
        step = tf.function(self._stepped, autograph=False, input_signature=specs)
        for some in islice(_batches(places, self._chance), steps):
            rows = self._rows.take(some)
            step(*self._left_in(rows.ngrams), self._meant(rows.meaning), self._numbers[some])

    def _left_in(self, ngrams: sparse.csr_matrix) -> tuple[Numbers, Matrix]:
        """Row and column of the n-grams that chance does not leave out, and their numbers, larger for it."""
        drawn = np.flatnonzero(self._chance.random(ngrams.nnz, dtype=np.float32) >= _LEFT_OUT_OF_NGRAMS)
        cells = np.empty((len(drawn), 2), dtype=np.int64)
        cells[:, 0] = np.searchsorted(ngrams.indptr, drawn, side="right") - 1
        cells[:, 1] = ngrams.indices[drawn]
        return cells, ngrams.data[drawn] / np.float32(1 - _LEFT_OUT_OF_NGRAMS)

    def _meant(self, meaning: Matrix | None) -> Matrix:
        """The same of the meaning, where there is one: what is left out is zero."""
        if meaning is None:
            return np.zeros((0, _WIDTH), dtype=np.float32)
        drawn = self._chance.random(meaning.shape, dtype=np.float32) >= _LEFT_OUT_OF_MEANING
        return np.asarray(meaning * drawn / np.float32(1 - _LEFT_OUT_OF_MEANING))

    def _stepped(self, cells: Any, ngrams: Any, meaning: Any, numbers: Any) -> None:
        tf = self._tf
        counts = tf.SparseTensor(cells, ngrams, (tf.size(numbers, tf.int64), self._ngrams.shape[0]))
        placed = tf.sparse.sparse_dense_matmul(counts, self._ngrams)
        if self._meaning is not None:
            placed += meaning @ self._meaning
        moved, drawn = gradients(tf, placed, self._prototypes, tf.gather(self._owned, numbers), SCALE)
        by_ngrams = tf.sparse.sparse_dense_matmul(counts, moved, adjoint_a=True)
        learned = [(drawn, self._prototypes), (by_ngrams + 2 * self._decay * self._ngrams, self._ngrams)]
        if self._meaning is not None:
            by_meaning = tf.matmul(meaning, moved, transpose_a=True)
            strayed = self._meaning - tf.eye(_WIDTH)
            learned.append((by_meaning + 2 * self._decay * strayed, self._meaning))
        self._optimizer.apply_gradients(learned)


def _middles(vectors: Matrix, count: int) -> Matrix:
    # Roughly is enough: they are learned on from there.
    groups = MiniBatchKMeans(count, init="random", n_init=1, max_iter=5, random_state=_SEED).fit(vectors)
    return np.asarray(groups.cluster_centers_, dtype=np.float32)


def _batch(count: int) -> int:
    return max(1, min(_BATCH, count // _FEWEST_BATCHES))


def _steps(count: int) -> int:
    each = count / _batch(count)
    return int(each * min(max(_ENOUGH_STEPS / each, _FEWEST_ROUNDS), _MOST_ROUNDS))


def _batches(places: Numbers, chance: np.random.Generator) -> Iterator[Numbers]:
    """Parts of the places in any order, again and again."""
    batch = _batch(len(places))
    while True:
        order = chance.permutation(places)
        for start in range(0, len(places) - batch + 1, batch):
            yield order[start : start + batch]
