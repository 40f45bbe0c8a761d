"""The questions are sound, many enough, of all kinds, and none of them stands in the training data."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.assistant.trial import questions
from bot.assistant.trial.questions import STRIPPED
from bot.common.names import PROCEDURE, ZONE
from bot.common.settings import ROOT
from bot.common.text import fold, strip_marks

# Follow-ups and greetings this short are the same whoever writes them.
FREE_WORDS = 2


def test_there_are_enough_of_every_sort() -> None:
    found = questions.load()
    own = [question for question in found if question.twin is None]
    hard = [question for question in own if len(question.turns) > 1 or question.turns[0].expect.refuse]
    assert len(own) >= 1000
    assert len(hard) >= len(own) / 3
    assert len(found) - len(own) >= 150
    styles = Counter((question.language, question.style) for question in found)
    for language in ("vi", "en"):
        for style in ("formal", "casual", "abbreviations", "typos"):
            assert styles[language, style] >= 20
    assert styles["vi", STRIPPED] >= 200
    assert styles["en", "non-native"] >= 100
    assert styles["vi", "mixed"] >= 20


def test_every_procedure_and_zone_is_asked_for() -> None:
    wanted = Counter(
        record
        for question in questions.load()
        if question.twin is None
        for turn in question.turns
        for record in turn.expect.records[:1]
    )
    for record, kind in questions.kinds().items():
        if kind == PROCEDURE:
            assert wanted[record] >= 2, record
        if kind == ZONE:
            assert wanted[record] >= 1, record


def test_twins_are_the_same_without_diacritics() -> None:
    found = {question.id: question for question in questions.load()}
    for question in found.values():
        if question.twin:
            accented = found[question.twin]
            assert [turn.text for turn in question.turns] == [
                strip_marks(turn.text) for turn in accented.turns
            ]
            assert [turn.expect for turn in question.turns] == [turn.expect for turn in accented.turns]


def test_no_question_stands_in_the_training_data() -> None:
    trained = {_key(text) for path in (ROOT / "data" / "nlu").rglob("*.yml") for text in _examples(path)}
    same = [
        f"{question.id}.{number}"
        for question in questions.load()
        for number, turn in enumerate(question.turns, 1)
        if _key(turn.text) in trained and len(_key(turn.text).split()) > FREE_WORDS
    ]
    assert not same


@pytest.mark.parametrize(
    ("expect", "fault"),
    [
        ({"record": ["no-such-record"]}, "no such records"),
        ({"record": ["work_permit"], "aspect": "rent"}, "have no aspects"),
        ({"intent": ["dance"]}, "no such intents"),
        ({"answer": "yes"}, "cannot expect"),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, expect: dict[str, object], fault: str) -> None:
    row = {"id": "bad-1", "language": "en", "style": "formal", "turns": [{"text": "Hello", "expect": expect}]}
    (tmp_path / "bad.jsonl").write_text(json.dumps(row))
    with pytest.raises(ValueError, match=fault) as caught:
        questions.load(tmp_path)
    assert "bad.jsonl, bad-1" in str(caught.value)


def _examples(path: Path) -> list[str]:
    blocks = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]
    return [
        line.removeprefix("- ") for block in blocks for line in (block.get("examples") or "").splitlines()
    ]


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()
