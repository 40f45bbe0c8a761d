"""docs/settings.md lists every setting the code reads, and none that it does not."""

from __future__ import annotations

import re

from bot.common.settings import ROOT

# Read by the launcher itself to mark processes and to carry the start time over; nobody sets them.
INTERNAL = {"HEZA_LAUNCH_BEGUN", "HEZA_INSTALLATION", "HEZA_PROCESS"}
NAME = re.compile(r"[\"']((?:HEZA|TELEGRAM)_[A-Z_]+|DATABASE_URL|REDIS_URL)[\"']")


def test_settings_page_and_code_agree() -> None:
    read: set[str] = set()
    for folder in ("bot", "actions"):
        for path in (ROOT / folder).rglob("*.py"):
            read |= set(NAME.findall(path.read_text(encoding="utf-8")))
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    assert documented == read - INTERNAL
