"""Nothing is done twice: a step is left out while its inputs and the database file are the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.common import settings as configuration
from bot.common.settings import Settings
from bot.launch import model, prepare
from bot.launch.prepare import PreparationFailed
from bot.launch.progress import Terminal


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose manage.py notes what it is asked and makes the database."""
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "WEB_PYTHON", Path("/bin/sh"))
    (tmp_path / "manage.py").write_text("echo $1 >> asked; touch heza.sqlite3; test ! -e broken\n")
    (tmp_path / "data" / "registry").mkdir(parents=True)
    (tmp_path / "data" / "registry" / "zones.yml").write_text("records: []\n")
    present = tmp_path / "model.tar.gz"
    present.touch()
    monkeypatch.setattr(model, "present", lambda data_dir=None: present)
    return tmp_path


@pytest.fixture
def settings(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("HEZA_DATA_DIR", str(checkout))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{checkout / 'heza.sqlite3'}")
    return configuration.load()


def asked(checkout: Path) -> list[str]:
    return (checkout / "asked").read_text().split()


def test_second_time_nothing_runs(checkout: Path, settings: Settings) -> None:
    prepare.prepare(settings)
    prepare.prepare(settings)
    assert asked(checkout) == ["migrate", "seed"]


def test_changed_records_are_seeded_again(checkout: Path, settings: Settings) -> None:
    prepare.prepare(settings)
    (checkout / "data" / "registry" / "zones.yml").write_text("records: [{id: a}]\n")
    prepare.prepare(settings)
    assert asked(checkout) == ["migrate", "seed", "seed"]


def test_a_new_database_file_is_filled(checkout: Path, settings: Settings) -> None:
    prepare.prepare(settings)
    (checkout / "heza.sqlite3").rename(checkout / "kept.sqlite3")
    prepare.prepare(settings)
    assert asked(checkout) == ["migrate", "seed"] * 2


def test_a_database_server_is_always_asked(checkout: Path, settings: Settings) -> None:
    server = replace(settings, database_url="postgresql://heza@db/heza")
    prepare.prepare(server)
    prepare.prepare(server)
    assert asked(checkout) == ["migrate", "seed"] * 2


def test_a_failing_command_is_quoted_and_tried_again(checkout: Path, settings: Settings) -> None:
    (checkout / "manage.py").write_text("echo asked; echo zones.yml: record a: name.vi is missing; exit 1\n")
    for _ in range(2):
        with pytest.raises(PreparationFailed, match=r"record a: name.vi is missing"):
            prepare.prepare(settings)


def test_a_missing_model_is_trained(
    checkout: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[Path] = []

    def train(environment: object, log: Path, *_: object) -> Path:
        trained.append(log)
        return model.present()

    monkeypatch.setattr(model, "train", train)
    prepare.prepare(settings)
    assert trained == []
    model.present().unlink()
    prepare.prepare(settings)
    assert trained == [checkout / "logs" / "train.log"]


def test_the_terminal_shows_step_share_and_result() -> None:
    console = Console(record=True, width=100, force_terminal=False)
    with Terminal(console) as terminal:
        terminal.at("records", 0.5)
        terminal.done("records", "142 records")
    line = console.export_text()
    assert "[6/8]" in line
    assert "%" in line
    assert "142 records" in line
