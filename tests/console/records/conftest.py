"""A small registry of real records, and officers of every role."""

from __future__ import annotations

from tests.console.learning.conftest import Ask, Make, ask, officer
from tests.registry.conftest import CHOSEN, Files, entries, files, fixed_day, seeded, vectors

__all__ = [
    "CHOSEN",
    "Ask",
    "Files",
    "Make",
    "ask",
    "entries",
    "files",
    "fixed_day",
    "officer",
    "seeded",
    "vectors",
]
