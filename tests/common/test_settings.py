"""Settings from the environment: an empty one is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.common import settings
from bot.common.settings import ROOT


def test_an_empty_data_folder_is_not_the_present_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEZA_SECRET", "only for this test")
    monkeypatch.setenv("HEZA_DATA_DIR", "")
    assert settings.load().data_dir == ROOT / "var"
    assert list(tmp_path.iterdir()) == []
