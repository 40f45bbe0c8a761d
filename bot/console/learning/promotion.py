"""Bringing a model into service without losing a message, and taking it back.

The candidate starts in a second Rasa process, is asked canaries, and from one question to the next the
gateway asks it instead (`bot.common.rasa_address`). The former process finishes what it is at and stands by
for ten minutes: rolling back is one more change of the address. Then the usual process starts anew with the
new model while the second one answers, takes over, and the second one leaves.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone

from bot.common import rasa_address
from bot.console import audit
from bot.console.learning import rasa, shelf
from bot.console.learning.training import note
from bot.console.models import ModelState, TrainedModel
from bot.conversations.database import unit

log = logging.getLogger(__name__)

TRIAL = timedelta(minutes=10)
DISCARDABLE = (ModelState.READY, ModelState.REFUSED, ModelState.FAILED, ModelState.RETURNED)
# A step of a worker that was killed is taken up again after so long.
_LEFT = timedelta(minutes=6)
_MARGIN_SECONDS = 2.0


class NotNow(Exception):
    """The model is in a state in which this cannot be done, or another one is being brought into service."""


class Outdated(Exception):
    """The training data of the checkout has changed since, or the file is gone: train it anew."""


def request(row_id: int, by: User) -> TrainedModel:
    """Have the worker bring the model into service; raises `NotNow`, `Outdated`."""
    if not shelf.is_current(TrainedModel.objects.get(pk=row_id)):
        raise Outdated
    try:
        return _request(row_id, by)
    except IntegrityError as error:
        raise NotNow from error


@unit
def _request(row_id: int, by: User) -> TrainedModel:
    row = _in(row_id, *shelf.PROMOTABLE)
    row.state, row.reason, row.progress = ModelState.STARTING, "", 0.0
    row.promoted_by, row.promoted_at, row.touched_at = by, timezone.now(), timezone.now()
    row.save()
    audit.record(by, "model_promoted", row.name)
    return row


@unit
def discard(row_id: int, by: User) -> None:
    """A candidate that nobody wants; its file goes."""
    row = _in(row_id, *DISCARDABLE)
    row.state = ModelState.DISCARDED
    row.save()
    audit.record(by, "model_discarded", row.name)
    if row.path and row.lessons:
        Path(row.path).unlink(missing_ok=True)


def begin(row_id: int) -> None:
    """The worker's part: second process, canaries, change of the address, the trial begins."""
    row = TrainedModel.objects.get(pk=row_id)
    if row.state != ModelState.STARTING:
        return
    shelf.serving()
    try:
        beside = rasa.start_beside(Path(row.path))
    except rasa.NotStarted as error:
        note(row, state=ModelState.FAILED, reason=str(error))
        return
    silent = rasa.silent_canaries(beside.address)
    if silent:
        beside.end()
        note(row, state=ModelState.REFUSED, reason="\n".join(silent))
        return
    rasa_address.point(settings.HEZA, beside.address)
    note(row, state=ModelState.TRIAL, address=beside.address, trial_until=timezone.now() + TRIAL)
    log.info("model %s answers on trial", row.name)


def roll_back(row_id: int, by: User | None, reason: str = "") -> None:
    """The former model answers the next question; raises `NotNow` when the trial is over."""
    row = _return(row_id, by, reason)
    rasa_address.clear(settings.HEZA)
    log.warning("model %s was taken back", row.name)


@unit
def _return(row_id: int, by: User | None, reason: str) -> TrainedModel:
    row = _in(row_id, ModelState.TRIAL)
    row.state, row.reason, row.trial_until = ModelState.RETURNED, reason, None
    row.save()
    audit.record(by, "model_rolled_back", row.name)
    return row


def end_beside(address: str) -> None:
    """Let the process at `address` finish what it was asked, then end it."""
    time.sleep(settings.HEZA.rasa_timeout + _MARGIN_SECONDS)
    rasa.leave(address)


def finish(row_id: int) -> None:
    """The trial is over: the usual process starts anew with this model and takes over."""
    row = _settling(row_id)
    if row is None:
        return
    home, name = settings.HEZA.rasa_url, Path(row.path).name
    shelf.make_present(row)
    if rasa.model_at(home) != name:
        rasa.leave(home)
    if not rasa.wait_for(home, name, rasa.RETURN_SECONDS):
        # The second process goes on answering; the next round tries again.
        log.error("model %s: the usual process did not come up with it", row.name)
        note(row, state=ModelState.TRIAL, trial_until=timezone.now() + TRIAL)
        return
    rasa_address.clear(settings.HEZA)
    end_beside(row.address)
    _settled(row)
    log.info("model %s is in service", row.name)


@unit
def _settling(row_id: int) -> TrainedModel | None:
    row = TrainedModel.objects.select_for_update().get(pk=row_id)
    if row.state not in (ModelState.TRIAL, ModelState.SETTLING):
        return None
    row.state, row.touched_at, row.trial_until = ModelState.SETTLING, timezone.now(), None
    row.save()
    return row


@unit
def _settled(row: TrainedModel) -> None:
    TrainedModel.objects.filter(state=ModelState.SERVING).exclude(pk=row.pk).update(state=ModelState.RETIRED)
    row.state, row.address = ModelState.SERVING, ""
    row.save()
    audit.record(row.promoted_by, "model_in_service", row.name)


def watch() -> None:
    """Every minute: ends a trial whose time is over or whose process died; takes up what was left undone."""
    row = TrainedModel.objects.filter(state__in=shelf.IN_TRIAL).first()
    if row is None:
        return
    left = timezone.now() - row.touched_at > _LEFT
    if row.state == ModelState.STARTING and left:
        note(row, state=ModelState.READY, reason="interrupted")
    elif row.state == ModelState.SETTLING and left:
        finish(row.pk)
    elif row.state == ModelState.TRIAL:
        if not rasa.wait_for(row.address, Path(row.path).name, 5.0):
            roll_back(row.pk, None, "gone")
        elif row.trial_until is None or row.trial_until <= timezone.now():
            finish(row.pk)


def _in(row_id: int, *states: ModelState) -> TrainedModel:
    row = TrainedModel.objects.select_for_update().get(pk=row_id)
    if row.state not in states:
        raise NotNow
    return row
