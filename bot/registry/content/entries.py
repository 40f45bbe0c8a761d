"""The record files under data/registry, read once and walked by every rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

KINDS = {
    "procedures": "procedure",
    "zones": "zone",
    "incentives": "incentive",
    "faq": "faq",
    "statistics": "statistic",
    "dossiers": "dossier",
}
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Entry:
    """One record with the file it stands in; `kind` as in the API."""

    kind: str
    file: str
    record: dict[str, Any]

    @property
    def id(self) -> str:
        """The record's id, or a mark that it has none."""
        return str(self.record.get("id") or "(no id)")


@dataclass(frozen=True)
class Registry:
    """All entries; `tables` are bilingual documents that are not records (calculator tables)."""

    root: Path
    entries: list[Entry]
    tables: list[Entry]
    top_level: dict[str, list[str]] = field(default_factory=dict)

    @property
    def documents(self) -> list[Entry]:
        """Everything whose wording a reader may see."""
        return self.entries + self.tables

    def ids(self, kind: str | None = None) -> set[str]:
        """Ids of one kind, or of all."""
        return {entry.id for entry in self.entries if kind in (None, entry.kind)}


@dataclass(frozen=True)
class Pair:
    """The two versions of one text; a side that is absent or no text is None."""

    path: str
    vi: str | None
    en: str | None


def load(root: Path) -> Registry:
    """Read every record file below `root`; raises yaml.YAMLError on a file that is not YAML."""
    entries: list[Entry] = []
    tables: list[Entry] = []
    top_level: dict[str, list[str]] = {}
    for folder, kind in KINDS.items():
        for path in sorted((root / folder).glob("*.yml")):
            name = str(path.relative_to(root))
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
            top_level[name] = sorted(content)
            if path.name.startswith("_"):
                tables.append(Entry(f"{kind}_tables", name, content))
            else:
                entries.extend(Entry(kind, name, record) for record in content.get("records") or [])
    return Registry(root, entries, tables, top_level)


def is_bilingual(value: object) -> bool:
    """True for {vi, en} mappings, also when one of the two is missing."""
    return isinstance(value, dict) and bool(value) and set(value) <= set(LANGUAGES)


def bilingual(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every {vi, en} mapping inside `value` with its path, e.g. `fee.variants[0].case`."""
    if is_bilingual(value):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from bilingual(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from bilingual(inner, f"{path}[{number}]")


def pairs(value: Any) -> Iterator[Pair]:
    """Every two versions of one text, items of bilingual lists one by one."""
    for path, both in bilingual(value):
        vi, en = both.get("vi"), both.get("en")
        if isinstance(vi, list) and isinstance(en, list):
            for number, (left, right) in enumerate(zip(vi, en, strict=False)):
                yield Pair(f"{path}[{number}]", _text(left), _text(right))
        else:
            yield Pair(path, _text(vi), _text(en))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string inside `value` with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from strings(inner, f"{path}[{number}]")
