"""A candidate is made of the approved examples, compared, refused when it is worse. Rasa is played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from bot.console.learning import examples, shelf, training, verdict
from bot.console.models import ModelState, TrainedModel, TrainingExample
from bot.console.roles import Role
from bot.conversations.models import Conversation
from bot.launch import model as launch
from tests.console.learning.conftest import Ask, Files, Make

pytestmark = pytest.mark.django_db
Worker = Callable[[dict[str, Any]], list[Any]]
SCORES = {
    "right_vi": 90.0, "right_en": 88.0, "wrong_record": 4.0, "off_topic_not_answered": 97.0, "language": 99.0,
}  # fmt: skip


def _comparison(**candidate: float) -> dict[str, Any]:
    return {
        "scores": {"present": SCORES, "candidate": {**SCORES, **candidate}},
        "questions": [],
        "utterances": [],
        "lessons": {"count": 1, "learned": 1, "missed": []},
    }


@pytest.fixture
def worker(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """Training writes a file; the comparison finds what it is told; what both were given is returned."""
    settings.HEZA = replace(settings.HEZA, data_dir=tmp_path)
    (tmp_path / "logs").mkdir()

    def prepare(comparison: dict[str, Any]) -> list[Any]:
        given: list[Any] = []

        def train(
            environment: object, log: Path, report: Any, lessons: list[Path], folder: Path, politely: bool
        ) -> Path:
            given.append(lessons[0].read_text(encoding="utf-8"))
            report(0.5)
            path = launch.of(lessons, folder)
            path.parent.mkdir(exist_ok=True)
            path.write_text("model")
            return path

        def compared(present: Path, candidate: Path, asked: Any, report: Any) -> dict[str, Any]:
            given.append(asked)
            return comparison

        monkeypatch.setattr(launch, "train", train)
        monkeypatch.setattr(training, "_compared", compared)
        return given

    return prepare


@pytest.fixture
def approved(seeded: Files, officer: Make) -> None:
    (made,) = examples.propose(
        [("sếp Hàn cần giấy gì", "vi", None)],
        ("ask_procedure", "work_permit", "documents"),
        officer(Role.REVIEWER),
    )
    examples.decide(made.pk, approve=True, by=officer(Role.MANAGER))


def test_a_candidate_that_is_as_good(approved: None, worker: Worker, officer: Make, ask: Ask) -> None:
    talk = Conversation.objects.create(language="vi")
    first = ask("giấy phép lao động", talk=talk, aspect="fee")
    second = ask("còn thời gian?", talk=talk, aspect="time")
    given = worker(_comparison(right_vi=90.5))
    row = training.request(officer(Role.MANAGER))
    with pytest.raises(training.Busy):
        training.request(officer(Role.MANAGER))
    training.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.reason) == (ModelState.READY, "")
    assert row.compared_with == shelf.serving().name
    assert shelf.is_current(row)
    lessons, asked = given
    assert "ask_procedure/work_permit.documents" in lessons
    assert [lesson["text"] for lesson in asked["lessons"]] == ["sếp Hàn cần giấy gì"]
    # A question is asked again with what was in mind when it was asked.
    assert {each["id"]: (each["record"], each["aspect"]) for each in asked["utterances"]} == {
        first.pk: (None, None),
        second.pk: ("work_permit", "fee"),
    }
    training.run(row.pk)
    assert len(given) == 2


def test_a_worse_candidate_is_refused(approved: None, worker: Worker, officer: Make) -> None:
    worker(_comparison(wrong_record=4.6, right_en=86.5))
    row = training.request(officer(Role.MANAGER))
    training.run(row.pk)
    row.refresh_from_db()
    assert row.state == ModelState.REFUSED
    assert {fault["figure"] for fault in verdict.faults(row.comparison)} == {"wrong_record", "right_en"}


@pytest.mark.parametrize("failure", [launch.TrainingFailed("the end of the log"), OSError("disk full")])
def test_a_failure_stands_on_the_model(
    approved: None,
    worker: Worker,
    officer: Make,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
) -> None:
    worker(_comparison())

    def train(*_: object, **__: object) -> Path:
        raise failure

    monkeypatch.setattr(launch, "train", train)
    row = training.request(officer(Role.MANAGER))
    training.run(row.pk)
    row.refresh_from_db()
    assert row.state == ModelState.FAILED
    assert str(failure) in row.reason


def test_a_new_worker_gives_up_what_the_last_one_left(db: None) -> None:
    row = TrainedModel.objects.create(state=ModelState.TRAINING)
    training.interrupted()
    row.refresh_from_db()
    assert row.state == ModelState.FAILED
    queued = TrainedModel.objects.create()
    training.interrupted()
    queued.refresh_from_db()
    assert queued.state == ModelState.QUEUED
    TrainedModel.objects.update(touched_at=timezone.now() - timedelta(hours=2))
    training.interrupted()
    queued.refresh_from_db()
    assert queued.state == ModelState.FAILED


def test_when_every_example_was_rejected_the_checkouts_own_model_comes_back(
    approved: None, worker: Worker, officer: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(launch, "MODELS", tmp_path / "checkout")
    given = worker(_comparison())
    taught = training.request(officer(Role.MANAGER))
    training.run(taught.pk)
    shelf.make_present(TrainedModel.objects.get(pk=taught.pk))
    TrainedModel.objects.filter(pk=taught.pk).update(state=ModelState.SERVING)
    examples.decide(TrainingExample.objects.get().pk, approve=False, by=officer(Role.MANAGER))
    launch.MODELS.mkdir()
    launch.present().write_text("model")
    row = training.request(officer(Role.MANAGER))
    training.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.path) == (ModelState.READY, str(launch.present()))
    # It was there: nothing had to be trained.
    assert [each for each in given if isinstance(each, str)] == [taught.lessons]


@pytest.mark.parametrize(
    ("candidate", "worse"),
    [
        ({}, []),
        ({"right_vi": 89.3}, []),
        ({"right_vi": 89.1}, ["right_vi"]),
        ({"wrong_record": 4.5}, []),
        ({"wrong_record": 4.55}, ["wrong_record"]),
        ({"off_topic_not_answered": 95.5}, ["off_topic_not_answered"]),
        ({"right_vi": 100.0, "wrong_record": 0.0}, []),
    ],
)
def test_bounds(candidate: dict[str, float], worse: list[str]) -> None:
    assert [fault["figure"] for fault in verdict.faults(_comparison(**candidate))] == worse


def test_a_candidate_that_has_not_learned_what_it_was_taught() -> None:
    comparison = {**_comparison(), "lessons": {"count": 10, "learned": 7, "missed": [1, 2, 3]}}
    assert [fault["figure"] for fault in verdict.faults(comparison)] == ["lessons"]
