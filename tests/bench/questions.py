"""Mixed questions as investors ask them: all kinds, both languages, bare of diacritics, follow-ups."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml

from bot.common.settings import ROOT
from bot.common.text import strip_marks

_WORDINGS = Path(__file__).with_name("questions.yml")
# Every n-th record, so that the choice spreads over all files.
_PROCEDURES, _ZONES, _FAQ = 34, 30, 30


def conversations() -> list[list[str]]:
    """Over 200 questions in conversations of three to five turns, in one language each."""
    wordings = yaml.safe_load(_WORDINGS.read_text(encoding="utf-8"))
    talks = [
        *_about("procedure", "procedures", _PROCEDURES, wordings),
        *_about("zone", "zones", _ZONES, wordings),
    ]
    for language in ("vi", "en"):
        others = [*_names("faq", language, _FAQ), *wordings["other"][language]]
        talks += [others[start : start + 5] for start in range(0, len(others), 5)]
    # Every third talk is typed without diacritics; English ones stay what they are.
    return [
        [strip_marks(text) for text in talk] if number % 3 == 2 else talk for number, talk in enumerate(talks)
    ]


def _about(kind: str, folder: str, count: int, wordings: dict[str, Any]) -> Iterator[list[str]]:
    """Two wordings about a record and, for procedures, a follow-up."""
    for language in ("vi", "en"):
        asked = cycle(wordings[kind][language])
        follow_ups = cycle(wordings["follow_up"][language])
        for name in _names(folder, language, count // 2):
            talk = [question.replace(f"{{{kind}}}", name) for question in islice(asked, 2)]
            yield [*talk, next(follow_ups)] if kind == "procedure" else talk


def _names(folder: str, language: str, count: int) -> list[str]:
    """Names (questions, for the FAQ) of records spread over all files of a folder."""
    names: list[str] = []
    for path in sorted((ROOT / "data" / "registry" / folder).glob("[!_]*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        names += [record["name"][language] for record in content.get("records") or ()]
    step = max(1, len(names) // count)
    return names[::step][:count]
