"""The columns of the ablation table, for whatever was asked."""

from __future__ import annotations

import resource
import statistics
from collections.abc import Sequence

from bot.assistant.trial.grading import Graded, Outcome
from bot.assistant.trial.questions import Question
from tests.quality import figures
from tests.quality.figures import came_out

# Messages timed one by one.
TIMED = 200


def outcome(
    graded: Sequence[Graded], asked: Sequence[Question], loaded: float, each: Sequence[float]
) -> dict[str, float]:
    """Shares in per cent, `behind` in points, seconds to load, milliseconds a message, this process's MB."""
    shares = {name: 100 * share.value for name, share in figures.headline(graded).items()}
    accented, bare = figures.twins(graded, asked)
    first = [one for one in figures.on_topic(graded) if one.number == 1]
    return {
        **shares,
        "first": 100 * figures.share(first, came_out(Outcome.RIGHT)).value,
        "behind": 100 * (accented.value - bare.value),
        "start": loaded,
        "milliseconds": statistics.median(each),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
