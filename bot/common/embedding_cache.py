"""Vectors of wordings and records kept on disk, so that seeding and training do not embed again.

One SQLite file for each embedding model; a row is the hash of the text and its float16 vector. What comes
with the checkout (bot.common.kept_vectors) is taken over. Sentences of investors are never put here.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from bot.common import kept_vectors
from bot.common.embedder import DIMENSION, Vectors

Embed = Callable[[Sequence[str]], Vectors]

# A fixed sentence: its vector tells one model from another, and is kept with the others.
_PROBE = "Hải Phòng: đầu tư, investment 2026"
# Kept after every batch, so that an interrupted first training goes on where it stopped.
_BATCH = 256
# Places that a statement of SQLite may have, in any of its versions.
_MOST_ASKED = 999


class EmbeddingCache:
    """Wraps an `embed` function; calling it gives the same rows, from disk where known."""

    def __init__(self, folder: Path, embed: Embed) -> None:
        self._embed = embed
        folder.mkdir(parents=True, exist_ok=True)
        probe = embed([_PROBE])[0]
        self.fingerprint = kept_vectors.fingerprint_like(key_of(_PROBE), probe) or _fingerprint(probe)
        self.path = folder / f"embeddings-{self.fingerprint}.sqlite3"
        with closing(self._connect()) as database, database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
            )
            _write(database, {key_of(_PROBE): probe.astype(np.float16)})

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row a text, float32, shape (len(texts), 384); rows are rounded to half precision."""
        keys = [key_of(text) for text in texts]
        with closing(self._connect()) as database:
            known = _read(database, set(keys))
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            kept = kept_vectors.read(self.fingerprint, missing)
            _write(database, kept)
            known.update(kept)
            pending = [(key, text) for key, text in missing.items() if key not in kept]
            for start in range(0, len(pending), _BATCH):
                batch = pending[start : start + _BATCH]
                vectors = self._embed([text for _, text in batch]).astype(np.float16)
                rows = {key: row for (key, _), row in zip(batch, vectors, strict=True)}
                _write(database, rows)
                known.update(rows)
        if not keys:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        return np.stack([known[key] for key in keys]).astype(np.float32)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=60)


def _read(database: sqlite3.Connection, keys: Iterable[bytes]) -> dict[bytes, np.ndarray]:
    found: dict[bytes, np.ndarray] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), _MOST_ASKED):
        some = wanted[start : start + _MOST_ASKED]
        places = ",".join("?" * len(some))
        query = f"SELECT key, vector FROM vectors WHERE key IN ({places})"  # noqa: S608 (only ?,?,…)
        for key, vector in database.execute(query, some):
            found[key] = np.frombuffer(vector, dtype=np.float16)
    return found


def _write(database: sqlite3.Connection, rows: Mapping[bytes, np.ndarray]) -> None:
    with database:
        database.executemany(
            "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
            [(key, row.tobytes()) for key, row in rows.items()],
        )


def key_of(text: str) -> bytes:
    """By which the vector of a text is kept: 16 bytes."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _fingerprint(probe: np.ndarray) -> str:
    """Name of a model none of whose vectors come with the checkout."""
    return hashlib.blake2b((np.round(probe, 2) + 0.0).tobytes(), digest_size=6).hexdigest()
