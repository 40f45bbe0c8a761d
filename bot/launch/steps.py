"""The steps from a fresh checkout to an answering assistant, and how much of the way each one is.

Standard library only: the bootstrap shows the first ones before anything is installed, rich shows the rest.
"""

from __future__ import annotations

import os
import time
from typing import NamedTuple


class Step(NamedTuple):
    """A step's number, what the terminal says, and its usual length in seconds on two cores."""

    number: int
    title: str
    seconds: int


_TABLE: tuple[tuple[str, str, int], ...] = (
    ("pythons", "Python 3.10 and 3.11", 1),
    ("uv", "uv from PyPI", 5),
    ("rasa", ".venv-rasa from its lock", 35),
    ("web", ".venv from its lock", 10),
    ("database", "Database", 4),
    ("records", "Records", 30),
    ("model", "Training", 90),
    ("processes", "Starting", 20),
)
STEPS: dict[str, Step] = {
    key: Step(number, title, seconds) for number, (key, title, seconds) in enumerate(_TABLE, start=1)
}
TOTAL_SECONDS = sum(step.seconds for step in STEPS.values())

BEGUN = "HEZA_LAUNCH_BEGUN"


def percent(key: str, fraction: float) -> float:
    """How much of the whole way is done when `fraction` (0..1) of this step is."""
    before = sum(step.seconds for step in STEPS.values() if step.number < STEPS[key].number)
    return 100 * (before + min(max(fraction, 0.0), 1.0) * STEPS[key].seconds) / TOTAL_SECONDS


def begun() -> float:
    """When the command was given (unix seconds), kept across the change from bootstrap to `.venv`."""
    return float(os.environ.setdefault(BEGUN, repr(time.time())))


def clock(seconds: float) -> str:
    """Elapsed time as m:ss."""
    return "{}:{:02d}".format(*divmod(int(seconds), 60))
