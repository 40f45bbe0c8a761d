"""What the worker does for the learning room."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup

from bot.console.learning import forgetting, inbox, promotion, survey, training


@db_task()
def train(row: int) -> None:
    """Train and compare a candidate."""
    training.run(row)


@db_task()
def begin(row: int) -> None:
    """Bring a model into service."""
    promotion.begin(row)


@db_task()
def finish(row: int) -> None:
    """End a model's trial: it stays."""
    promotion.finish(row)


@db_task()
def take_back(row: int) -> None:
    """Bring the usual process back with the former model, and roll back to it."""
    promotion.take_back(row)


@db_task()
def end_beside(address: str) -> None:
    """End the second process after a roll-back."""
    promotion.end_beside(address)


@db_task()
def gather() -> None:
    """Read new questions into the inbox, now."""
    inbox.gather()


@db_task()
def look_at_data() -> None:
    """Look at the training data, now."""
    survey.take()


@db_periodic_task(crontab(minute="*"))
def watch() -> None:
    """A model on trial."""
    promotion.watch()


@db_periodic_task(crontab(minute="*/5"))
def gather_regularly() -> None:
    """New questions."""
    inbox.gather()


@db_periodic_task(crontab(hour="3", minute="10"))
def look_at_data_every_night() -> None:
    """The training data as a whole."""
    survey.take()


@db_periodic_task(crontab(hour="2", minute="50"))
def discard_erased_every_night() -> None:
    """Models out of service that were taught by what is erased."""
    forgetting.discard_models_with_erased_wordings()


@on_startup()
def clear_up() -> None:
    """What a worker that was killed left."""
    training.interrupted()
