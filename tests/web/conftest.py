"""Pages are tested on the small registry of tests/registry."""

from __future__ import annotations

from tests.registry.conftest import entries, files, fixed_day, seeded, vectors

__all__ = ["entries", "files", "fixed_day", "seeded", "vectors"]
