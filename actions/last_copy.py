"""The last good copy of the registry's records on disk, with the day it was made, and in memory for names."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

Record = dict[str, Any]


class LastCopy:
    """One JSON file a kind in `folder`: {"kept_on": "2026-11-24", "items": [Record, …]}."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._kinds: dict[str, tuple[list[Record], str]] = {}
        self._by_id: dict[str, Record] = {}

    def keep(self, kind: str, items: list[Record]) -> None:
        """Replace the copy of a kind; the file is only written when something changed."""
        kept_on = datetime.now(timezone.utc).date().isoformat()
        with self._lock:
            before = self._kinds.get(kind)
            self._set(kind, items, kept_on)
            if before == (items, kept_on):
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{kind}.json"
            fresh = path.with_suffix(".new")
            content = {"kept_on": kept_on, "items": items}
            fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            fresh.replace(path)

    def load(self, kind: str) -> tuple[list[Record] | None, str | None]:
        """The records and the ISO date of the copy; (None, None) when there never was one."""
        with self._lock:
            if kind not in self._kinds:
                path = self._folder / f"{kind}.json"
                if not path.exists():
                    return None, None
                content = json.loads(path.read_text(encoding="utf-8"))
                self._set(kind, content["items"], content["kept_on"])
            return self._kinds[kind]

    def find(self, record: str) -> Record | None:
        """A record of any kind by its id; right after a start from what an earlier run left."""
        if not self._by_id:
            for path in self._folder.glob("*.json"):
                self.load(path.stem)
        return self._by_id.get(record)

    def _set(self, kind: str, items: list[Record], kept_on: str) -> None:
        self._kinds[kind] = (items, kept_on)
        others = {key: item for key, item in self._by_id.items() if item["kind"] != kind}
        self._by_id = {**others, **{item["id"]: item for item in items}}
