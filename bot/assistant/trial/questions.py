"""Questions with what a right answer is, read from `tests/quality/*.jsonl`.

A row: `{"id", "language", "style", "turns": [{"text", "expect"}]}`; `twin` names the accented row of a row
without diacritics. What a turn may expect:

- `{"record": [ids, the best first], "aspect": name | [names] | null, "value": [strings, any of them]}`;
  with `"ask": [ids]` beside it, asking back between these is right as well;
- `{"ask": [ids]}`: only asking back is right;
- `{"refuse": true}`: nothing of ours may be shown;
- `{"intent": [names], "records_any": [ids], "records_all": [ids]}`: lists, comparisons, small talk; with
  `"record"` beside it, an answer about one of these is right as well.

`"language"` in a turn's expectation says the answer's language where it is not the row's; "any" where both
languages stand in the message.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.common.names import ASPECTS, COLLECTIONS, INTENTS
from bot.common.settings import ROOT

FOLDER = ROOT / "tests" / "quality"
LANGUAGES = ("vi", "en")
ANY = "any"
STRIPPED = "stripped"
STYLES = ("formal", "casual", STRIPPED, "abbreviations", "typos", "non-native", "mixed", "foreign")
_EXPECTABLE = {
    "record",
    "aspect",
    "value",
    "ask",
    "refuse",
    "intent",
    "records_any",
    "records_all",
    "language",
}


@dataclass(frozen=True)
class Expectation:
    """What a right answer is; empty fields do not matter."""

    # "vi", "en" or ANY.
    language: str
    records: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    records_any: tuple[str, ...] = ()
    records_all: tuple[str, ...] = ()
    refuse: bool = False


@dataclass(frozen=True)
class Turn:
    """One message of an outsider."""

    text: str
    expect: Expectation


@dataclass(frozen=True)
class Question:
    """One conversation of one turn or several."""

    id: str
    language: str
    style: str
    turns: tuple[Turn, ...]
    twin: str | None = None

    @property
    def topic(self) -> str:
        """The file it stands in."""
        return self.id.split("-")[0]


def load(folder: Path = FOLDER) -> list[Question]:
    """All questions; raises ValueError naming the row of a fault."""
    questions = [question for path in sorted(folder.glob("*.jsonl")) for question in _read(path)]
    ids = [question.id for question in questions]
    if len(set(ids)) < len(ids):
        raise ValueError(f"ids stand twice: {sorted(name for name in set(ids) if ids.count(name) > 1)}")
    unknown = sorted({q.twin for q in questions if q.twin} - set(ids))
    if unknown:
        raise ValueError(f"twins of no row: {unknown}")
    return questions


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """The kind of every record in data/registry by its id."""
    found = {}
    for kind, folder in COLLECTIONS.items():
        for path in sorted((ROOT / "data" / "registry" / folder).glob("[!_]*.yml")):
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
            found.update({record["id"]: kind for record in content.get("records") or ()})
    return found


def _read(path: Path) -> Iterator[Question]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        try:
            yield _question(row, path.stem)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}, {row.get('id')}: {error}") from error


def _question(row: dict[str, Any], topic: str) -> Question:
    if row["language"] not in LANGUAGES or row["style"] not in STYLES:
        raise ValueError(f"no such language or style: {row['language']}, {row['style']}")
    if row["id"].split("-")[0] != topic:
        raise ValueError(f"the id must begin with {topic}")
    turns = tuple(Turn(turn["text"], _expectation(turn["expect"], row["language"])) for turn in row["turns"])
    if not turns:
        raise ValueError("no turns")
    return Question(row["id"], row["language"], row["style"], turns, row.get("twin"))


def _expectation(expect: dict[str, Any], language: str) -> Expectation:
    if not expect or set(expect) - _EXPECTABLE:
        raise ValueError(f"cannot expect {expect}")
    aspect = expect.get("aspect")
    expectation = Expectation(
        language=expect.get("language", language),
        records=tuple(expect.get("record", ())),
        aspects=tuple([aspect] if isinstance(aspect, str) else aspect or ()),
        values=tuple(expect.get("value", ())),
        ask=tuple(expect.get("ask", ())),
        intents=tuple(expect.get("intent", ())),
        records_any=tuple(expect.get("records_any", ())),
        records_all=tuple(expect.get("records_all", ())),
        refuse=expect.get("refuse", False),
    )
    _check(expectation)
    return expectation


def _check(expectation: Expectation) -> None:
    named = {*expectation.records, *expectation.ask, *expectation.records_any, *expectation.records_all}
    if missing := sorted(named - set(kinds())):
        raise ValueError(f"no such records: {missing}")
    if missing := sorted(set(expectation.intents) - set(INTENTS)):
        raise ValueError(f"no such intents: {missing}")
    possible = {name for record in expectation.records for name in ASPECTS.get(kinds()[record], ())}
    if missing := sorted(set(expectation.aspects) - possible):
        raise ValueError(f"{expectation.records} have no aspects {missing}")
