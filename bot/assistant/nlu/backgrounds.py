"""Wordings as people send them who first tell of themselves: "Our head office is in Osaka. How long …?".

What is said of oneself tells nothing of what is asked; a machine that has seen it before wordings of every
label knows that. Chosen by a seed of the label, so that the same data gives the same model.
"""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import yaml

from bot.assistant.nlu.decision.shapes import LISTS, OFF_TOPIC
from bot.assistant.nlu.examples import KIND_OF, Example

_TABLE = Path(__file__).with_name("backgrounds.yml")
# Of so many wordings of a label and language one is told after a background too, and so many at the least.
ONE_OF, LEAST = 20, 2
# Shorter ones are typed by people who tell nothing.
FEWEST_WORDS = 5
_INTENTS = {*KIND_OF, *LISTS, OFF_TOPIC}


def told(examples: Sequence[Example]) -> list[Example]:
    """Some of the wordings once more, each after a background."""
    own: defaultdict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        if example.intent in _INTENTS and len(example.text.split()) >= FEWEST_WORDS:
            own[example.label, example.language].append(example)
    found = []
    for (label, language), fitting in sorted(own.items()):
        choose = random.Random(zlib.crc32(f"{label} {language}".encode()))
        for example in choose.sample(fitting, min(max(LEAST, len(fitting) // ONE_OF), len(fitting))):
            text = f"{choose.choice(_table()[language])} {example.text}"
            found.append(replace(example, text=text, meaning=None))
    return found


@lru_cache(maxsize=1)
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return table
