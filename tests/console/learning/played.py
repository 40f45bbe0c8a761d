"""Rasa's processes, played, and a model that may be promoted. tests/console_e2e has real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import Settings

from bot.common import rasa_address
from bot.console.learning import promotion, rasa, shelf
from bot.console.models import ModelState, TrainedModel
from bot.console.roles import Role
from bot.launch import model as launch

Make = Callable[[Role], User]
BESIDE = "http://127.0.0.1:1"
LESSONS = 'version: "3.1"\nnlu: []\n'


@dataclass
class Processes:
    """What answers where; a process that leaves the usual address comes back with the present model."""

    data_dir: Path
    home: str
    at: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    starts: bool = True
    comes_back: bool = True
    # Answers questions, though not in time when it is asked how it is.
    slow: bool = False

    def start_beside(self, model: Path, address: str) -> rasa.Beside:
        if not self.starts:
            raise rasa.NotStarted("no memory")
        self.at[address] = model.name
        return rasa.Beside(address, self)  # type: ignore[arg-type]

    def leave(self, address: str) -> None:
        self.left.append(address)
        self.at.pop(address, None)
        if address == self.home and self.comes_back:
            self.at[address] = next((self.data_dir / "model").iterdir()).name

    def wait_for(self, address: str, model: str, seconds: float) -> bool:
        return self.at.get(address) == model and not (self.slow and address == BESIDE)

    # What a second process is asked when it is not needed.
    def terminate(self) -> None:
        self.left.append(BESIDE)

    def wait(self) -> None:
        """It is gone."""


@pytest.fixture
def processes(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Processes]:
    settings.HEZA = replace(settings.HEZA, data_dir=tmp_path, rasa_timeout=0.0)
    monkeypatch.setattr(launch, "MODELS", tmp_path / "checkout")
    launch.MODELS.mkdir()
    launch.present().write_text("model")
    monkeypatch.setattr(promotion, "_MARGIN_SECONDS", 0.0)
    home = settings.HEZA.rasa_url
    played = Processes(tmp_path, home)
    launch.place(tmp_path)
    played.at[home] = launch.present(tmp_path).name
    monkeypatch.setattr(rasa, "new_address", lambda: BESIDE)
    monkeypatch.setattr(rasa, "start_beside", played.start_beside)
    monkeypatch.setattr(rasa, "leave", played.leave)
    monkeypatch.setattr(rasa, "wait_for", played.wait_for)
    monkeypatch.setattr(rasa, "model_at", played.at.get)
    monkeypatch.setattr(rasa, "silent_canaries", lambda address: played.silent)
    yield played
    # Investors are always sent to a process that answers.
    assert played.at.get(rasa_address.current(settings.HEZA))


@pytest.fixture
def candidate(processes: Processes) -> TrainedModel:
    """A model that may be promoted."""
    present = shelf.serving().name
    row = TrainedModel.objects.create(lessons=LESSONS, state=ModelState.READY, compared_with=present)
    path = shelf.place_of(row)
    path.parent.mkdir(parents=True)
    path.write_text("model")
    row.path, row.name = str(path), shelf.name_of(path)
    row.save()
    return row


def state(row: TrainedModel) -> str:
    """The state in the database; the row is read anew."""
    row.refresh_from_db()
    return row.state


def long_ago() -> None:
    """Ten minutes pass in which no worker touches a model."""
    TrainedModel.objects.update(touched_at=timezone.now() - timedelta(minutes=10))


def on_trial(row: TrainedModel, officer: Make) -> None:
    """Bring a candidate into service beside the present model."""
    promotion.request(row.pk, officer(Role.MANAGER))
    promotion.begin(row.pk)
    assert state(row) == ModelState.TRIAL
