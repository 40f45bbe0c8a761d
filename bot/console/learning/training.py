"""Making a candidate: the approved examples are added to the training data; then it is compared."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from bot.common.settings import ROOT
from bot.console import audit
from bot.console.learning import lessons, shelf, verdict
from bot.console.learning.examples import FOLLOW_UP
from bot.console.models import ModelState, TrainedModel, TrainingExample, Turn
from bot.conversations.database import unit
from bot.launch import model as launch
from bot.launch.orphans import die_with_parent
from bot.launch.processes import RASA_PYTHON, rasa_environment
from bot.launch.state import PREPARING, AlreadyRunning, Lock

# How many of the latest questions of investors a candidate is tried on.
UTTERANCES = 500
# A comparison with a model that has been replaced is out of date.
COMPARABLE = (ModelState.READY, ModelState.RETURNED)
# What a training usually takes, for the first estimate.
USUAL_SECONDS = 150
# A training that was asked for so long ago is not in the queue any more.
_LOST = timedelta(hours=1)
_COMPARE = "bot.assistant.trial.compare"

Report = Callable[[float], None]


class Busy(Exception):
    """A model is being trained already."""


class NothingNew(Exception):
    """The approved examples are those the present model has learned."""


class ComparisonFailed(Exception):
    """The comparison ended without a result; the message holds the end of its log."""


def request(by: User) -> TrainedModel:
    """A candidate of the examples approved so far, for the worker to make; raises `Busy`, `NothingNew`."""
    present = shelf.serving()
    examples = lessons.approved()
    content = lessons.content(examples)
    if content == present.lessons:
        raise NothingNew
    try:
        return _request(by, content, len(examples))
    except IntegrityError as error:
        raise Busy from error


@unit
def _request(by: User, content: str, count: int) -> TrainedModel:
    row = TrainedModel.objects.create(started_by=by, lessons=content, examples=count)
    audit.record(by, "model_requested", row.pk, examples=count)
    return row


def compare_again(row_id: int, by: User) -> TrainedModel:
    """Have the worker compare a trained candidate with the model in service now; raises `Busy`.

    It goes through the queue like a training, which finds its file and goes on to the comparison.
    """
    try:
        return _compare_again(row_id, by)
    except IntegrityError as error:
        raise Busy from error


@unit
def _compare_again(row_id: int, by: User) -> TrainedModel:
    row = TrainedModel.objects.select_for_update().get(pk=row_id)
    if row.state not in COMPARABLE:
        raise Busy
    row.state, row.reason, row.progress, row.touched_at = ModelState.QUEUED, "", 0.0, timezone.now()
    row.save()
    audit.record(by, "comparison_requested", row.name)
    return row


def run(row_id: int) -> None:
    """Train and compare; whatever goes wrong stands in the row."""
    row = TrainedModel.objects.get(pk=row_id)
    if row.state != ModelState.QUEUED:
        return
    try:
        with Lock(settings.HEZA.data_dir, PREPARING):
            _train(row)
            _compare(row)
    except (launch.TrainingFailed, ComparisonFailed, AlreadyRunning, OSError) as error:
        note(row, state=ModelState.FAILED, reason=str(error)[-2000:])
        return
    found = verdict.faults(row.comparison)
    note(row, state=ModelState.REFUSED if found else ModelState.READY, progress=1.0)


def interrupted() -> None:
    """A worker that begins finds what the one before left undone."""
    lost = Q(state=ModelState.QUEUED, touched_at__lt=timezone.now() - _LOST)
    left = TrainedModel.objects.filter(Q(state__in=(ModelState.TRAINING, ModelState.COMPARING)) | lost)
    for row in left:
        note(row, state=ModelState.FAILED, reason="interrupted")


@unit
def note(row: TrainedModel, **changes: Any) -> None:
    """Write what has changed about a model."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.touched_at = timezone.now()
    row.save(update_fields=[*changes, "touched_at"])


def expected_seconds() -> int:
    """What a training takes here: as long as the last one."""
    known = TrainedModel.objects.filter(training_seconds__isnull=False).order_by("-id")
    return known.values_list("training_seconds", flat=True).first() or USUAL_SECONDS


def _train(row: TrainedModel) -> None:
    folder = settings.HEZA.data_dir
    # None when every example was rejected again: that is the checkout's own model.
    files = [shelf.lessons_file(row)] if row.lessons else []
    note(row, state=ModelState.TRAINING, progress=0.0)
    begun = time.monotonic()
    path = shelf.place_of(row)
    if not path.exists():
        log = folder / "logs" / "candidate.log"
        environment = rasa_environment(settings.HEZA)
        path = launch.train(environment, log, _reporter(row), files, folder, politely=True)
        note(row, training_seconds=round(time.monotonic() - begun))
    note(row, path=str(path), name=shelf.name_of(path), checksum=shelf.checksum_of(row))


def _compare(row: TrainedModel) -> None:
    present = shelf.serving()
    note(row, state=ModelState.COMPARING, progress=0.0, compared_with=present.name)
    given = {"utterances": list(utterances()), "lessons": list(_lessons())}
    note(row, comparison=_compared(Path(present.path), Path(row.path), given, _reporter(row)))


def utterances(most: int = UTTERANCES) -> Iterable[dict[str, Any]]:
    """The latest questions of investors, each with the record that was in mind when it was asked."""
    latest = list(
        Turn.objects.filter(pressed=False, test=False, confidence__isnull=False)
        .order_by("-message_id")
        .values_list("pk", "conversation")[:most]
    )
    wanted = {pk for pk, _ in latest}
    talks = Turn.objects.filter(conversation__in={talk for _, talk in latest}).select_related("message")
    in_mind: tuple[Any, str | None, str | None] = (None, None, None)
    for turn in talks.order_by("conversation", "message_id"):
        if in_mind[0] != turn.conversation_id:
            in_mind = (turn.conversation_id, None, None)
        if turn.pk in wanted:
            yield {
                "id": turn.pk,
                "text": turn.message.text,
                "language": turn.language or None,
                "record": in_mind[1],
                "aspect": in_mind[2],
            }
        if turn.record:
            in_mind = (turn.conversation_id, turn.record, turn.aspect or None)


def _lessons() -> Iterable[dict[str, Any]]:
    """What the candidate must know now; a follow-up means nothing by itself."""
    for example in lessons.approved():
        if example.intent != FOLLOW_UP:
            yield _lesson(example)


def _lesson(example: TrainingExample) -> dict[str, Any]:
    return {
        "id": example.pk,
        "text": example.text,
        "language": example.language,
        "intent": example.intent,
        "record": example.record or None,
    }


def _compared(present: Path, candidate: Path, given: object, report: Report) -> dict[str, Any]:
    """Run the comparison in the island; its result."""
    log = settings.HEZA.data_dir / "logs" / "comparison.log"
    command = ["nice", "-n", "10", str(RASA_PYTHON), "-m", _COMPARE, str(present), str(candidate)]
    result: dict[str, Any] = {}
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=rasa_environment(settings.HEZA),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            preexec_fn=die_with_parent(),
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        json.dump(given, process.stdin)
        process.stdin.close()
        for line in process.stdout:
            said = json.loads(line)
            if "done" in said:
                report(said["done"])
            else:
                result = said
    if process.returncode or not result:
        end = "\n".join(log.read_text(encoding="utf-8").splitlines()[-8:])
        raise ComparisonFailed(f"code {process.returncode}\n{end}")
    return result


def _reporter(row: TrainedModel) -> Report:
    return lambda done: note(row, progress=done)
