"""The wordings of data/nlu and their meaning, as far as they stand without placeholders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import yaml
from django.conf import settings

from bot.common import embedder
from bot.common.embedder import Vectors
from bot.common.embedding_cache import EmbeddingCache
from bot.common.settings import ROOT

FOLDER = ROOT / "data" / "nlu"


@dataclass(frozen=True)
class Wording:
    """One line of the training data; `label` is intent, intent/record or intent/record.aspect."""

    text: str
    label: str
    language: str

    @property
    def intent(self) -> str:
        """What stands before the slash."""
        return self.label.partition("/")[0]

    @property
    def record(self) -> str:
        """The record's id; empty for none and for any."""
        record = self.label.partition("/")[2].partition(".")[0]
        return "" if record == "any" else record


def of_files(folder: Path = FOLDER) -> list[Wording]:
    """Every wording of the checkout, in the order of the files."""
    return [wording for path in sorted(folder.rglob("*.yml")) for wording in _of_file(path)]


def _of_file(path: Path) -> Iterator[Wording]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for block in content["nlu"]:
        for line in block["examples"].splitlines():
            text = line.removeprefix("- ").strip()
            yield Wording(text, block["intent"], block["metadata"]["language"])


@dataclass(frozen=True)
class Library:
    """Wordings without placeholders, with a row of `vectors` for each, of unit length."""

    wordings: list[Wording]
    vectors: Vectors

    def centred(self, vector: Vectors) -> Vectors:
        """What sets a vector apart from the mean of all wordings, of unit length."""
        apart = vector - self._mean
        return np.asarray(apart / max(float(np.linalg.norm(apart)), 1e-9), dtype=np.float32)

    @cached_property
    def _mean(self) -> Vectors:
        return np.asarray(self.vectors.mean(axis=0), dtype=np.float32)

    def nearest(self, vector: Vectors, most: int) -> list[tuple[Wording, float]]:
        """The wordings that mean most nearly the same, with their cosines, best first."""
        cosines = self.vectors @ vector
        best = np.argsort(-cosines)[:most]
        return [(self.wordings[at], float(cosines[at])) for at in best]


@lru_cache(maxsize=1)
def library() -> Library:
    """All of the checkout's; the first time some of the vectors are computed, which takes seconds."""
    wordings = [wording for wording in of_files() if "{" not in wording.text]
    cache = EmbeddingCache(settings.HEZA.data_dir / "cache", embedder.shared().embed)
    vectors = cache([wording.text for wording in wordings])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Library(wordings, vectors)
