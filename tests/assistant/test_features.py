"""Sentences as numbers: folded letters and words, centred meaning, and the likeness made of them."""

from __future__ import annotations

import numpy as np
import pytest

from bot.assistant.nlu.features import Features, Weights
from bot.common.embedder import Vectors

TEXTS = ["phí cấp giấy phép", "thời hạn cấp giấy phép", "giá thuê đất", "hello there"]


def _vectors(count: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(1.0, 1.0, (count, 384)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_diacritics_and_case_do_not_change_the_ngrams() -> None:
    features = Features()
    features.fit(TEXTS, None)
    written, bare = (features.transform([text], None).ngrams for text in ("Giá thuê ĐẤT", "gia thue dat"))
    assert abs(written - bare).max() == pytest.approx(0.0)


def test_the_sentence_itself_is_the_nearest() -> None:
    features, vectors = Features(), _vectors(len(TEXTS))
    rows = features.fit(TEXTS, vectors)
    likeness = features.likeness(rows, rows)
    assert likeness.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert np.allclose(np.diag(likeness), 1.0 + 0.15 + 0.15, atol=1e-5)


def test_likeness_is_symmetric_and_positive() -> None:
    features, vectors = Features(), _vectors(len(TEXTS))
    rows = features.fit(TEXTS, vectors)
    likeness = features.likeness(rows, rows)
    assert np.allclose(likeness, likeness.T, atol=1e-6)
    assert np.linalg.eigvalsh(likeness.astype(np.float64)).min() > 0


def test_likeness_adds_weighted_cosines_and_the_bent_cosine_of_meaning() -> None:
    vectors = _vectors(2)
    features = Features(Weights(letters=0.0, words=0.5, meaning=2.0, width=3.0))
    rows = features.fit(["giá thuê đất", "giá thuê đất"], vectors)
    centred = vectors - vectors.mean(axis=0)
    cosine = centred[0] @ centred[1] / np.linalg.norm(centred[0]) / np.linalg.norm(centred[1])
    assert features.likeness(rows, rows)[0, 1] == pytest.approx(0.5 + 2 * np.exp(3 * (cosine - 1)), abs=1e-5)


def test_meaning_may_be_left_out_but_not_forgotten() -> None:
    without = Features()
    assert without.fit(TEXTS, None).meaning is None
    learned = Features()
    learned.fit(TEXTS, _vectors(len(TEXTS)))
    with pytest.raises(ValueError, match="vectors"):
        learned.transform(["phí"], None)


def test_rows_merge_into_the_mean_of_their_letters_and_meanings() -> None:
    features, vectors = Features(), _vectors(3)
    rows = features.fit(TEXTS[:3], vectors)
    merged = rows.merged(np.array([0, 1, 0]))
    assert len(merged) == 2
    expected = (rows.ngrams[0] + rows.ngrams[2]) / 2
    assert abs(merged.ngrams[0] - expected).max() == pytest.approx(0.0, abs=1e-6)
    assert merged.meaning is not None
    assert rows.meaning is not None
    mean = rows.meaning[0] + rows.meaning[2]
    assert np.allclose(merged.meaning[0], mean / np.linalg.norm(mean), atol=1e-6)
    assert np.allclose(merged.meaning[1], rows.meaning[1], atol=1e-6)


def test_many_rows_are_compared_in_parts() -> None:
    features = Features()
    texts = [f"hồ sơ số {number}" for number in range(1500)]
    rows = features.fit(texts, None)
    likeness = features.likeness(rows, rows)
    assert likeness.shape == (1500, 1500)
    assert np.allclose(likeness[-1], (rows.ngrams[-1] @ rows.columns).toarray()[0])


def test_likeness_with_themselves_is_worked_out_once() -> None:
    random = np.random.default_rng(0)
    texts = [f"sentence {number} about {number % 7}" for number in range(40)]
    features = Features()
    rows = features.fit(texts, random.standard_normal((40, 384)).astype(np.float32))
    whole, below = features.likeness(rows, rows), features.likeness_below(rows, threads=2)
    assert np.allclose(np.tril(whole), np.tril(below), atol=1e-5)
