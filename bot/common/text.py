"""Text as both languages type it: Unicode form, control characters, folding."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_SPACE = re.compile(r"\s+")
# đ has no decomposition, so stripping combining marks leaves it: it needs its own rule.
_D = {"đ": "d", "Đ": "D"}


def clean(text: str) -> str:
    """NFC, control and format characters out (line breaks become spaces), one space between words."""
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        kept = (" " if c in "\n\r\t" else c for c in text)
        text = "".join(c for c in kept if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    return _SPACE.sub(" ", text).strip()


def strip_marks(text: str) -> str:
    """Without diacritics, case kept: 'Đình Vũ' -> 'Dinh Vu'."""
    return text if text.isascii() else "".join(map(_bare, text))


# Characters come up again and again; bounded, for people may type all that there are.
@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    decomposed = unicodedata.normalize("NFD", _D.get(character, character))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """The form everything is compared in: lower case, no diacritics, đ as d, single spaces."""
    return " ".join(strip_marks(text).casefold().split())


def neutralise(text: str) -> str:
    """Free text that Rasa cannot take for a forced intent.

    Rasa strips before it looks for the leading slash, so the slash is looked for in the same way:
    after white space, no-break spaces and control characters are gone.
    """
    return clean(text).lstrip("/ \u00a0")


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of these, the longest first.

    By first letters: where a text has none of these, nothing of hundreds of words is tried.
    """
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        by_letter[word[0]].append(re.escape(word[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
