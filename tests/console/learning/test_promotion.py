"""A model comes into service beside the one it replaces, and can be taken back. Rasa's processes are played.

tests/console_e2e does the same with real ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from bot.common import rasa_address
from bot.console.learning import promotion, rasa, shelf, tasks, training
from bot.console.models import Deed, ModelState, TrainedModel
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


def _state(row: TrainedModel) -> str:
    row.refresh_from_db()
    return row.state


def _long_ago() -> None:
    TrainedModel.objects.update(touched_at=timezone.now() - timedelta(minutes=10))


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


def test_rolling_back_after_the_usual_process_did_not_come_up(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    former = shelf.serving()
    _on_trial(candidate, officer)
    processes.comes_back = False
    promotion.finish(candidate.pk)
    assert not promotion.roll_back(candidate.pk, officer(Role.MANAGER))
    assert _state(candidate) == ModelState.RETURNING
    # It does not come up with the former one either: the candidate goes on answering.
    promotion.take_back(candidate.pk)
    assert (_state(candidate), rasa_address.current(settings.HEZA)) == (ModelState.RETURNING, BESIDE)
    processes.comes_back = True
    _long_ago()
    promotion.watch()
    assert _state(candidate) == ModelState.RETURNED
    assert processes.at[processes.home] == Path(former.path).name
    assert rasa_address.current(settings.HEZA) == processes.home
    assert launch.taught(processes.data_dir) == []
    assert shelf.serving() == former
    assert (BESIDE in processes.at, candidate.address) == (False, "")


def test_when_both_processes_are_gone_the_usual_one_is_waited_for(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    former = shelf.serving()
    _on_trial(candidate, officer)
    processes.comes_back = False
    promotion.finish(candidate.pk)
    del processes.at[BESIDE]
    promotion.watch()
    assert _state(candidate) == ModelState.RETURNED
    assert rasa_address.current(settings.HEZA) == processes.home
    assert launch.present(processes.data_dir) == Path(former.path)
    processes.at[processes.home] = Path(former.path).name


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


def test_a_second_process_that_is_only_slow_is_ended(
    candidate: TrainedModel, processes: Processes, officer: Make
) -> None:
    _on_trial(candidate, officer)
    processes.slow = True
    promotion.watch()
    assert _state(candidate) == ModelState.RETURNED
    assert (processes.left, candidate.address) == ([BESIDE], "")


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


class Killed(BaseException):
    """The worker ends here."""


def _killed(*_args: object, **_options: object) -> None:
    raise Killed


@pytest.mark.parametrize(
    ("module", "step"),
    [(rasa, "silent_canaries"), (rasa_address, "point"), (promotion, "TRIAL")],
    ids=["before it is asked", "before the change of the address", "after the change of the address"],
)
def test_a_worker_killed_while_starting_leaves_nobody_with_the_candidate(
    module: object, step: str, candidate: TrainedModel, processes: Processes, officer: Make,
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    promotion.request(candidate.pk, officer(Role.MANAGER))
    with monkeypatch.context() as patch:
        # No sum can be made with it, just after the address was changed.
        patch.setattr(module, step, None if step == "TRIAL" else _killed)
        with pytest.raises((Killed, TypeError)):
            promotion.begin(candidate.pk)
    assert _state(candidate) == ModelState.STARTING
    assert BESIDE in processes.at
    _long_ago()
    promotion.watch()
    assert (_state(candidate), candidate.address) == (ModelState.READY, "")
    assert rasa_address.current(settings.HEZA) == processes.home
    assert BESIDE not in processes.at


@pytest.mark.parametrize(
    ("module", "step"),
    [(shelf, "make_present"), (rasa, "leave"), (rasa_address, "clear"), (promotion, "end_beside"),
     (promotion, "_settled")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_worker_killed_while_settling_is_taken_up(
    module: object, step: str, candidate: TrainedModel, processes: Processes, officer: Make,
    settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    _on_trial(candidate, officer)
    with monkeypatch.context() as patch:
        patch.setattr(module, step, _killed)
        with pytest.raises(Killed):
            promotion.finish(candidate.pk)
    assert processes.at.get(rasa_address.current(settings.HEZA))
    _long_ago()
    promotion.watch()
    assert _state(candidate) == ModelState.SERVING
    assert (shelf.serving(), BESIDE in processes.at) == (candidate, False)


@pytest.mark.parametrize("home_failed", [False, True])
@pytest.mark.parametrize(
    ("module", "step"),
    [(promotion, "_stands_by"), (shelf, "make_present"), (rasa, "leave"), (rasa_address, "clear"),
     (promotion, "_answers_again"), (promotion, "end_beside")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_whoever_is_killed_while_rolling_back_the_former_model_answers(
    module: object, step: str, home_failed: bool, candidate: TrainedModel, processes: Processes,
    officer: Make, settings: Settings, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    former = shelf.serving()
    _on_trial(candidate, officer)
    if home_failed:
        processes.comes_back = False
        promotion.finish(candidate.pk)
        processes.comes_back = True
    with monkeypatch.context() as patch, suppress(Killed):
        patch.setattr(module, step, _killed)
        promotion.roll_back(candidate.pk, officer(Role.MANAGER))
        promotion.take_back(candidate.pk)
    assert processes.at.get(rasa_address.current(settings.HEZA))
    for _ in range(2):
        _long_ago()
        promotion.watch()
    assert _state(candidate) == ModelState.RETURNED
    assert processes.at[rasa_address.current(settings.HEZA)] == Path(former.path).name
    assert (shelf.serving(), BESIDE in processes.at) == (former, False)


def test_ending_the_trial_early_is_the_deed_of_whoever_did_it(
    candidate: TrainedModel, processes: Processes, officer: Make
) -> None:
    _on_trial(candidate, officer)
    by = officer(Role.ADMINISTRATOR)
    promotion.keep(candidate.pk, by)
    promotion.finish(candidate.pk)
    assert Deed.objects.get(action="model_kept").by == by
    assert Deed.objects.get(action="model_in_service").by is None
    with pytest.raises(promotion.NotNow):
        promotion.keep(candidate.pk, by)


def test_a_comparison_with_a_model_that_was_replaced_is_made_again(
    client: Client, candidate: TrainedModel, processes: Processes, officer: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    by = officer(Role.MANAGER)
    TrainedModel.objects.filter(pk=candidate.pk).update(compared_with="heza-former")
    with pytest.raises(promotion.Stale):
        promotion.request(candidate.pk, by)
    client.force_login(by)
    page = client.get(reverse("console:learning:model", args=[candidate.pk])).content.decode()
    assert reverse("console:learning:promote", args=[candidate.pk]) not in page
    assert "không còn phục vụ" in page
    queued: list[int] = []
    monkeypatch.setattr(tasks, "train", queued.append)
    address = reverse("console:learning:compare", args=[candidate.pk])
    assert address in page
    client.post(address)
    assert (_state(candidate), queued) == (ModelState.QUEUED, [candidate.pk])
    # The worker finds its file, and only compares.
    (processes.data_dir / "logs").mkdir(exist_ok=True)
    scores = dict.fromkeys(
        ("right_vi", "right_en", "wrong_record", "off_topic_not_answered", "language"), 1.0
    )
    result = {"scores": {"present": scores, "candidate": scores}}
    monkeypatch.setattr(training, "_compared", lambda *_args: result)
    training.run(candidate.pk)
    assert (_state(candidate), candidate.compared_with) == (ModelState.READY, shelf.serving().name)
    promotion.request(candidate.pk, by)


def test_one_at_a_time(candidate: TrainedModel, processes: Processes, officer: Make) -> None:
    _on_trial(candidate, officer)
    other = TrainedModel.objects.create(
        lessons=LESSONS,
        state=ModelState.READY,
        path=candidate.path,
        name="other",
        compared_with=candidate.compared_with,
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


def test_a_file_that_another_model_serves_from_stays(
    candidate: TrainedModel, processes: Processes, officer: Make
) -> None:
    _on_trial(candidate, officer)
    promotion.finish(candidate.pk)
    twin = TrainedModel.objects.create(
        lessons=LESSONS, state=ModelState.READY, path=candidate.path, name="twin"
    )
    assert shelf.serving() == candidate
    promotion.discard(twin.pk, officer(Role.MANAGER))
    assert Path(candidate.path).exists()
    assert (shelf.serving(), _state(candidate)) == (candidate, ModelState.SERVING)
