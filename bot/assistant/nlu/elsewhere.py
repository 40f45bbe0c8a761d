"""Places that are not ours: a licence in another province or country is not for us to speak about."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.common.text import fold

_TABLE = Path(__file__).with_name("elsewhere.yml")


def place_in(text: str) -> str | None:
    """The place elsewhere that `text` asks about (folded), None when it names none."""
    found = _pattern().search(fold(text))
    return (found.group("there") or found.group("first")) if found else None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    before = "|".join(re.escape(word) for word in table["before"])
    places = "|".join(re.escape(place) for place in sorted(table["places"], key=len, reverse=True))
    return re.compile(rf"\b(?:{before}) (?:the )?(?P<there>{places})\b|^(?P<first>{places})\b")
