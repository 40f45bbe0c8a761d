"""Finding the two Pythons on machines that have them in different places, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.launch import pythons

Make = Callable[[Path, str], Path]


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any Python but those a test makes."""
    for name in ("XDG_DATA_HOME", "UV_PYTHON_INSTALL_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("sys.version_info", (3, 9, 0))
    return tmp_path


def test_pyenv_newest_patch_first(bare_machine: Path, interpreter: Make) -> None:
    versions = bare_machine / "pyenv" / "versions"
    interpreter(versions / "3.10.4/bin/python3.10", "3.10")
    newest = interpreter(versions / "3.10.13/bin/python3.10", "3.10")
    assert pythons.find_one(pythons.ISLAND) == newest


def test_uv_and_path(bare_machine: Path, interpreter: Make) -> None:
    uv = bare_machine / "home/.local/share/uv/python/cpython-3.10.16-linux-x86_64-gnu/bin/python3.10"
    island = interpreter(uv, "3.10")
    public = interpreter(bare_machine / "bin/python3.13", "3.13")
    assert pythons.find() == pythons.Pythons(island, public)


def test_locked_version_is_preferred(bare_machine: Path, interpreter: Make) -> None:
    interpreter(bare_machine / "bin/python3.12", "3.12")
    public = interpreter(bare_machine / "bin/python3.11", "3.11")
    assert pythons.find_one(pythons.PUBLIC) == public


def test_pyenv_shims_and_broken_builds_do_not_count(
    bare_machine: Path, interpreter: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreter(bare_machine / "shims/python3.10", "3.10")
    broken = interpreter(bare_machine / "bin/python3.10", "3.10")
    broken.write_text("#!/bin/sh\necho \"No module named '_ssl'\" >&2\nexit 1\n")
    monkeypatch.setenv("PATH", f"{bare_machine / 'shims'}:{bare_machine / 'bin'}")
    assert pythons.find_one(pythons.ISLAND) is None


def test_one_sentence_says_what_is_missing(bare_machine: Path, interpreter: Make) -> None:
    interpreter(bare_machine / "bin/python3.11", "3.11")
    with pytest.raises(pythons.Missing) as caught:
        pythons.find()
    sentence = str(caught.value)
    assert "Python 3.10 (for Rasa)" in sentence
    assert "3.11" not in sentence
    assert "`pyenv install 3.10`" in sentence
    assert "\n" not in sentence


def test_both_missing(bare_machine: Path) -> None:
    with pytest.raises(pythons.Missing, match=r"uv python install 3\.10 3\.11"):
        pythons.find()
