"""Refused questions that ask the same in other words, put together, so that missing content shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bot.common.text import fold

# Of the words of the shorter text, so many hundredths must be those of the longer.
_ALIKE = 72


@dataclass
class Group:
    """Questions that belong together; the first one stands for them."""

    text: str
    messages: list[int] = field(default_factory=list)


def grouped(questions: Sequence[tuple[int, str]], most: int) -> list[Group]:
    """Groups of (message, text), the largest first; each question is in one."""
    texts = [fold(text) for _, text in questions]
    if not texts:
        return []
    scores = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
    groups: list[Group] = []
    taken: set[int] = set()
    for row, (_, text) in enumerate(questions):
        if row in taken:
            continue
        alike = [column for column in range(row, len(texts)) if scores[row][column] and column not in taken]
        taken.update(alike)
        groups.append(Group(text, [questions[column][0] for column in alike]))
    return sorted(groups, key=lambda group: -len(group.messages))[:most]
