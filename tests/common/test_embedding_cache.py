"""Vectors of training sentences are embedded once and come back from disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.common import kept_vectors
from bot.common.embedder import DIMENSION, Vectors
from bot.common.embedding_cache import EmbeddingCache


class Counting:
    """Embeds a text as ones at its length, and remembers what it was asked, on a processor with `noise`."""

    def __init__(self, shift: int = 0, noise: float = 0.0) -> None:
        self.asked: list[str] = []
        self._shift = shift
        self._noise = noise

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        vectors = np.full((len(texts), DIMENSION), self._noise, dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, (len(text) + self._shift) % DIMENSION] = 1.0
        return vectors


def test_a_sentence_is_embedded_once(tmp_path: Path) -> None:
    embed = Counting()
    cache = EmbeddingCache(tmp_path, embed)
    embed.asked.clear()
    first = cache(["phí", "thời hạn", "phí"])
    again = EmbeddingCache(tmp_path, embed)(["thời hạn", "phí"])
    assert [text for text in embed.asked if "Hải Phòng" not in text] == ["phí", "thời hạn"]
    assert first.dtype == np.float32
    assert first.shape == (3, DIMENSION)
    assert np.array_equal(again, first[[1, 0]])


def test_rows_keep_the_order_of_the_texts(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, Counting())
    cache(["a", "bbb"])
    vectors = cache(["bbb", "cc", "a"])
    assert vectors.argmax(axis=1).tolist() == [3, 2, 1]


def test_no_texts_give_no_rows(tmp_path: Path) -> None:
    assert EmbeddingCache(tmp_path, Counting())([]).shape == (0, DIMENSION)


def test_another_model_has_its_own_file(tmp_path: Path) -> None:
    one, other = EmbeddingCache(tmp_path, Counting()), EmbeddingCache(tmp_path, Counting(shift=1))
    assert one.path != other.path
    assert not np.array_equal(one(["phí"]), other(["phí"]))


def test_more_texts_than_a_batch(tmp_path: Path) -> None:
    embed = Counting()
    texts = [f"câu hỏi {number}" for number in range(600)]
    vectors = EmbeddingCache(tmp_path, embed)(texts)
    assert np.array_equal(vectors, embed(texts))


def test_what_comes_with_the_checkout_is_not_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_vectors, "FOLDER", tmp_path / "kept")
    embed = Counting()
    first = EmbeddingCache(tmp_path / "first", embed)
    vectors = first(["phí", "thời hạn"])
    assert kept_vectors.write(first.path, first.fingerprint) == 3
    embed.asked.clear()
    again = EmbeddingCache(tmp_path / "again", embed)
    found = again(["thời hạn", "mới", "phí"])
    assert embed.asked[1:] == ["mới"]
    np.testing.assert_allclose(found[[2, 0]], vectors, atol=0.01)
    assert kept_vectors.write(again.path, again.fingerprint) == 4


def test_another_processor_uses_what_comes_with_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_vectors, "FOLDER", tmp_path / "kept")
    # Alike but for the rounding of nearly every number.
    one, other = Counting(noise=0.0049), Counting(noise=0.0051)
    first = EmbeddingCache(tmp_path / "first", one)
    first(["phí"])
    kept_vectors.write(first.path, first.fingerprint)
    again = EmbeddingCache(tmp_path / "again", other)
    assert again.fingerprint == first.fingerprint
    other.asked.clear()
    again(["phí"])
    assert other.asked == []
    assert EmbeddingCache(tmp_path / "third", Counting(shift=1)).fingerprint != first.fingerprint
