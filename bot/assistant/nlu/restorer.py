"""Writes words as the product writes them: diacritics put back, typing errors undone, by its own wording.

A general tool spoils the words of the field ("đầu tư", "ưu đãi"), so this one learns from the records and the
training wordings. It is a noisy channel: of the words that what was typed can stand for, the likeliest
sequence under counts of words and pairs of words (Viterbi), each weighed by how far it is from what was
typed.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.common.text import fold, strip_marks

_TOKEN = re.compile(r"\w+|\W+", re.UNICODE)
# How much a pair seen counts against the word alone; found by leaving wordings out.
_PAIR_WEIGHT = 0.9
# Log-odds against another word than the one typed: when what was typed is itself a word, when it is none,
# and for each letter that differs.
_OTHER_WORD, _NO_WORD, _LETTER = 6.0, 0.5, 5.0
# When it is a word that bears its marks: "thôi hẳn" is no "thời hạn".
_OTHER_MARKED = 9.0
# Shorter words have too many neighbours; longer ones may hold two errors.
_SHORTEST, _LONG = 4, 8
# A language of which so many words bear marks is written with them.
_MARKED = 0.2
# A word seen once may be an error itself.
_SEEN = 2


@dataclass
class Restorer:
    """Words of one language and how likely they follow one another; `fit` learns, `restore` uses it."""

    words: Counter[str] = field(default_factory=Counter)
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # Whether the language is written with diacritics.
    marked: bool = False
    _near: list[str] = field(default_factory=list, init=False, repr=False)
    # Logarithms of the chance of a word: after the word before it where the two were seen, else alone.
    _after: dict[tuple[str, str], float] = field(default_factory=dict, init=False, repr=False)
    _alone: dict[str, float] = field(default_factory=dict, init=False, repr=False)
    _unseen: float = field(default=0.0, init=False, repr=False)
    # What own words can stand for, as they come up: by the word and whether the text has no diacritics.
    _stands_for: dict[tuple[str, bool], dict[str, float]] = field(
        default_factory=dict, init=False, repr=False
    )

    def __getstate__(self) -> dict[str, Any]:
        """What is kept of it: all but what comes up again."""
        return {**self.__dict__, "_stands_for": {}}

    def fit(self, texts: Iterable[str]) -> Restorer:
        """Learn from texts written as they should be."""
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            before = ""
            for word in (token.lower() for token in _TOKEN.findall(text) if token[0].isalpha()):
                self.words[word] += 1
                pairs[before, word] += 1
                before = word
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.words:
            forms[fold(word)].append(word)
        self.forms = {folded: tuple(found) for folded, found in forms.items()}
        self._near = sorted(
            folded
            for folded, found in self.forms.items()
            if len(folded) >= _SHORTEST - 1
            and folded.isalpha()
            and sum(self.words[w] for w in found) >= _SEEN
        )
        self._weigh(pairs)
        self.marked = sum(not word.isascii() for word in self.words) > _MARKED * len(self.words)
        return self

    def restore(self, text: str, others: Container[str] = ()) -> str:
        """The likeliest words; numbers, signs and words of another language (`others`, folded) stay."""
        tokens = _TOKEN.findall(text)
        places = [at for at, token in enumerate(tokens) if token[0].isalpha()]
        if not places:
            return text
        bare = strip_marks(text) == text
        best, ways = [(0.0, "")], []
        for at in places:
            step, way = [], {}
            for choice, cost in self._choices(tokens[at].lower(), bare, others).items():
                score, way[choice] = self._reached(best, choice)
                step.append((score - cost, choice))
            best = sorted(step, key=itemgetter(0), reverse=True)
            ways.append(way)
        path = [best[0][1]]
        for way in reversed(ways[1:]):
            path.append(way[path[-1]])
        for at, word in zip(places, reversed(path), strict=True):
            if word != tokens[at].lower():
                tokens[at] = word
        return "".join(tokens)

    def _choices(self, typed: str, bare: bool, others: Container[str]) -> Mapping[str, float]:
        """Words that `typed` can stand for, with what each costs."""
        # Those of its own words, which come up again and again, hang on nothing else.
        if (typed, bare) not in self._stands_for and typed in self.words:
            self._stands_for[typed, bare] = self._meant(typed, bare, ())
        return self._stands_for.get((typed, bare)) or self._meant(typed, bare, others)

    def _meant(self, typed: str, bare: bool, others: Container[str]) -> dict[str, float]:
        folded = fold(typed)
        if not typed.isascii() and not self.marked:
            # "thẻ" within English is no misspelt "the".
            return {typed: 0.0}
        if folded in self.forms:
            meant = _OTHER_MARKED if not typed.isascii() else _OTHER_WORD
            other = 0.0 if bare else meant if typed in self.words else _NO_WORD
            return {typed: 0.0 if typed in self.words else _NO_WORD} | {
                form: 0.0 if form == typed else other for form in self.forms[folded]
            }
        choices = {typed: 0.0}
        if len(folded) >= _SHORTEST - 1 and folded.isalpha() and folded not in others:
            most = 1 if len(folded) < _LONG else 2
            found = process.extract(folded, self._near, scorer=OSA.distance, score_cutoff=most, limit=5)
            near = [one for one in found if _is_slip(folded, *one[:2])]
            for name, distance, _ in near:
                for form in self.forms[name]:
                    choices[form] = _LETTER * (distance - 1)
            if near:
                choices[typed] = _LETTER
        return choices

    def _weigh(self, pairs: Mapping[tuple[str, str], int]) -> None:
        total = sum(self.words.values()) + 1
        alone = {word: (1 - _PAIR_WEIGHT) * (count + 0.1) / total for word, count in self.words.items()}
        self._unseen = math.log((1 - _PAIR_WEIGHT) * 0.1 / total)
        self._alone = {word: math.log(chance) for word, chance in alone.items()}
        self._after = {
            (before, word): math.log(_PAIR_WEIGHT * count / (self.words[before] or 1) + alone[word])
            for (before, word), count in pairs.items()
        }

    def _reached(self, best: Iterable[tuple[float, str]], word: str) -> tuple[float, str]:
        """How likely the best way to a word is, and the word before it there; `best` likeliest first."""
        # A loop, not max(): most of the time that preparing wordings takes is spent here.
        alone, after = self._alone.get(word, self._unseen), self._after
        highest, through = -math.inf, ""
        for past, before in best:
            if past <= highest:
                # No step makes a way likelier.
                break
            score = past + after.get((before, word), alone)
            if score > highest:
                highest, through = score, before
        return highest, through


def _is_slip(typed: str, meant: str, distance: float) -> bool:
    """Whether one may come of the other by slips of the fingers.

    Short words only by letters that changed places ("hwo"); two errors spare the first letter ("enclosed" is
    not "closed").
    """
    if len(typed) < _SHORTEST:
        return sorted(typed) == sorted(meant)
    return distance < 2 or typed[0] == meant[0]
