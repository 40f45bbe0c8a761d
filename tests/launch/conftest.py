"""Interpreters that are none, for trying the search for Pythons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def interpreter() -> Callable[[Path, str], Path]:
    """Makes a file that answers the version probe as a Python of that version would."""

    def make(path: Path, version: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\necho {version}\n")
        path.chmod(0o755)
        return path

    return make
