"""A small registry of real records, seeded into the test database with vectors that need no model."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from numpy.typing import NDArray
from pytest_django import Settings

from bot.common import embedder
from bot.common.settings import ROOT
from bot.registry import seeding, snapshot
from bot.registry.content.entries import KINDS, Entry, load

TODAY = date(2026, 11, 24)
CHOSEN = {
    "procedure": ("work_permit", "work_permit_extension", "irc_issue"),
    "zone": ("ez-dinh-vu-cat-hai", "ip-trang-due", "ip-nam-cau-kien"),
    "incentive": ("CIT-2025-EXPANSION-IN-TERM",),
    "faq": ("faq-labour-visa-12",),
    "statistic": ("seed-lg", "seed-fdi-2023"),
    "dossier": ("demo-work-permit",),
}
Record = dict[str, Any]


class CountingEmbedder:
    """Vectors that differ by text; remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[float(len(text))] * embedder.DIMENSION for text in texts], dtype=np.float32)


class Files:
    """A folder of records, which a test may change and seed again."""

    def __init__(self, root: Path, records: dict[str, list[Record]]) -> None:
        self.root = root
        self.records = records

    def record(self, record_id: str) -> Record:
        return next(r for records in self.records.values() for r in records if r["id"] == record_id)

    def remove(self, record_id: str) -> None:
        for kind, records in self.records.items():
            self.records[kind] = [record for record in records if record["id"] != record_id]

    def write(self) -> None:
        for folder, kind in KINDS.items():
            path = self.root / folder / "records.yml"
            path.parent.mkdir(exist_ok=True)
            text = yaml.dump({"records": self.records[kind]}, Dumper=yaml.CSafeDumper, allow_unicode=True)
            path.write_text(text, encoding="utf-8")

    def seed(self) -> seeding.Outcome:
        self.write()
        return seeding.seed(self.root)


@pytest.fixture(scope="session")
def entries() -> list[Entry]:
    """Every record of the product."""
    return load(ROOT / "data" / "registry").entries


@pytest.fixture(autouse=True)
def vectors(monkeypatch: pytest.MonkeyPatch) -> CountingEmbedder:
    counting = CountingEmbedder()
    monkeypatch.setattr(embedder, "shared", lambda: counting)
    return counting


@pytest.fixture(autouse=True)
def fixed_day(settings: Settings) -> Iterator[None]:
    settings.HEZA = replace(settings.HEZA, today=TODAY)
    snapshot.cache.clear()
    yield
    snapshot.cache.clear()


@pytest.fixture
def files(tmp_path: Path, entries: list[Entry]) -> Files:
    shutil.copytree(ROOT / "data" / "registry" / "schema", tmp_path / "schema")
    chosen: dict[str, list[Record]] = {kind: [] for kind in KINDS.values()}
    for entry in entries:
        if entry.id in CHOSEN[entry.kind]:
            chosen[entry.kind].append(deepcopy(entry.record))
    assert sum(map(len, chosen.values())) == sum(map(len, CHOSEN.values()))
    return Files(tmp_path, chosen)


@pytest.fixture
def seeded(db: None, files: Files) -> Files:
    files.seed()
    return files
