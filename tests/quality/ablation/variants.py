"""What each variant changes in the understanding, from outside: the product keeps no switch for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

import numpy as np

from bot.assistant.nlu import classifier, examples, learning, network, ngrams, retrieval
from bot.assistant.nlu.examples import Example
from bot.assistant.nlu.gazetteer import Gazetteer
from bot.assistant.nlu.learning import Options
from bot.assistant.nlu.restorer import Restorer
from bot.common.embedder import DIMENSION, Vectors
from bot.common.text import strip_marks
from tests.quality.ablation import machines

Patch = AbstractContextManager[Any]


@dataclass(frozen=True)
class Variant:
    """One row of the table; `patches` hold while it learns and while it is asked, `meaning`: with vectors."""

    title: str
    patches: Callable[[], Sequence[Patch]] = tuple
    meaning: bool = True

    @property
    def options(self) -> Options:
        """What is switched off in the product itself."""
        return Options(meaning=self.meaning)

    def changed(self) -> ExitStack:
        """All patches at once, for a with statement."""
        stack = ExitStack()
        for patch in self.patches():
            stack.enter_context(patch)
        return stack


def nothing(texts: Sequence[str]) -> Vectors:
    """Vectors that say nothing: a row of zeros a text."""
    return np.zeros((len(texts), DIMENSION), dtype=np.float32)


def lowered(text: str) -> str:
    """Small letters with their diacritics: what stands in for folding."""
    return text.lower()


def _with_copies(wordings: Sequence[Example], records: Any) -> list[Example]:
    everything = _filled(wordings, records)
    return [
        *everything,
        *(replace(one, text=strip_marks(one.text)) for one in everything if one.language == "vi"),
    ]


_filled = examples.filled


def _unrestored() -> Patch:
    return mock.patch.object(Restorer, "restore", lambda self, text, others=(): text)


VARIANTS: dict[str, Variant] = {
    "shipped": Variant("as shipped"),
    "diet": Variant(
        f"DIET ({machines.EPOCHS} epochs) with our features",
        lambda: (mock.patch.object(learning, "Classifier", machines.Diet),),
    ),
    "linear": Variant(
        "linear classifier with our features",
        lambda: (mock.patch.object(classifier, "Learning", machines.Straight),),
    ),
    "one-prototype": Variant(
        "one prototype a label",
        lambda: (mock.patch.object(network, "_MOST_PROTOTYPES", 1),),
    ),
    "no-e5": Variant("without e5", meaning=False),
    "no-folding": Variant(
        "without folding",
        lambda: (mock.patch.object(ngrams, "fold", lowered), mock.patch.object(retrieval, "fold", lowered)),
    ),
    "no-restoring": Variant("without restoring of diacritics and spelling", lambda: (_unrestored(),)),
    "copies": Variant(
        "copies without diacritics learned instead of restoring",
        lambda: (_unrestored(), mock.patch.object(learning, "filled", _with_copies)),
    ),
    "no-augmentation": Variant(
        "without augmentation (backgrounds, follow-ups that stay with each record)",
        lambda: (
            mock.patch.object(learning, "told", return_value=[]),
            mock.patch.object(examples, "STAYING", 0),
        ),
    ),
    "names": Variant(
        "three names a placeholder instead of one",
        lambda: (mock.patch.object(examples, "NAMES_EACH", 3),),
    ),
    "no-gazetteer": Variant(
        "without gazetteer",
        lambda: (mock.patch.object(Gazetteer, "find", return_value=[]),),
    ),
}
