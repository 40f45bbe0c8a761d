"""Brings together what the classifier says and what a question is like: one probability for each candidate.

Each candidate (an intent, or an intent with a record) is weighed by a few signs. A record that the classifier
has learned is judged by its score, by likeness to the record's own texts, by being named and by speaking of
what is named; a record published after training without the score. Kinds weigh by how plainly an aspect is
asked for: "how long" is asked of procedures, what fits no aspect of questions and answers. The weights and
where they come from: ranking.yml.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.assistant.nlu.decision.shapes import OFF_TOPIC
from bot.common.names import ASK, FAQ, PROCEDURE, ZONE

_TABLE = Path(__file__).with_name("ranking.yml")
SIGNS = (
    "classifier",
    "text_meaning",
    "text_letters",
    "named",
    "named_share",
    "faq_about",
    "faq_about_share",
    "about",
    "about_share",
    "procedure_plain",
    "procedure_vague",
    "faq_plain",
    "faq_vague",
    "off_topic",
    "zone",
    "of_others",
    "of_that_year",
    "new",
    "new_meaning",
    "new_letters",
)
# How many of the best by each sign are weighed; the rest together hold next to nothing.
_BEST_BY_SCORE, BEST_BY_LIKENESS = 12, 8
# Unrelated sentences are about this alike by meaning: e5 fills only a cone.
_UNLIKE = 0.85
_RESEMBLES = 0.45

_NEXT_TO_NOTHING = 1e-6

# Best likeness of a record's texts, by meaning and by letters.
Likenesses = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Signs:
    """What speaks for each label.

    `classifier`: its probability; `texts`: likeness to the record's own texts; `named`: the share of the
    question that names it; `about`: the share that names something its texts speak of; `plain`: the chance
    of the likeliest aspect of a procedure; `of_others`: labels of records that speak of other parks or years
    only; `of_that_year`: of figures of a year that is named.
    """

    classifier: Mapping[str, float]
    texts: Likenesses
    named: Mapping[str, float]
    about: Mapping[str, float] = field(default_factory=dict)
    plain: float = 0.0
    of_others: Container[str] = ()
    of_that_year: Container[str] = ()

    def resembles(self) -> bool:
        """Whether the letters are those of a record's text: a word of a new record is known by it alone."""
        return any(letters >= _RESEMBLES for _, letters in self.texts.values())

    def shortlist(self) -> list[str]:
        """Labels worth weighing."""
        by_score = sorted(self.classifier, key=lambda label: -self.classifier[label])[:_BEST_BY_SCORE]
        by_likeness = sorted(self.texts, key=lambda label: -sum(self.texts[label]))[:BEST_BY_LIKENESS]
        return list(dict.fromkeys([*by_score, *by_likeness, *self.named]))

    def of(self, label: str) -> tuple[float, ...]:
        """The signs of one label, in the order of SIGNS."""
        meaning, letters = self.texts.get(label, (_UNLIKE, 0.0))
        meaning -= _UNLIKE
        share = self.named.get(label, 0.0)
        about = 0.0 if share else self.about.get(label, 0.0)
        procedure, faq = (label.startswith(ASK[kind]) for kind in (PROCEDURE, FAQ))
        named = (
            float(share > 0),
            share,
            float(faq and about > 0),
            faq * about,
            float(not faq and about > 0),
            (not faq) * about,
            procedure * self.plain,
            procedure * (1 - self.plain),
            faq * self.plain,
            faq * (1 - self.plain),
            float(label == OFF_TOPIC),
            float(label == ASK[ZONE]),
            float(label in self.of_others),
            float(label in self.of_that_year),
        )
        if label in self.classifier:
            score = float(np.log(self.classifier[label] + _NEXT_TO_NOTHING))
            return (score, meaning, letters, *named, 0.0, 0.0, 0.0)
        return (0.0, 0.0, 0.0, *named, 1.0, meaning, letters)


@lru_cache(maxsize=1)
def weights() -> NDArray[np.float64]:
    """The weight of each sign, in the order of SIGNS."""
    content = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return np.array([content[name] for name in SIGNS])


def rank(signs: Signs) -> list[tuple[str, float]]:
    """Labels with probabilities, the likeliest first."""
    labels: Sequence[str] = signs.shortlist()
    scores = np.array([signs.of(label) for label in labels]) @ weights()
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    order = np.argsort(-chances, kind="stable")
    return [(labels[at], float(chances[at])) for at in order]
