"""A model comes into service beside the one it replaces, and can be taken back. Rasa's processes are played.

tests/console_e2e does the same with real ones.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from bot.common import rasa_address
from bot.console.learning import promotion, shelf, tasks, training
from bot.console.models import Deed, ModelState, TrainedModel
from bot.console.roles import Role
from bot.launch import model as launch
from tests.console.learning.played import BESIDE, LESSONS, Make, Processes, long_ago, on_trial, state

pytestmark = pytest.mark.django_db


def test_the_next_question_goes_to_the_candidate(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    on_trial(candidate, officer)
    assert rasa_address.current(settings.HEZA) == BESIDE
    assert candidate.trial_until is not None
    assert candidate.trial_until > timezone.now() + timedelta(minutes=9)
    assert processes.left == []


def test_rolling_back(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    on_trial(candidate, officer)
    promotion.roll_back(candidate.pk, officer(Role.MANAGER))
    assert rasa_address.current(settings.HEZA) == processes.home
    assert launch.taught(processes.data_dir) == []
    promotion.end_beside(BESIDE)
    assert processes.left == [BESIDE]
    assert state(candidate) == ModelState.RETURNED
    with pytest.raises(promotion.NotNow):
        promotion.roll_back(candidate.pk, None)
    on_trial(candidate, officer)


def test_the_usual_process_takes_over(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    former = shelf.serving()
    on_trial(candidate, officer)
    promotion.finish(candidate.pk)
    assert state(candidate) == ModelState.SERVING
    assert state(former) == ModelState.RETIRED
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
    on_trial(candidate, officer)
    promotion.finish(candidate.pk)
    on_trial(former, officer)
    promotion.finish(former.pk)
    assert launch.taught(processes.data_dir) == []
    assert state(candidate) == ModelState.RETIRED


def test_when_the_usual_process_does_not_come_up_the_second_goes_on(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    on_trial(candidate, officer)
    processes.comes_back = False
    promotion.finish(candidate.pk)
    assert state(candidate) == ModelState.TRIAL
    assert rasa_address.current(settings.HEZA) == BESIDE
    processes.at[processes.home] = Path(candidate.path).name
    promotion.finish(candidate.pk)
    assert state(candidate) == ModelState.SERVING


def test_rolling_back_after_the_usual_process_did_not_come_up(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    former = shelf.serving()
    on_trial(candidate, officer)
    processes.comes_back = False
    promotion.finish(candidate.pk)
    assert not promotion.roll_back(candidate.pk, officer(Role.MANAGER))
    assert state(candidate) == ModelState.RETURNING
    # It does not come up with the former one either: the candidate goes on answering.
    promotion.take_back(candidate.pk)
    assert (state(candidate), rasa_address.current(settings.HEZA)) == (ModelState.RETURNING, BESIDE)
    processes.comes_back = True
    long_ago()
    promotion.watch()
    assert state(candidate) == ModelState.RETURNED
    assert processes.at[processes.home] == Path(former.path).name
    assert rasa_address.current(settings.HEZA) == processes.home
    assert launch.taught(processes.data_dir) == []
    assert shelf.serving() == former
    assert (BESIDE in processes.at, candidate.address) == (False, "")


def test_when_both_processes_are_gone_the_usual_one_is_waited_for(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    former = shelf.serving()
    on_trial(candidate, officer)
    processes.comes_back = False
    promotion.finish(candidate.pk)
    del processes.at[BESIDE]
    promotion.watch()
    assert state(candidate) == ModelState.RETURNED
    assert rasa_address.current(settings.HEZA) == processes.home
    assert launch.present(processes.data_dir) == Path(former.path)
    processes.at[processes.home] = Path(former.path).name


def test_a_silent_canary_is_a_refusal(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    processes.silent = ["How long?"]
    promotion.request(candidate.pk, officer(Role.MANAGER))
    promotion.begin(candidate.pk)
    assert state(candidate) == ModelState.REFUSED
    assert candidate.reason == "How long?"
    assert processes.left == [BESIDE]
    assert rasa_address.current(settings.HEZA) == processes.home


def test_a_process_that_does_not_start(candidate: TrainedModel, processes: Processes, officer: Make) -> None:
    processes.starts = False
    promotion.request(candidate.pk, officer(Role.MANAGER))
    promotion.begin(candidate.pk)
    assert state(candidate) == ModelState.FAILED
    assert candidate.reason == "no memory"


def test_a_second_process_that_dies_is_noticed(
    candidate: TrainedModel, processes: Processes, officer: Make, settings: Settings
) -> None:
    on_trial(candidate, officer)
    promotion.watch()
    assert state(candidate) == ModelState.TRIAL
    del processes.at[BESIDE]
    promotion.watch()
    assert state(candidate) == ModelState.RETURNED
    assert candidate.reason == "gone"
    assert rasa_address.current(settings.HEZA) == processes.home


def test_a_second_process_that_is_only_slow_is_ended(
    candidate: TrainedModel, processes: Processes, officer: Make
) -> None:
    on_trial(candidate, officer)
    processes.slow = True
    promotion.watch()
    assert state(candidate) == ModelState.RETURNED
    assert (processes.left, candidate.address) == ([BESIDE], "")


def test_a_trial_ends_by_itself(candidate: TrainedModel, processes: Processes, officer: Make) -> None:
    on_trial(candidate, officer)
    TrainedModel.objects.update(trial_until=timezone.now())
    promotion.watch()
    assert state(candidate) == ModelState.SERVING


def test_ending_the_trial_early_is_the_deed_of_whoever_did_it(
    candidate: TrainedModel, processes: Processes, officer: Make
) -> None:
    on_trial(candidate, officer)
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
    assert (state(candidate), queued) == (ModelState.QUEUED, [candidate.pk])
    # The worker finds its file, and only compares.
    (processes.data_dir / "logs").mkdir(exist_ok=True)
    scores = dict.fromkeys(
        ("right_vi", "right_en", "wrong_record", "off_topic_not_answered", "language"), 1.0
    )
    result = {"scores": {"present": scores, "candidate": scores}}
    monkeypatch.setattr(training, "_compared", lambda *_args: result)
    training.run(candidate.pk)
    assert (state(candidate), candidate.compared_with) == (ModelState.READY, shelf.serving().name)
    promotion.request(candidate.pk, by)


def test_one_at_a_time(candidate: TrainedModel, processes: Processes, officer: Make) -> None:
    on_trial(candidate, officer)
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
    on_trial(candidate, officer)
    promotion.finish(candidate.pk)
    twin = TrainedModel.objects.create(
        lessons=LESSONS, state=ModelState.READY, path=candidate.path, name="twin"
    )
    assert shelf.serving() == candidate
    promotion.discard(twin.pk, officer(Role.MANAGER))
    assert Path(candidate.path).exists()
    assert (shelf.serving(), state(candidate)) == (candidate, ModelState.SERVING)
