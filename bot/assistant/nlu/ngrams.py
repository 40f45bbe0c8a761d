"""How often sentences have which n-grams of letters and of words, all of folded text.

An n-gram is known by its hash, the one scikit-learn's HashingVectorizer takes (MurmurHash3). That class makes
a Python string of every n-gram; where there are many sentences the same numbers come from their letters as
one array, eight times as fast.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from bot.common.text import fold

# Of so many numbers an n-gram has one: hardly two have the same.
HASHES = 2**20
_FEWEST_LETTERS, _MOST_LETTERS = 2, 5
_PLAIN = {"lowercase": False, "n_features": HASHES, "norm": None, "alternate_sign": False}
_LETTERS = HashingVectorizer(
    analyzer="char", ngram_range=(_FEWEST_LETTERS, _MOST_LETTERS), dtype=np.float32, **_PLAIN
)
_WORD = r"(?u)\w+"
_WORDS = HashingVectorizer(token_pattern=_WORD, ngram_range=(1, 2), dtype=np.float32, **_PLAIN)
# Sentences that are counted together: their arrays fit into a processor's cache.
_TOGETHER = 1000

_Words32 = NDArray[np.uint32]


def counted(texts: Sequence[str]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """How often each sentence has each n-gram, of letters and of words; shape (texts, HASHES)."""
    folded = [fold(text) for text in texts]
    if len(folded) < _TOGETHER:
        return _LETTERS.transform(folded), _WORDS.transform(folded)
    parts = [folded[start : start + _TOGETHER] for start in range(0, len(folded), _TOGETHER)]
    # Arrays are worked on without Python's lock.
    with ThreadPoolExecutor(os.cpu_count()) as at_once:
        letters = sparse.vstack(list(at_once.map(_letters_of, parts)), format="csr")
    return letters, _WORDS.transform(folded)


def _letters_of(folded: Sequence[str]) -> sparse.csr_matrix:
    plain = _letters_of_ascii([text if text.isascii() else "" for text in folded])
    if all(text.isascii() for text in folded):
        return plain
    # A letter of theirs is several bytes.
    return plain + _LETTERS.transform(["" if text.isascii() else text for text in folded])


def _letters_of_ascii(texts: Sequence[str]) -> sparse.csr_matrix:
    lengths = np.array([len(text) for text in texts])
    letters = np.frombuffer("".join(texts).encode(), dtype=np.uint8).astype(np.uint32)
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    # From a letter to the end of its sentence.
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(letters))
    hashes, owners = [], []
    for size in range(_FEWEST_LETTERS, _MOST_LETTERS + 1):
        at = np.flatnonzero(left >= size)
        hashed = _murmur([letters[at + place] for place in range(size)]).view(np.int32)
        hashes.append(np.abs(hashed.astype(np.int64)) % HASHES)
        owners.append(rows[at])
    columns, where = np.concatenate(hashes), np.concatenate(owners)
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_matrix((ones, (where, columns)), shape=(len(texts), HASHES))


def _murmur(letters: Sequence[_Words32]) -> _Words32:
    """MurmurHash3 (32 bits, seed 0) of n-grams, given the first letters of all, the second and so on."""
    hashed = np.zeros_like(letters[0])
    for start in range(0, len(letters), 4):
        block = np.zeros_like(hashed)
        some = letters[start : start + 4]
        for place, letter in enumerate(some):
            block |= letter << np.uint32(8 * place)
        hashed ^= _turned(block * np.uint32(0xCC9E2D51), 15) * np.uint32(0x1B873593)
        if len(some) == 4:
            hashed = _turned(hashed, 13) * np.uint32(5) + np.uint32(0xE6546B64)
    hashed ^= np.uint32(len(letters))
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashed = (hashed ^ (hashed >> np.uint32(shift))) * np.uint32(factor)
    return np.asarray(hashed ^ (hashed >> np.uint32(16)))


def _turned(bits: _Words32, by: int) -> _Words32:
    return np.asarray((bits << np.uint32(by)) | (bits >> np.uint32(32 - by)))
