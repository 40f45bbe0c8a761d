"""Finds the records that a text names: spaCy's PhraseMatcher over folded names, then near misses.

The longest name wins, so "Tràng Duệ 3" is not "Tràng Duệ"; words for what a zone is do not count, so
"KCN DEEP C 1" is not "KCN DEEP C". Numbers may be words ("DEEP C two"). A name that several records carry
keeps all of them. Near misses (typing errors) are looked for where no exact name stands, in the kinds asked
for only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import spacy
from rapidfuzz import fuzz, process
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from bot.assistant.nlu.ordinals import digits
from bot.common.names import ZONE
from bot.common.text import fold

# A number stuck to a name ("VSIP2") is a word of its own.
_TOKEN = re.compile(r"[^\W\d_]{3,}(?=[1-9](?![^\W_]))|[^\W_]+(?:[./][^\W_]+)*", re.UNICODE)
# Below this length a typing error makes another word.
_SHORTEST_NEAR = 6
_NEAREST = 86.0
# What a zone is; people leave it out.
_GENERIC = re.compile(
    r"^(?:khu cong nghiep|khu kinh te|kcn|kkt|khu|cum cong nghiep)\s"
    r"|\s(?:industrial (?:park|zone)|economic zone|ip|iz|ez)$"
)
# A near miss begins and ends with a word of the name itself, not with these.
_GENERIC_WORDS = frozenset(
    [
        "khu", "cong", "nghiep", "kinh", "te", "kcn", "kkt", "cum", "industrial", "park", "parks", "zone",
        "zones", "economic", "ip", "iz", "ez", "the", "of", "in", "o", "tai", "cua", "cac", "nhung",
    ]
)  # fmt: skip
_SHORTEST_CORE = 6
# A near miss of this likeness counts even when all its words are words.
_SURELY_NEAR = 92
_MANY_WORDS = 3
# So begin names that differ from plain speech by too little: "Hải Phòng sẽ" is no "Hai Phong SEZ".
_CITIES = ("hai phong ", "hai duong ")
# What is left of some names is a place that is no zone, or a word of every day.
_PLACES = frozenset(
    [
        "hai phong", "hai duong", "viet nam", "vietnam", "nhat ban", "japanese", "japan", "lach huyen",
        "cat hai", "kien thuy", "special", "specialised", "specialized", "coastal", "southern", "shenzhen",
        "shen zhen", "tham quyen", "phia nam", "ven bien", "chuyen biet", "viet hoa",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """One name of one record, with the record's kind."""

    text: str
    record: str
    kind: str


@dataclass(frozen=True)
class Mention:
    """A named record: all that carry the name, where it stands in the folded text, and the name itself.

    `likeness` is 1.0, or that of a near miss (0..1).
    """

    records: tuple[str, ...]
    kind: str
    start: int
    end: int
    likeness: float
    text: str


class Gazetteer:
    """Names of records, looked up in folded text."""

    def __init__(self, names: Iterable[Name], vocabulary: Container[str] = ()) -> None:
        """`vocabulary`: the folded words of both languages; a near miss has a word that is none of them."""
        self._words = vocabulary
        self._vocabulary = spacy.blank("xx").vocab
        names = list(names)
        self._records = _by_key(names)
        self._written = _writing(names)
        self._matcher = PhraseMatcher(self._vocabulary)
        by_kind: defaultdict[str, list[Doc]] = defaultdict(list)
        for kind, key in self._records:
            by_kind[kind].append(Doc(self._vocabulary, words=key.split(" ")))
        for kind, patterns in by_kind.items():
            self._matcher.add(kind, patterns)
        self._near = {
            kind: sorted(
                key
                for found, key in self._records
                if found == kind
                and len(key) >= _SHORTEST_NEAR
                and not _GENERIC.search(key)
                and not key.startswith(_CITIES)
            )
            for kind in by_kind
        }

    def find(self, text: str, near: tuple[str, ...] = (ZONE,)) -> list[Mention]:
        """Mentions in order, the longest at each place per kind.

        `near` names the kinds that are also found with typing errors.
        """
        folded = fold(text)
        spans = [(match.start(), match.end()) for match in _TOKEN.finditer(folded)]
        words = [folded[start:end] for start, end in spans]
        if not words:
            return []
        found: list[Mention] = []
        for kind, begin, end, key in self._exactly(words):
            start, stop = spans[begin][0], spans[end - 1][1]
            self._add(found, Mention(tuple(self._records[kind, key]), kind, start, stop, 1.0, key))
        exact = list(found)
        for kind in near:
            for mention in self._nearly(words, spans, kind):
                if not any(mention.start < other.end and other.start < mention.end for other in exact):
                    self._add(found, mention)
        return sorted(found, key=lambda mention: mention.start)

    def written(self, name: str) -> str:
        """The name of a zone typed without diacritics, with those that the names of zones have; as long."""
        return _TOKEN.sub(lambda word: self._written.get(fold(word.group()), word.group()), name)

    def _exactly(self, words: list[str]) -> list[tuple[str, int, int, str]]:
        """Kind, first word, word after the last, and name of all names in full; the most telling first."""
        matches = []
        for spelt in {tuple(words), tuple(digits(words))}:
            for label, begin, end in self._matcher(Doc(self._vocabulary, words=list(spelt))):
                telling = sum(word not in _GENERIC_WORDS for word in spelt[begin:end])
                key = " ".join(spelt[begin:end])
                kind = self._vocabulary.strings[label]
                matches.append((-telling, begin - end, begin, end, kind, key))
        return [(kind, begin, end, key) for _, _, begin, end, kind, key in sorted(matches)]

    def _add(self, found: list[Mention], new: Mention) -> None:
        if not any(
            other.kind == new.kind and new.start < other.end and other.start < new.end for other in found
        ):
            found.append(new)

    def _nearly(self, words: list[str], spans: list[tuple[int, int]], kind: str) -> list[Mention]:
        names = self._near.get(kind)
        if not names:
            return []
        # Real words, rightly spelt, are mostly what they are: "lao động" is no misspelt "Lạch Huyện".
        real = [word in self._words for word in words]
        windows = [
            (begin, end)
            for begin in range(len(words))
            for end in range(begin + 1, min(begin + 6, len(words)) + 1)
            if words[begin] not in _GENERIC_WORDS
            and words[end - 1] not in _GENERIC_WORDS
            and (end - begin >= _MANY_WORDS or not all(real[begin:end]))
        ]
        texts = [" ".join(words[begin:end]) for begin, end in windows]
        kept = [at for at, text in enumerate(texts) if len(text) >= _SHORTEST_NEAR - 1]
        if not kept:
            return []
        scores = process.cdist(
            [texts[at] for at in kept], names, scorer=fuzz.ratio, score_cutoff=_NEAREST, dtype=np.uint8
        )
        best = scores.argmax(axis=1)
        found = []
        for row, at in enumerate(kept):
            score = int(scores[row, best[row]])
            begin, end = windows[at]
            if score and (score >= _SURELY_NEAR or not all(real[begin:end])):
                name = names[int(best[row])]
                found.append(
                    Mention(
                        tuple(self._records[kind, name]),
                        kind,
                        spans[begin][0],
                        spans[end - 1][1],
                        score / 100,
                        name,
                    )
                )
        return sorted(found, key=lambda mention: (-mention.likeness, mention.start - mention.end))


def masked(text: str, mentions: Iterable[Mention], marks: Mapping[str, str]) -> str:
    """Folded text with the mentions of each kind in `marks` replaced by that kind's mark."""
    folded = fold(text)
    for mention in sorted(mentions, key=lambda found: -found.start):
        if mention.kind in marks:
            folded = f"{folded[: mention.start]}{marks[mention.kind]}{folded[mention.end :]}"
    return folded


def _by_key(names: Iterable[Name]) -> dict[tuple[str, str], list[str]]:
    """Kind and folded name → the records that carry it.

    A zone is also found by what is left of its name without the word for what it is.
    """
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    full, cores = [], []
    for name in names:
        key = " ".join(tokens(name.text))
        if name.kind == ZONE and key in _PLACES:
            continue
        full.append((name, key))
        if name.kind == ZONE:
            cores.append((name, _distinct(core(name.text))))
    # A name in full goes before what is left of longer ones: "Nomura" is a park's own name.
    own = {(name.kind, key) for name, key in full}
    for name, key in [*full, *((name, core) for name, core in cores if (name.kind, core) not in own)]:
        if key and name.record not in found[name.kind, key]:
            found[name.kind, key].append(name.record)
    return dict(found)


def _writing(names: Iterable[Name]) -> dict[str, str]:
    """Folded word → the word with its diacritics, where the names of zones agree on it."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        if name.kind == ZONE and not name.text.isascii():
            for word in _TOKEN.findall(name.text):
                forms[fold(word)].add(word.lower())
    return {folded: next(iter(found)) for folded, found in forms.items() if len(found) == 1}


def core(name: str) -> str:
    """A zone's folded name without the word for what it is: "KCN Đình Vũ" -> "dinh vu"."""
    return _GENERIC.sub("", " ".join(tokens(name))).strip()


def _distinct(key: str) -> str:
    """What is left of a name, '' when that is too little to know a zone by."""
    return key if len(key) >= _SHORTEST_CORE and not key.isdigit() and key not in _PLACES else ""


def tokens(text: str) -> list[str]:
    """Folded words as the gazetteer compares them; codes such as 1.009664 stay whole."""
    return _TOKEN.findall(fold(text))
