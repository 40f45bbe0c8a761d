"""Which languages a message is in: "muốn register foreign loan thì submit ở đâu" is in both.

A word belongs to the other language when it is far more frequent there: wordings of either hold some words
of the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from bot.assistant.nlu.language import LANGUAGES
from bot.common.text import fold

_WORD = re.compile(r"[^\W\d_]+")
# So many times as frequent.
_TIMES = 10.0
# What is rarer says nothing.
_RARE = 1e-6


class Mixing:
    """Learns from how often words occur in each language."""

    def __init__(self, words: Mapping[str, Mapping[str, int]]) -> None:
        """`words`: of each language its words with their counts."""
        shares = {language: _shares(words[language]) for language in LANGUAGES}
        # Folded words of a message in one language that are words of the other.
        self._of_other = {
            language: frozenset(
                word
                for word, share in shares[other].items()
                if len(word) > 1 and share > _TIMES * shares[language].get(word, 0.0) + _RARE
            )
            for language, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True)
        }

    def languages(self, text: str, language: str) -> tuple[str, ...]:
        """The language of a message, and the other where it has words of that too."""
        of_other = self._of_other[language]
        # A word that bears Vietnamese marks is no English one, however it looks without them.
        words = (word for word in _WORD.findall(text) if language == "en" or word.isascii())
        mixed = any(fold(word) in of_other for word in words)
        return LANGUAGES if mixed else (language,)


def _shares(words: Mapping[str, int]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for word, count in words.items():
        counts[fold(word)] += count
    total = sum(counts.values()) or 1
    return {word: count / total for word, count in counts.items()}
