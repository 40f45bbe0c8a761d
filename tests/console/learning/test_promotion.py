"""A model comes into service beside the one it replaces, and can be taken back. Rasa's processes are played.

tests/console_e2e does the same with real ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from bot.common import rasa_address
from bot.console.learning import promotion, rasa, shelf
from bot.console.models import ModelState, TrainedModel
from bot.console.roles import Role
from bot.launch import model as launch
from tests.console.learning.conftest import Make

pytestmark = pytest.mark.django_db
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

    def start_beside(self, model: Path) -> rasa.Beside:
        if not self.starts:
            raise rasa.NotStarted("no memory")
        self.at[BESIDE] = model.name
        return rasa.Beside(BESIDE, self)  # type: ignore[arg-type]

    def leave(self, address: str) -> None:
        self.left.append(address)
        del self.at[address]
        if address == self.home and self.comes_back:
            self.at[address] = next((self.data_dir / "model").iterdir()).name

    def wait_for(self, address: str, model: str, seconds: float) -> bool:
        return self.at.get(address) == model

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
    row = TrainedModel.objects.create(lessons=LESSONS, state=ModelState.READY)
    path = shelf.place_of(row)
    path.parent.mkdir(parents=True)
    path.write_text("model")
    row.path, row.name = str(path), shelf.name_of(path)
    row.save()
    return row


def _state(row: TrainedModel) -> str:
    row.refresh_from_db()
    return row.state


def _on_trial(row: TrainedModel, officer: Make) -> None:
    promotion.request(row.pk, officer(Role.MANAGER))
    promotion.begin(row.pk)
    assert _state(row) == ModelState.TRIAL


def test_the_next_question_goes_to_the_candidate(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    _on_trial(candidate, officer)
    assert rasa_address.current(settings.HEZA) == BESIDE
    assert candidate.trial_until is not None
    assert candidate.trial_until > timezone.now() + timedelta(minutes=9)
    assert processes.left == []


def test_rolling_back(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    _on_trial(candidate, officer)
    promotion.roll_back(candidate.pk, officer(Role.MANAGER))
    assert rasa_address.current(settings.HEZA) == processes.home
    assert launch.taught(processes.data_dir) == []
    promotion.end_beside(BESIDE)
    assert processes.left == [BESIDE]
    assert _state(candidate) == ModelState.RETURNED
    with pytest.raises(promotion.NotNow):
        promotion.roll_back(candidate.pk, None)
    _on_trial(candidate, officer)


def test_the_usual_process_takes_over(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    former = shelf.serving()
    _on_trial(candidate, officer)
    promotion.finish(candidate.pk)
    assert _state(candidate) == ModelState.SERVING
    assert _state(former) == ModelState.RETIRED
    assert processes.at[processes.home] == Path(candidate.path).name
    assert processes.left == [processes.home, BESIDE]
    assert rasa_address.current(settings.HEZA) == processes.home
    # What a restart or a new release finds.
    assert launch.present(processes.data_dir) == Path(candidate.path)
    assert shelf.serving() == candidate


def test_a_former_model_can_be_brought_back(
    candidate: TrainedModel, processes: Processes, officer: Make
) -> None:
    former = shelf.serving()
    _on_trial(candidate, officer)
    promotion.finish(candidate.pk)
    _on_trial(former, officer)
    promotion.finish(former.pk)
    assert launch.taught(processes.data_dir) == []
    assert _state(candidate) == ModelState.RETIRED


def test_when_the_usual_process_does_not_come_up_the_second_goes_on(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    _on_trial(candidate, officer)
    processes.comes_back = False
    promotion.finish(candidate.pk)
    assert _state(candidate) == ModelState.TRIAL
    assert rasa_address.current(settings.HEZA) == BESIDE
    processes.at[processes.home] = Path(candidate.path).name
    promotion.finish(candidate.pk)
    assert _state(candidate) == ModelState.SERVING


def test_a_silent_canary_is_a_refusal(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    processes.silent = ["How long?"]
    promotion.request(candidate.pk, officer(Role.MANAGER))
    promotion.begin(candidate.pk)
    assert _state(candidate) == ModelState.REFUSED
    assert candidate.reason == "How long?"
    assert processes.left == [BESIDE]
    assert rasa_address.current(settings.HEZA) == processes.home


def test_a_process_that_does_not_start(candidate: TrainedModel, processes: Processes, officer: Make) -> None:
    processes.starts = False
    promotion.request(candidate.pk, officer(Role.MANAGER))
    promotion.begin(candidate.pk)
    assert _state(candidate) == ModelState.FAILED
    assert candidate.reason == "no memory"


def test_a_second_process_that_dies_is_noticed(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    _on_trial(candidate, officer)
    promotion.watch()
    assert _state(candidate) == ModelState.TRIAL
    del processes.at[BESIDE]
    promotion.watch()
    assert _state(candidate) == ModelState.RETURNED
    assert candidate.reason == "gone"
    assert rasa_address.current(settings.HEZA) == processes.home


def test_a_trial_ends_by_itself(candidate: TrainedModel, processes: Processes, officer: Make) -> None:
    _on_trial(candidate, officer)
    TrainedModel.objects.update(trial_until=timezone.now())
    promotion.watch()
    assert _state(candidate) == ModelState.SERVING


def test_what_a_killed_worker_left_is_taken_up(
    candidate: TrainedModel, processes: Processes, officer: Make
) -> None:
    promotion.request(candidate.pk, officer(Role.MANAGER))
    promotion.watch()
    assert _state(candidate) == ModelState.STARTING
    TrainedModel.objects.update(touched_at=timezone.now() - timedelta(minutes=10))
    promotion.watch()
    assert _state(candidate) == ModelState.READY
    _on_trial(candidate, officer)
    long_ago = timezone.now() - timedelta(minutes=10)
    TrainedModel.objects.filter(pk=candidate.pk).update(state=ModelState.SETTLING, touched_at=long_ago)
    promotion.watch()
    assert _state(candidate) == ModelState.SERVING


def test_one_at_a_time(candidate: TrainedModel, processes: Processes, officer: Make) -> None:
    _on_trial(candidate, officer)
    other = TrainedModel.objects.create(
        lessons=LESSONS, state=ModelState.READY, path=candidate.path, name="other"
    )
    with pytest.raises(promotion.NotNow):
        promotion.request(other.pk, officer(Role.MANAGER))


def test_a_discarded_candidate_leaves_no_file(
    candidate: TrainedModel, processes: Processes, officer: Make
) -> None:
    promotion.discard(candidate.pk, officer(Role.MANAGER))
    assert not Path(candidate.path).exists()
    with pytest.raises(promotion.NotNow):
        promotion.discard(candidate.pk, officer(Role.MANAGER))
