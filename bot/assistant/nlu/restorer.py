"""Puts diacritics back into Vietnamese typed without them, from the product's own wording.

A general tool spoils the words of the field ("đầu tư", "ưu đãi"), so this one learns from the records and the
training wordings: the likeliest sequence of words under counts of words and pairs of words (Viterbi).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.common.text import fold, strip_marks

_TOKEN = re.compile(r"\w+|\W+", re.UNICODE)
# How much a pair seen counts against the word alone; found by leaving wordings out.
_PAIR_WEIGHT = 0.9


@dataclass
class Restorer:
    """Counts of Vietnamese words and pairs; `fit` fills them, `restore` uses them."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    total: int = 0

    def fit(self, texts: Iterable[str]) -> Restorer:
        """Learn from texts with diacritics; sentences without any are left out."""
        for text in texts:
            if strip_marks(text) == text:
                continue
            before = ""
            for word in (token.lower() for token in _TOKEN.findall(text) if token[0].isalpha()):
                self.words[word] += 1
                self.pairs[before, word] += 1
                before = word
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.words:
            forms[fold(word)].append(word)
        self.forms = {folded: tuple(found) for folded, found in forms.items()}
        self.total = sum(self.words.values())
        return self

    def restore(self, text: str) -> str:
        """The text with the likeliest diacritics; unknown words and everything else stay as they are."""
        tokens = _TOKEN.findall(text)
        places = [at for at, token in enumerate(tokens) if token[0].isalpha()]
        best: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
        for at in places:
            token = tokens[at].lower()
            choices = self.forms.get(token, (token,)) if strip_marks(token) == token else (token,)
            step: dict[str, tuple[float, tuple[str, ...]]] = {}
            for choice in choices:
                score, path = max(
                    ((past + self._score(before, choice), way) for before, (past, way) in best.items()),
                    key=lambda found: found[0],
                )
                step[choice] = (score, (*path, choice))
            best = step
        path = max(best.values(), key=lambda found: found[0])[1]
        for at, word in zip(places, path):
            if word != tokens[at].lower():
                tokens[at] = word
        return "".join(tokens)

    def _score(self, before: str, word: str) -> float:
        pair = self.pairs[before, word] / (self.words[before] or 1)
        alone = (self.words[word] + 0.1) / (self.total + 1)
        return math.log(_PAIR_WEIGHT * pair + (1 - _PAIR_WEIGHT) * alone)

    def as_json(self) -> dict[str, Any]:
        """For the model archive."""
        return {"words": dict(self.words), "pairs": [[*pair, count] for pair, count in self.pairs.items()]}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Restorer:
        """The restorer that `as_json` described."""
        made = cls(Counter(content["words"]), Counter({(a, b): n for a, b, n in content["pairs"]}))
        return made.fit(())
