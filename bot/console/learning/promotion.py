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


class Stale(Exception):
    """It was compared with a model that is no longer the one in service: compare it again."""


class Outdated(Exception):
    """The training data of the checkout has changed since, or the file is gone: train it anew."""


def request(row_id: int, by: User) -> TrainedModel:
    """Have the worker bring the model into service; raises `NotNow`, `Outdated`, `Stale`."""
    row = TrainedModel.objects.get(pk=row_id)
    if not shelf.is_current(row):
        raise Outdated
    if shelf.is_stale(row):
        raise Stale
    try:
        return _request(row_id, by)
    except IntegrityError as error:
        raise NotNow from error


@unit
def _request(row_id: int, by: User) -> TrainedModel:
    row = _in(row_id, *shelf.PROMOTABLE)
    row.state, row.reason, row.progress = ModelState.STARTING, "", 0.0
    row.promoted_by, row.promoted_at, row.touched_at = by, timezone.now(), timezone.now()
    row.address = ""
    row.save()
    audit.record(by, "model_promoted", row.name)
    return row


@unit
def discard(row_id: int, by: User) -> None:
    """A candidate that nobody wants; its file goes, unless another one of the same lessons needs it."""
    row = _in(row_id, *DISCARDABLE)
    row.state = ModelState.DISCARDED
    row.save()
    audit.record(by, "model_discarded", row.name)
    if row.lessons:
        shelf.remove_file(row)


def begin(row_id: int) -> None:
    """The worker's part: second process, canaries, change of the address, the trial begins.

    The address is noted before anything answers there, so that whoever takes up what a killed worker left
    knows which process to end.
    """
    row = TrainedModel.objects.get(pk=row_id)
    if row.state != ModelState.STARTING:
        return
    shelf.serving()
    note(row, address=rasa.new_address())
    try:
        beside = rasa.start_beside(Path(row.path), row.address)
    except rasa.NotStarted as error:
        note(row, state=ModelState.FAILED, reason=str(error), address="")
        return
    silent = rasa.silent_canaries(beside.address)
    if silent:
        beside.end()
        note(row, state=ModelState.REFUSED, reason="\n".join(silent), address="")
        return
    rasa_address.point(settings.HEZA, beside.address)
    note(row, state=ModelState.TRIAL, trial_until=timezone.now() + TRIAL)
    log.info("model %s answers on trial", row.name)


def roll_back(row_id: int, by: User | None, reason: str = "") -> bool:
    """The former model answers the next question; raises `NotNow` when the trial is over.

    False: the usual process has first to come back with it, which is `take_back`'s part.
    """
    row = _return(row_id, by, reason)
    if not _stands_by(shelf.former(row)):
        return False
    _answers_again(row)
    return True


@unit
def _return(row_id: int, by: User | None, reason: str) -> TrainedModel:
    row = _in(row_id, ModelState.TRIAL)
    row.state, row.reason, row.trial_until, row.touched_at = (
        ModelState.RETURNING, reason, None, timezone.now(),
    )  # fmt: skip
    row.save()
    audit.record(by, "model_rolled_back", row.name)
    return row


def _stands_by(former: TrainedModel) -> bool:
    """Whether the usual process answers with the former model, and would after a start."""
    at_home = rasa.model_at(settings.HEZA.rasa_url)
    return shelf.is_present(former) and at_home == shelf.place_of(former).name


def _answers_again(row: TrainedModel) -> None:
    """The way back is free; the row keeps the address until the process there was ended."""
    rasa_address.clear(settings.HEZA)
    note(row, state=ModelState.RETURNED)
    log.warning("model %s was taken back", row.name)


def take_back(row_id: int) -> None:
    """The worker's part of a roll-back: once the usual process has the former model again, that answers."""
    row = TrainedModel.objects.get(pk=row_id)
    if row.state != ModelState.RETURNING:
        return
    note(row)
    former, home = shelf.former(row), settings.HEZA.rasa_url
    if not _stands_by(former):
        shelf.make_present(former)
        name = shelf.place_of(former).name
        if rasa.model_at(home) != name:
            rasa.leave(home)
        # While the second process answers it goes on; when it is gone too, the usual address is where
        # the former model will be.
        if not rasa.wait_for(home, name, rasa.RETURN_SECONDS) and rasa.model_at(row.address):
            log.error("model %s: the usual process did not come back with the former one", row.name)
            note(row)
            return
    _answers_again(row)
    end_beside(row.address)


def end_beside(address: str) -> None:
    """Let the process at `address` finish what it was asked, then end it."""
    time.sleep(settings.HEZA.rasa_timeout + _MARGIN_SECONDS)
    rasa.leave(address)
    _ended(address)


@unit
def _ended(address: str) -> None:
    TrainedModel.objects.filter(address=address).exclude(state__in=shelf.IN_TRIAL).update(address="")


@unit
def keep(row_id: int, by: User) -> None:
    """End the trial before its time: the model stays; raises `NotNow`. `finish` is the worker's part."""
    row = _in(row_id, ModelState.TRIAL)
    row.trial_until = timezone.now()
    row.save()
    audit.record(by, "model_kept", row.name)


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
    # Whoever is at it already goes on.
    if row.state == ModelState.SETTLING and timezone.now() - row.touched_at <= _LEFT:
        return None
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
    # Nobody's deed: who promoted it, and who ended its trial early, have lines of their own.
    audit.record(None, "model_in_service", row.name)


def watch() -> None:
    """Every minute: ends a trial whose time is over or whose process died; takes up what was left undone."""
    row = TrainedModel.objects.filter(state__in=shelf.IN_TRIAL).first()
    if row is None:
        _sweep()
        return
    left = timezone.now() - row.touched_at > _LEFT
    if row.state == ModelState.STARTING and left:
        _give_up(row)
    elif row.state == ModelState.SETTLING and left:
        finish(row.pk)
    elif row.state == ModelState.RETURNING and (left or _stands_by(shelf.former(row))):
        take_back(row.pk)
    elif row.state == ModelState.TRIAL:
        if not rasa.wait_for(row.address, Path(row.path).name, 5.0):
            if roll_back(row.pk, None, "gone"):
                # It may be slow only.
                end_beside(row.address)
            else:
                take_back(row.pk)
        elif row.trial_until is None or row.trial_until <= timezone.now():
            finish(row.pk)


def _give_up(row: TrainedModel) -> None:
    """A start whose worker was killed: nobody is sent there any more, and the process is ended."""
    if rasa_address.current(settings.HEZA) == row.address:
        rasa_address.clear(settings.HEZA)
    if row.address:
        end_beside(row.address)
    note(row, state=ModelState.READY, reason="interrupted", address="")


def _sweep() -> None:
    """A second process that should have been ended, had the worker lived."""
    since = timezone.now() - _LEFT
    for row in TrainedModel.objects.exclude(address="").filter(touched_at__lt=since):
        end_beside(row.address)


def _in(row_id: int, *states: ModelState) -> TrainedModel:
    row = TrainedModel.objects.select_for_update().get(pk=row_id)
    if row.state not in states:
        raise NotNow
    return row
