"""Places that are not ours: a licence in another province or country is not for us to speak about."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.common.text import any_of, fold

_TABLE = Path(__file__).with_name("elsewhere.yml")


def place_in(text: str, terms: bool = False) -> str | None:
    """The place elsewhere that `text` asks about (folded), None when it names none.

    A country that papers, goods or a partner come from or go to is not asked about, but one where a company
    is to be founded. Of mere `terms`
    (nlu.glossary) no words say which part a place plays: a province is asked about wherever it stands.
    """
    folded, table = fold(text), _table()
    if zone := _zones().search(folded) or _founded().search(folded):
        return zone.group()
    if terms:
        named = _provinces().search(folded)
        return named.group() if named else None
    for found in _pattern().finditer(folded):
        place = found.group("there") or found.group("first")
        abroad = place in table["abroad"]
        before = folded[: found.start()].split()[-1:]
        party = found.group("before") in table["ways"] or bool(before and before[0] in table["parties"])
        if not (abroad and party):
            return str(place)
    return None


def is_of_elsewhere(after: str) -> bool:
    """Whether the text behind a park's name puts it in another province: "VSIP" before "Bắc Ninh"."""
    return bool(_provinces().match(fold(after).lstrip(" ,-(")))


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    table = _table()
    before = any_of([*table["where"], *table["ways"]])
    places = any_of([*table["provinces"], *table["abroad"]])
    there = rf"\b(?P<before>{before})(?: |\. ?)(?:the )?(?P<there>{places})\b"
    return re.compile(rf"{there}|^(?P<first>{places})\b")


@lru_cache(maxsize=1)
def _founded() -> re.Pattern[str]:
    """Words for setting up a company elsewhere, with nobody's company and no other place between."""
    table = _table()
    between = rf"(?: (?!(?:{any_of(table['whose'])})\b)[\w-]+){{0,4}}?"
    there = rf"(?:in|at|o|tai|ben|sang|qua) (?:{any_of([*table['abroad'], *table['partners']])})"
    return re.compile(rf"\b(?:{any_of(table['found'])}){between} (?:{any_of(table['firms'])}) {there}\b")


@lru_cache(maxsize=1)
def _zones() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(_table()['zones'])})\b")


@lru_cache(maxsize=1)
def _provinces() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(_table()['provinces'])})\b")
