"""Makes one writing of what people type: tone marks, Telex and VNI leftovers, long letters, shorthand."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.common.text import any_of, clean, fold, strip_marks

_TABLE = Path(__file__).with_name("abbreviations.yml")
_WORD = re.compile(r"\w+", re.UNICODE)
# Shorthand that stays behind a number: units, and single letters, which then number something.
_UNITS = frozenset(["bn", "k", "m", "tr", "b", "v", "c", "a", "e", "j", "z", "r"])
_LONG = re.compile(r"([^\W\d_])\1{2,}")

# Old placement of the tone mark ("hoà", "thuý") to the one the records use ("hòa", "thúy").
_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OLD_TONE = re.compile(rf"(?<![qQ])({'|'.join(_TONES)})(?!\w)", re.IGNORECASE)

# Telex and VNI: what follows the vowel makes the letter, what ends the word makes the tone.
_TELEX_LETTERS = {
    "dd": "đ", "aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư", "w": "ư",
}  # fmt: skip
_VNI_LETTERS = {"a6": "â", "e6": "ê", "o6": "ô", "a8": "ă", "o7": "ơ", "u7": "ư", "d9": "đ"}
_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VOWELS = "aăâeêioôơuưy"


@dataclass(frozen=True)
class _Shorthand:
    """What is written out in a language: `words` and `capitals` by folded key, `phrases` by folded key too.

    A phrase has diacritics, and is also typed without.
    """

    words: Mapping[str, str]
    capitals: Mapping[str, str]
    phrases: Mapping[str, tuple[str, str]]
    pattern: re.Pattern[str]


@lru_cache(maxsize=2)
def _shorthand(language: str) -> _Shorthand:
    content = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    vietnamese = language == "vi"
    words = content["vietnamese" if vietnamese else "english"]
    capitals = content["capitals"] if vietnamese else {}
    phrases = content["phrases"] if vietnamese else {}
    folded = {strip_marks(phrase): (phrase, written) for phrase, written in phrases.items()}
    pattern = rf"(?<![\w./&-])(?:{any_of({*words, *capitals, *folded})})(?!\w|[-/&]\w)"
    return _Shorthand(words, capitals, folded, re.compile(pattern, re.IGNORECASE))


def normalise(text: str, vocabulary: Container[str] = (), words: Container[str] = ()) -> str:
    """Clean text (bot.common.text.clean) in one writing.

    `vocabulary` holds known Vietnamese words (lower case, with diacritics), `words` the folded words of both
    languages. Telex and VNI leftovers ("giaays", "d9a62u") are only read as such when that gives a word of
    the vocabulary, and when the word as typed is none of `words` or of English shorthand: "this" is no "thí",
    "hows" no "hớ".
    """
    text = _OLD_TONE.sub(lambda m: _as_written(m.group(), _TONES[m.group().lower()]), text)
    shorthand = _shorthand("en").words

    def rewritten(match: re.Match[str]) -> str:
        folded = fold(match.group())
        return match.group() if folded in words or folded in shorthand else _word(match.group(), vocabulary)

    return _WORD.sub(rewritten, text)


def expand(text: str, language: str) -> str:
    """The text with the language's shorthand written out; numbers with a unit ("5bn") stay."""
    bare = strip_marks(text)
    if len(bare) != len(text):
        return text
    table = _shorthand(language)
    pieces, last = [], 0
    for match in table.pattern.finditer(bare):
        typed, before = text[match.start() : match.end()], text[: match.start()].rstrip()[-1:]
        written = _stands_for(typed, match.group().lower(), table)
        # "5 bn" is an amount, "phí bn" a question.
        amount = before.isdigit() and match.group().lower() in _UNITS
        if written is not None and not amount:
            pieces += [text[last : match.start()], written]
            last = match.end()
    return "".join([*pieces, text[last:]])


def _stands_for(typed: str, key: str, table: _Shorthand) -> str | None:
    """What a shorthand as typed stands for; None for a word with its diacritics ("có" is no "co")."""
    lower = typed.lower()
    phrase, whole = table.phrases.get(key, ("", ""))
    if phrase and lower in (key, phrase):
        return whole
    if typed.isupper() and typed in table.capitals:
        return table.capitals[typed]
    written = table.words.get(key)
    in_capitals = table.capitals.get(key) if typed.isupper() else None
    if in_capitals and (written is None or ("Đ" in typed and "đ" not in written)):
        # Both readings of "ĐT": the one that has the "đ" that was typed.
        written = in_capitals
    if written is None:
        return None
    stroke = lower.replace("đ", "d") == key and "đ" in written
    return written if lower == key or stroke else None


def _word(word: str, vocabulary: Container[str]) -> str:
    lower = word.lower()
    if lower in vocabulary:
        return word
    shorter = _LONG.sub(r"\1", word)
    if shorter != word:
        return shorter
    for letters, tones in ((_TELEX_LETTERS, _TELEX_TONES), (_VNI_LETTERS, _VNI_TONES)):
        typed = _keyed(lower, letters, tones)
        if typed and typed in vocabulary:
            return typed
    return word


def _keyed(word: str, letters: Mapping[str, str], tones: Mapping[str, str]) -> str | None:
    """The word that these keys give, or None when they hold nothing of the typing method."""
    tone = ""
    body = word
    found = [(at, key) for at, key in enumerate(word) if key in tones and at > 0]
    if found:
        at, key = found[-1]
        body, tone = word[:at] + word[at + 1 :], tones[key]
    composed = body
    for keys, letter in letters.items():
        composed = composed.replace(keys, letter)
    # A tone needs a vowel: "b4" is no word of VNI.
    if (composed == body and not tone) or not any(letter in _VOWELS for letter in composed):
        return None
    return clean(_with_tone(composed, tone)) if tone else composed


def _with_tone(word: str, tone: str) -> str:
    """The tone mark on the vowel where Vietnamese writes it."""
    vowels = [at for at, letter in enumerate(word) if letter in _VOWELS]
    if word.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels = vowels[1:]
    if not vowels:
        return word
    marked = [at for at in vowels if word[at] in "ăâêôơư"]
    closed = vowels[-1] < len(word) - 1
    at = marked[-1] if marked else vowels[-1] if closed or len(vowels) == 1 else vowels[-2]
    return word[: at + 1] + tone + word[at + 1 :]


def _as_written(word: str, replacement: str) -> str:
    return replacement.upper() if word.isupper() else replacement
