"""The network: sentences of a label lie around its prototypes, of which a large label has several."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from bot.assistant.nlu.features import Matrix, Rows
from bot.assistant.nlu.network import Learning, Network

WIDTH = 384


def _rows(meaning: Matrix) -> Rows:
    nothing = sparse.csr_matrix((len(meaning), 16), dtype=np.float32)
    return Rows(nothing, np.asarray(meaning, dtype=np.float32))


def _corners(count: int, each: int) -> Matrix:
    """`each` sentences around every one of the first `count` axes."""
    places = np.repeat(np.eye(WIDTH, dtype=np.float32)[:count], each, axis=0)
    places += np.random.default_rng(1).normal(0.0, 0.02, places.shape).astype(np.float32)
    return np.asarray(places / np.linalg.norm(places, axis=1, keepdims=True))


def _learned(rows: Rows, numbers: list[int], count: int) -> Network:
    learning = Learning(rows, np.asarray(numbers), count)
    learning.learn(np.arange(len(rows)))
    return learning.network()


def test_sentences_get_the_label_they_lie_around() -> None:
    meaning = _corners(3, 20)
    numbers = np.repeat([0, 1, 2], 20)
    network = _learned(_rows(meaning[::2]), numbers[::2].tolist(), 3)
    assert network.scores(_rows(meaning[1::2])).argmax(axis=1).tolist() == numbers[1::2].tolist()


def test_a_label_that_lies_in_several_places_has_several_prototypes() -> None:
    # Labels take turns around twelve axes: no one place is near all of a label.
    meaning, numbers = _corners(12, 60), np.repeat(np.arange(12) % 2, 60)
    network = _learned(_rows(meaning), numbers.tolist(), 2)
    assert len(network.prototypes) == 14
    assert network.starts.tolist() == [0, 7]
    assert np.mean(network.scores(_rows(meaning)).argmax(axis=1) == numbers) == pytest.approx(1.0)


def test_the_score_of_a_single_prototype_is_its_cosine() -> None:
    axes = np.eye(2, dtype=np.float32)
    network = Network(axes, np.zeros((16, 2), dtype=np.float32), axes, np.arange(2))
    rows = Rows(sparse.csr_matrix((1, 16), dtype=np.float32), np.array([[0.6, 0.8]], dtype=np.float32))
    assert network.scores(rows)[0] == pytest.approx([0.6, 0.8], abs=1e-5)


def test_what_was_learned_keeps_while_more_is_learned() -> None:
    meaning, numbers = _corners(3, 40), np.repeat([0, 1, 2], 40)
    learning = Learning(_rows(meaning), numbers, 3)
    learning.learn(np.flatnonzero(np.arange(120) % 10))
    before = learning.network()
    learning.learn_once(np.arange(120))
    after = learning.network()
    assert not np.array_equal(before.prototypes, after.prototypes)
    assert (after.scores(_rows(meaning)).argmax(axis=1) == numbers).all()


def test_half_precision_changes_little() -> None:
    meaning = _corners(3, 20)
    network = _learned(_rows(meaning), np.repeat([0, 1, 2], 20).tolist(), 3)
    half = network.at(np.float16)
    assert half.prototypes.dtype == np.float16
    scores, whole = (one.scores(_rows(meaning)) for one in (half.at(np.float32), network))
    assert scores == pytest.approx(whole, abs=2e-3)
