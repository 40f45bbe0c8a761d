"""The texts by whose meaning a record is found, and their vectors, computed once per wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.common import embedder
from bot.common.embedding_cache import Embed
from bot.registry.models import Kind, Record, Text

# Where the gist of a record stands; the vector's time grows with the length of the text.
_SUMMARY_FIELD = {
    Kind.PROCEDURE: "result",
    Kind.ZONE: "summary",
    Kind.INCENTIVE: "summary",
    Kind.FAQ: "answer",
    Kind.STATISTIC: "statement",
}
SUMMARY_LENGTH = 160
_BATCH = 32


@dataclass(frozen=True)
class Wording:
    """One text of a record before it has a vector."""

    record_id: str
    role: str
    language: str
    text: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What is unique in the table."""
        return self.record_id, self.role, self.language


def wordings(record_id: str, kind: str, content: Mapping[str, Any]) -> Iterator[Wording]:
    """Name (for a FAQ: question) and gist of a record in both languages."""
    role = Text.Role.QUESTION if kind == Kind.FAQ else Text.Role.NAME
    for language in ("vi", "en"):
        yield Wording(record_id, role, language, content["name"][language])
        gist = content[_SUMMARY_FIELD[Kind(kind)]][language]
        yield Wording(record_id, Text.Role.SUMMARY, language, _shorten(gist))


def refresh(
    records: Iterable[Record],
    report: Callable[[int, int], None] = lambda done, total: None,
    embed: Embed | None = None,
) -> int:
    """Bring the texts of published records up to date; how many vectors were put there.

    `report` is told how many of how many are done; `embed` is the process's own embedder unless given.
    """
    embed = embed or embedder.shared().embed
    records = list(records)
    wanted = {
        wording.key: wording
        for record in records
        if record.published and record.content is not None
        for wording in wordings(record.id, record.kind, record.content)
    }
    present = {
        (text.record_id, text.role, text.language): text
        for text in Text.objects.filter(record__in=records).defer("embedding")
    }
    stale = [text.pk for key, text in present.items() if key not in wanted or wanted[key].text != text.text]
    Text.objects.filter(pk__in=stale).delete()
    missing = [w for key, w in wanted.items() if key not in present or present[key].text != w.text]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        report(start, len(missing))
        vectors = embed([wording.text for wording in batch]).astype("<f2")
        Text.objects.bulk_create(
            _row(wording, vector) for wording, vector in zip(batch, vectors, strict=True)
        )
    return len(missing)


def _row(wording: Wording, vector: np.ndarray[Any, np.dtype[np.float16]]) -> Text:
    return Text(
        record_id=wording.record_id,
        role=wording.role,
        language=wording.language,
        text=wording.text,
        embedding=vector.tobytes(),
    )


def _shorten(text: str) -> str:
    """The beginning, cut between words."""
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0]
