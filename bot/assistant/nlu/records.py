"""What the understanding knows of each record: its kind, names and the texts it is found by.

At training they come from the files under data/registry, in a running product from the registry's index.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.assistant.nlu.gazetteer import Name
from bot.assistant.nlu.normaliser import expand
from bot.common.names import related_to

# Folder under data/registry → kind of its records.
FOLDERS = {
    "procedures": "procedure",
    "zones": "zone",
    "incentives": "incentive",
    "faq": "faq",
    "statistics": "statistic",
}  # fmt: skip
# How the ids of parks begin; other zones hold parks.
PARKS = ("ip-", "planned-")
# Names of these kinds are looked for in a question; a FAQ's key phrases are too general for that.
NAMED = ("procedure", "zone", "incentive", "statistic")


@dataclass(frozen=True)
class Text:
    """A text that a record is found by; `vector` is None where it has yet to be embedded."""

    text: str
    language: str
    role: str
    vector: Any = None


@dataclass(frozen=True)
class Record:
    """A record of the registry as the understanding sees it.

    `parent`: the zone that it lies in; `tenants`, `developers`: companies by whose names people mean a zone.
    """

    id: str
    kind: str
    name: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    texts: tuple[Text, ...] = ()
    related: tuple[str, ...] = ()
    tenants: tuple[str, ...] = ()
    developers: tuple[str, ...] = ()

    def names(self) -> Iterator[Name]:
        """All names for the gazetteer, full ones also with their shorthand written out as in a message."""
        written = (expand(name, language) for language, name in self.name.items())
        for text in dict.fromkeys((*self.name.values(), *self.aliases, *written)):
            yield Name(text, self.id, self.kind)


def from_index(content: Mapping[str, Any]) -> list[Record]:
    """Records of the registry's index answer (docs/architecture.md).

    Raises KeyError, TypeError or ValueError when it is none.
    """
    return [
        Record(
            row["id"],
            row["kind"],
            row["name"],
            tuple(row["aliases"]),
            row.get("parent"),
            tuple(
                Text(text["text"], text["language"], text["role"], _vector(text.get("embedding")))
                for text in row["texts"]
            ),
            tuple(row.get("related") or ()),
            tuple(row.get("tenants") or ()),
            tuple(row.get("developers") or ()),
        )
        for row in content["records"]
    ]


def from_files(root: Path) -> list[Record]:
    """Published records of the files under `root` (data/registry), sorted by id."""
    return sorted(_files(root), key=lambda record: record.id)


def _files(root: Path) -> Iterator[Record]:
    for folder, kind in FOLDERS.items():
        for path in sorted((root / folder).glob("[!_]*.yml")):
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
            for row in content.get("records") or ():
                if row.get("published", True):
                    yield _record(kind, row)


def _record(kind: str, row: Mapping[str, Any]) -> Record:
    return Record(
        row["id"],
        kind,
        row["name"],
        tuple(map(str, row.get("aliases") or ())),
        row.get("parent") or row.get("zone"),
        tuple(_texts(kind, row)),
        related_to(row),
        tuple(row.get("tenant_names") or ()),
        tuple(row.get("developer_names") or ()),
    )


def _texts(kind: str, row: Mapping[str, Any]) -> Iterator[Text]:
    """The texts that training knows as well; the registry's index adds the gist of each record."""
    for language, name in row["name"].items():
        yield Text(name, language, "question" if kind == "faq" else "name")


def _vector(encoded: str | None) -> Any:
    if encoded is None:
        return None
    return np.frombuffer(base64.b64decode(encoded), dtype=np.float16).astype(np.float32)


def texts_of(records: Iterable[Record]) -> tuple[list[str], list[Text]]:
    """All texts with, in parallel, the ids of the records they belong to."""
    ids, texts = [], []
    for record in records:
        for text in record.texts:
            ids.append(record.id)
            texts.append(text)
    return ids, texts
