"""Words by which a message ties itself to the one before: "còn … thì sao", "and for …", "no, I mean …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.common.text import fold

_TABLE = Path(__file__).with_name("lead_ins.yml")
GOES_ON, CORRECTS = "goes_on", "corrects"
# "The branch, not the new company": what was not meant.
_NOT_MEANT = re.compile(r"[,;]\s*(?:not|chứ không|không phải)\b.*$", re.IGNORECASE)
_BETWEEN = r"[\s,;:.!–-]+"


@dataclass(frozen=True)
class LeadIn:
    """How a message ties itself to the one before, and what is left of it without these words."""

    kind: str
    rest: str


def lead_in(text: str) -> LeadIn | None:
    """The lead-in of a cleaned message; None when it has none, or nothing besides."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    for kind in (CORRECTS, GOES_ON):
        before, after = _patterns()[kind]
        found = before.match(folded)
        if found is None:
            continue
        ending = after.search(folded, found.end())
        rest = text[found.end() : ending.start() if ending else len(text)]
        rest = (_NOT_MEANT.sub("", rest) if kind == CORRECTS else rest).strip(" ?.!,;:")
        return LeadIn(kind, rest) if rest else None
    alone = _alone().search(folded)
    return LeadIn(GOES_ON, text[: alone.start()].strip()) if alone and alone.start() else None


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {
        kind: (re.compile(rf"(?:{_any(words['before'])}){_BETWEEN}"), _at_the_end(words["after"]))
        for kind, words in _table().items()
    }


@lru_cache(maxsize=1)
def _alone() -> re.Pattern[str]:
    return _at_the_end(_table()[GOES_ON]["alone"])


def _at_the_end(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_any(phrases)})[\s?.!]*$")


def _any(phrases: list[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(_BETWEEN.join(map(re.escape, phrase.split())) for phrase in ordered)
