"""The environments follow their locks: made once, refreshed when a lock changes, test tools kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.launch import environments
from bot.launch.environments import Environment, SetupFailed


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment to be, with its two locks."""
    monkeypatch.setattr(environments, "REQUIREMENTS", tmp_path)
    (tmp_path / "base.txt").write_text("rich==1\n")
    (tmp_path / "dev.txt").write_text("rich==1\npytest==1\n")
    return Environment(tmp_path / "venv", "base.txt", "dev.txt")


@pytest.fixture
def uv(tmp_path: Path) -> Path:
    """A uv that writes down what it is asked and makes an environment's interpreter."""
    path = tmp_path / "uv"
    path.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n'
        f'if [ "$1" = venv ]; then mkdir -p {tmp_path}/venv/bin\n'
        f"echo 'home = /somewhere/bin' > {tmp_path}/venv/pyvenv.cfg; touch {tmp_path}/venv/bin/python; fi\n"
    )
    path.chmod(0o755)
    return path


PYTHON = Path("/somewhere/bin/python3.11")


def asked(uv: Path) -> list[str]:
    return (uv.parent / "asked").read_text().splitlines()


def test_made_once_from_the_hashed_lock(environment: Environment, uv: Path, tmp_path: Path) -> None:
    assert not environments.is_current(environment, dev=False, requirements=tmp_path)
    environments.install(environment, PYTHON, uv, dev=False)
    assert environments.is_current(environment, dev=False, requirements=tmp_path)
    assert not environments.is_current(environment, dev=True, requirements=tmp_path)
    assert [line.split()[0] for line in asked(uv)] == ["venv", "pip"]
    assert "--require-hashes" in asked(uv)[1]
    assert asked(uv)[1].endswith("base.txt")


def test_changed_lock_refreshes_and_keeps_the_test_tools(
    environment: Environment, uv: Path, tmp_path: Path
) -> None:
    environments.install(environment, PYTHON, uv, dev=True)
    (tmp_path / "base.txt").write_text("rich==2\n")
    assert not environments.is_current(environment, dev=False, requirements=tmp_path)
    environments.install(environment, PYTHON, uv, dev=False)
    assert asked(uv)[-1].endswith("dev.txt")
    assert len(asked(uv)) == 3, "the environment itself is kept"
    assert environments.is_current(environment, dev=True, requirements=tmp_path)


def test_another_python_makes_it_anew(environment: Environment, uv: Path) -> None:
    environments.install(environment, PYTHON, uv, dev=False)
    environments.install(environment, Path("/elsewhere/bin/python3.12"), uv, dev=False)
    assert [line.split()[0] for line in asked(uv)] == ["venv", "pip", "venv", "pip"]


def test_a_failing_tool_is_quoted(environment: Environment, tmp_path: Path) -> None:
    uv = tmp_path / "failing"
    uv.write_text("#!/bin/sh\necho no route to the index; exit 2\n")
    uv.chmod(0o755)
    with pytest.raises(SetupFailed, match="no route to the index"):
        environments.install(environment, PYTHON, uv, dev=False)


def test_half_written_stamp_means_unknown(environment: Environment, uv: Path, tmp_path: Path) -> None:
    environments.install(environment, PYTHON, uv, dev=False)
    stamp = environment.folder / environments.STAMP
    stamp.write_text(json.dumps({"base.txt": "x"})[:5])
    assert not environments.is_current(environment, dev=False, requirements=tmp_path)
