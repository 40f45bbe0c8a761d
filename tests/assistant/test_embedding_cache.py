"""Vectors of training sentences are embedded once and come back from disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.assistant.nlu.embedding_cache import EmbeddingCache
from bot.common.embedder import DIMENSION, Vectors


class Counting:
    """Embeds a text as ones at its length, and remembers what it was asked."""

    def __init__(self, shift: int = 0) -> None:
        self.asked: list[str] = []
        self._shift = shift

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
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
