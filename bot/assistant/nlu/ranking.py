"""Brings together what the classifier says and what a question is like: one probability for everything it may ask.

Each candidate (an intent, or an intent with a record) gets a score from four signs: the classifier's log-odds,
likeness to training wordings, likeness to the record's own texts (the only sign for a record published after
training), and being named. The weights are few and fitted on left-out wordings (`python -m bot.assistant.fit_ranking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

_TABLE = Path(__file__).with_name("ranking.yml")
# Candidates that are weighed; the rest together hold next to nothing.
WEIGHED = 25
SIGNS = (
    "classifier",
    "wording_meaning",
    "wording_letters",
    "text_meaning",
    "text_letters",
    "named",
    "unseen",
)


@dataclass(frozen=True)
class Weights:
    """How much each sign counts, in the order of SIGNS, and the temperature that makes scores probabilities."""

    signs: NDArray[np.float64]
    temperature: float

    @classmethod
    def load(cls) -> Weights:
        """From ranking.yml."""
        content = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
        return cls(np.array([content["signs"][name] for name in SIGNS]), float(content["temperature"]))


def probabilities(signs: NDArray[np.float64], weights: Weights) -> NDArray[np.float64]:
    """Softmax over candidates; `signs` has a row a candidate and a column for each of SIGNS."""
    scores = signs @ weights.signs / weights.temperature
    scores -= scores.max()
    raised = np.exp(scores)
    return np.asarray(raised / raised.sum())


def gather(
    labels: Sequence[str],
    classifier: Mapping[str, float],
    wordings: Mapping[str, tuple[float, float]],
    texts: Mapping[str, tuple[float, float]],
    named: Mapping[str, float],
) -> NDArray[np.float64]:
    """The signs of each label: log-odds of the classifier, likeness by meaning and letters to wordings and texts."""
    rows = []
    for label in labels:
        probability = min(max(classifier.get(label, 0.0), 1e-6), 1 - 1e-6)
        rows.append(
            (
                np.log(probability / (1 - probability)),
                *wordings.get(label, (0.0, 0.0)),
                *texts.get(label, (0.0, 0.0)),
                named.get(label, 0.0),
                float(label not in wordings),
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(SIGNS))
