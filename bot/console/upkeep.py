"""What the worker does for the console every minute, so that pages find little left to do."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from bot.console import turns

_ROUND_SECONDS = 50.0


@db_periodic_task(crontab(minute="*"))
def copy_turns() -> None:
    """Copy conversations that have changed, such as all of them after the console was put in."""
    turns.refresh(_ROUND_SECONDS)
