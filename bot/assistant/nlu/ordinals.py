"""Numbers as words: "DEEP C two", "giai đoạn hai", "the second one"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.common.text import any_of, fold

# What stands for a name in a text whose part is looked for.
NAME = "_"
# What a part of a park that is no number is called.
EXPANSION = "+"

_NUMBERS = {
    "1": ["1", "i", "one", "first", "1st", "mot", "nhat", "dau", "dau tien"],
    "2": ["2", "ii", "two", "second", "2nd", "hai", "nhi"],
    "3": ["3", "iii", "three", "third", "3rd", "ba"],
    "4": ["4", "iv", "four", "fourth", "4th", "bon", "tu"],
    "5": ["5", "v", "five", "fifth", "5th", "nam"],
}
_LAST = ["last", "cuoi", "cuoi cung"]
_VALUES = {word: number for number, words in _NUMBERS.items() for word in words}
# Words that can stand for the number of a park; others are words of their own ("năm 2024", "I want").
_IN_NAMES = {"two": "2", "three": "3", "four": "4", "ii": "2", "iii": "3", "iv": "4", "hai": "2", "ba": "3"}
# Before these, "hai" is a part of a name.
_CITIES = ("phong", "duong", "an", "phan")
_ORDINAL = "first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th"
_WORD = any_of(_VALUES)
_UNITS = (
    "ha|hec ?ta|hectares?|m2|km|met|nam|thang|ngay|tuan|years?|months?|days?|weeks?|tr|trieu|ty|usd|million"
    "|billion|lo|plots?"
)
_PART = re.compile(
    rf"\b(?:giai doan|gd|phase|stage|ph|number|no|khu so|so|thu)\b\.?\s?(?P<after>{_WORD})\b"
    rf"|\b(?P<before>{_WORD}) (?:phase|stage|park|zone|area|part|one)\b"
    # "The third Tràng Duệ park", "DEEP C's second site": the name itself stands as NAME.
    rf"|\b(?P<the>{_ORDINAL}) {NAME}|{NAME}\W*s (?P<its>{_ORDINAL})\b"
    # "NDV 2", but not two years of it.
    rf"|{NAME} (?P<no>[2-5])\b(?![.,]?\d|%| ?(?:{_UNITS})\b)"
    # "Deep C one, what rent?", but not "the Nomura one".
    rf"|(?<!\bthe ){NAME} (?P<one>one)(?=\s*(?:$|[,;?.!]))"
    rf"|\b(?P<more>mo rong|expan(?:sion|d|ded)|exten(?:sion|d|ded)|(?<={NAME} )(?:exp|mr|expn))\b"
)
# The park without it: "the original, not the extension".
_WITHOUT_MORE = re.compile(r"\b(?:not|without|before|khong phai|khong tinh|chua|truoc khi)(?: \w+){0,2} $")
_TAKE = (
    "con|and|ok|then|no|dap an|chon|lua chon|lay|cai|phuong an|y|the|option|number|choice|so|thu|muc|take"
    "|choose|pick"
)
_CHOICE = re.compile(
    rf"^(?:(?:{_TAKE})\s)*(?P<which>{_WORD}|{'|'.join(_LAST)})(?:\s(?:one|option|nhe|di|a|ay|do|please|nha))*$"
)
# With more behind it: "khu thứ hai ở đâu", "where is the second park".
_PLACE = re.compile(
    rf"^(?:khu|kcn|thu tuc|uu dai|cai|muc) (?:thu (?P<vi>{_WORD})|(?P<end>dau tien|cuoi cung))\b"
    r"|(?:\bthe|^(?:and|ok|so|then)|^) ?(?P<en>first|second|third|fourth|fifth|last)"
    r" (?:one|park|zone|procedure|incentive|entry)\b"
    # "And the first?"
    r"|\bthe (?P<bare>first|second|third|last)$"
)


def digits(words: Sequence[str]) -> list[str]:
    """Folded words with the number words of names as digits, but for "hai" in the names of cities."""
    return [
        word if following in _CITIES else _IN_NAMES.get(word, word)
        for word, following in zip(words, [*words[1:], ""], strict=True)
    ]


def part_in(text: str) -> str | None:
    """The part of a park that `text` speaks of: "2" for "giai đoạn hai", EXPANSION for "phần mở rộng"."""
    folded = fold(text)
    found = _PART.search(folded)
    if found is None or (found.group("more") and _WITHOUT_MORE.search(folded[: found.start()])):
        return None
    return EXPANSION if found.group("more") else _VALUES[next(word for word in found.groups() if word)]


def without_part(text: str) -> str:
    """Folded text without the part of a park that it speaks of."""
    return _PART.sub(" ", fold(text))


def without_place(text: str) -> str:
    """Folded text without what takes one of several by its place."""
    words = _words(text)
    return "" if _CHOICE.match(words) else _PLACE.sub(" ", words)


def chosen(text: str, offered: Sequence[str]) -> str | None:
    """Which of the things offered `text` takes by its place ("the second one", "2"), None when none."""
    words = _words(text)
    return _taken(_CHOICE.match(words) or _PLACE.search(words), offered)


def in_place(text: str, spoken_of: Sequence[str]) -> str | None:
    """Which of the things spoken of `text` means by its place ("… of the first one"), None when none."""
    return _taken(_PLACE.search(_words(text)), spoken_of) if len(spoken_of) > 1 else None


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _taken(found: re.Match[str] | None, offered: Sequence[str]) -> str | None:
    if found is None or not offered:
        return None
    which = next(group for group in found.groups() if group)
    at = len(offered) if which in _LAST else int(_VALUES[which])
    return offered[at - 1] if at <= len(offered) else None
