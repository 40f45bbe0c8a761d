"""Vectors of the wordings, records and test questions in this checkout, kept in `data/vectors`.

Computing them takes two cores several minutes, reading them a moment. They are only a cache: a changed
sentence is computed as ever, another embedding model has a file of its own. `make vectors` writes it anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.common.embedder import DIMENSION
from bot.common.settings import ROOT

FOLDER = ROOT / "data" / "vectors"
# Each row is scaled to whole numbers of one byte; the cosine with the exact row is 0.9999.
_STEPS = 127.0
# The same model gives 0.9998 and more on any processor, another one far less.
_SAME_MODEL = 0.998


def path_of(fingerprint: str) -> Path:
    """The file of an embedding model."""
    return FOLDER / f"{fingerprint}.npz"


def fingerprint_like(key: bytes, vector: np.ndarray) -> str | None:
    """Name of the file whose row under `key` is this vector (any scale), so of the same embedding model.

    Compared by cosine: processors differ in the last digits, and a hash of rounded numbers tells them apart.
    """
    for path in sorted(FOLDER.glob("*.npz")):
        kept = read(path.stem, [key]).get(key)
        if kept is not None and _cosine(kept, vector) > _SAME_MODEL:
            return path.stem
    return None


def read(fingerprint: str, wanted: Iterable[bytes]) -> dict[bytes, np.ndarray]:
    """Key → float16 row for the wanted keys that are kept; {} when there is no file for this model."""
    path, wanted = path_of(fingerprint), list(wanted)
    if not wanted or not path.exists():
        return {}
    places, rows, scales = _table(path)
    kept = ((key, places[key]) for key in wanted if key in places)
    return {key: (rows[at] * scales[at]).astype(np.float16) for key, at in kept}


def write(database: Path, fingerprint: str) -> int:
    """Keep every row of an embedding cache (bot.common.embedding_cache); how many there are."""
    with closing(sqlite3.connect(database)) as connection:
        pairs = connection.execute("SELECT key, vector FROM vectors ORDER BY key").fetchall()
    keys = np.array([np.frombuffer(key, np.uint8) for key, _ in pairs])
    exact = np.array([np.frombuffer(vector, np.float16) for _, vector in pairs], dtype=np.float32)
    scales = np.abs(exact).max(axis=1) / _STEPS
    rows = np.round(exact / scales[:, None]).astype(np.int8).reshape(-1, DIMENSION)
    FOLDER.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path_of(fingerprint), keys=keys, rows=rows, scales=scales)
    _table.cache_clear()
    return len(pairs)


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    one, other = one.astype(np.float64), other.astype(np.float64)
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


@lru_cache(maxsize=1)
def _table(path: Path) -> tuple[dict[bytes, int], np.ndarray, np.ndarray]:
    """Key → place, the rows, their scales."""
    with np.load(path) as content:
        places = {key.tobytes(): at for at, key in enumerate(content["keys"])}
        return places, content["rows"], content["scales"]
