"""All published records in memory, read anew only when a publication or a new day made them different.

There are some hundred records: filtering and searching them here is faster than any query, works the same on
every database, and folds diacritics and đ, which neither SQLite's nor PostgreSQL's search does.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bot.common.text import fold
from bot.registry import clock
from bot.registry.content.entries import strings
from bot.registry.models import Record, Version
from bot.registry.review import status


@dataclass(frozen=True)
class Item:
    """One record as the API shows it, with what it is searched by."""

    data: dict[str, Any]

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.data["id"])

    @cached_property
    def json(self) -> str:
        """The record as JSON text."""
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def names(self) -> list[str]:
        """Folded names and aliases, the names first."""
        name = self.data["name"]
        return [fold(text) for text in (name["vi"], name["en"], *self.data["aliases"])]

    @cached_property
    def words(self) -> str:
        """Every text of the record, folded."""
        return fold(" ".join(text for path, text in strings(self.data) if not path.startswith("citations")))


@dataclass(frozen=True)
class Snapshot:
    """The published records of one version on one day."""

    version: int
    today: date
    kinds: dict[str, dict[str, Item]]

    @property
    def etag(self) -> str:
        """The same as long as the API's answers are; labels change with the day."""
        return f'"{self.version}-{self.today.isoformat()}"'

    def get(self, kind: str, record_id: str) -> Item | None:
        """One record, None when there is none."""
        return self.kinds.get(kind, {}).get(record_id)

    def all(self, kind: str) -> Iterable[Item]:
        """All records of a kind in their own order."""
        return self.kinds.get(kind, {}).values()


def version() -> int:
    """The number of the last publication, 0 before the first."""
    return Version.objects.filter(id=1).values_list("number", flat=True).first() or 0


class Cache:
    """The latest snapshot of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: Snapshot | None = None

    def current(self) -> Snapshot:
        """The snapshot of now; costs one small query when nothing changed."""
        number, today = version(), clock.today()
        with self._lock:
            if self._latest is None or (self._latest.version, self._latest.today) != (number, today):
                self._latest = _read(number, today)
            return self._latest

    def clear(self) -> None:
        """Forget it: for tests, whose databases count from the beginning again."""
        with self._lock:
            self._latest = None


cache = Cache()


def shown(record: Record, today: date) -> dict[str, Any]:
    """A record as the API shows it: its content with kind, review date, sign-off and label."""
    content = dict(record.content or {})
    return {
        "id": record.id,
        "kind": record.kind,
        **content,
        "review_by": record.review_by.isoformat() if record.review_by else None,
        "verified_by": record.verified_by or None,
        "verified_on": record.verified_on.isoformat() if record.verified_on else None,
        "status": status(content["confidence"], record.review_by, record.verified_on, today),
        "updated_at": record.updated_at.isoformat(timespec="seconds"),
    }


def _read(number: int, today: date) -> Snapshot:
    kinds: dict[str, dict[str, Item]] = {}
    for record in Record.objects.filter(published=True, content__isnull=False).defer("draft", "search"):
        kinds.setdefault(record.kind, {})[record.id] = Item(shown(record, today))
    return Snapshot(number, today, kinds)
