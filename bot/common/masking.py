"""Personal data out of free text, before anything is stored or passed on; the patterns are masking.yml.

An amount of money, the number of a law, a procedure's or a dossier's code is not personal data and stays. A
dossier's PIN goes: the assistant gets it once, in memory, and nobody keeps it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from bot.common.text import strip_marks

PIN = "pin"
TABLE = Path(__file__).with_name("masking.yml")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True)
class Masked:
    """A text with each personal datum replaced by its kind in brackets, and the kinds found, sorted."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class _Pattern:
    kind: str
    expression: re.Pattern[str]
    check: Callable[[str], bool] | None = None
    despite: frozenset[str] = field(default_factory=frozenset)
    asked_for: str = ""


def mask(text: str, *, asked_for: str = "", leaving: Collection[str] = ()) -> Masked:
    """The text without personal data; masking twice changes nothing more.

    `asked_for`: the slot that the text answers, which says what a bare number is. `leaving`: kinds to keep.
    """
    found: list[tuple[int, int, str]] = []
    for start, end, kind in _candidates(text, asked_for, leaving):
        if not any(start < other_end and other_start < end for other_start, other_end, _ in found):
            found.append((start, end, kind))
    for start, end, kind in sorted(found, reverse=True):
        text = f"{text[:start]}[{kind}]{text[end:]}"
    return Masked(text, tuple(sorted({kind for _, _, kind in found})))


def _candidates(text: str, asked_for: str, leaving: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Spans to replace, strongest patterns first."""
    folded = _fold_in_place(text)
    keep, patterns = _table()
    kept = [(name, *match.span()) for name, expression in keep for match in expression.finditer(folded)]
    for pattern in patterns:
        if pattern.kind in leaving or pattern.asked_for not in ("", asked_for):
            continue
        for match in pattern.expression.finditer(folded):
            start, end = match.span(1 if match.re.groups else 0)
            if pattern.check and not pattern.check(re.sub(r"\D", "", match.group())):
                continue
            if any(s < end and start < e for name, s, e in kept if name not in pattern.despite):
                continue
            yield start, end, pattern.kind


def _fold_in_place(text: str) -> str:
    """Lower case without diacritics, digits as ASCII, each character at its own place."""
    folded = (
        str(unicodedata.decimal(character)) if character.isdecimal() else strip_marks(character).lower()
        for character in text
    )
    return "".join(
        fold if len(fold) == 1 else character for fold, character in zip(folded, text, strict=True)
    )


def _luhn(digits: str) -> bool:
    """The check digit of bank cards (ISO/IEC 7812-1)."""
    doubled = (sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1


def _tax(digits: str) -> bool:
    """The check digit of Vietnamese ten-digit tax codes: weighted sum modulo 11."""
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, digits, strict=False))
    return 10 - total % 11 == int(digits[9]) and len(set(digits)) > 1


@cache
def _table() -> tuple[list[tuple[str, re.Pattern[str]]], list[_Pattern]]:
    content = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    checks = {"luhn": _luhn, "tax": _tax}
    keep = [(entry["name"], re.compile(entry["pattern"])) for entry in content["keep"]]
    patterns = [
        _Pattern(
            entry["kind"],
            re.compile(entry["pattern"]),
            checks.get(entry.get("check", "")),
            frozenset(entry.get("despite", ())),
            entry.get("asked_for", ""),
        )
        for entry in content["patterns"]
    ]
    return keep, patterns
