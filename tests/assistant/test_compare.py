"""Two models compared: scores of both, and only what changed."""

from __future__ import annotations

from dataclasses import replace

from bot.assistant.trial.compare import compared, scores
from bot.assistant.trial.grading import Graded, Outcome, Seen
from bot.assistant.trial.questions import Expectation, Question, Turn

FEE = Seen("ask_procedure", "work_permit", "fee", language="vi", confidence=0.9)
UNKNOWN = Seen("nlu_fallback", language="vi", confidence=0.2)


def _graded(name: str, seen: Seen, outcome: Outcome, language: str = "vi", refuse: bool = False) -> Graded:
    turn = Turn("phí bao nhiêu", Expectation(language, records=("work_permit",), refuse=refuse))
    return Graded(Question(name, language, "casual", (turn,)), 1, turn, seen, outcome)


def test_scores_are_shares_in_per_cent() -> None:
    graded = [
        _graded("a-1", FEE, Outcome.RIGHT),
        _graded("a-2", UNKNOWN, Outcome.REFUSED),
        _graded("a-3", FEE, Outcome.WRONG, "en"),
        _graded("a-4", UNKNOWN, Outcome.RIGHT, refuse=True),
    ]
    assert scores(graded) == {
        "right_vi": 50.0,
        "right_en": 0.0,
        "wrong_record": 33.33,
        "off_topic_not_answered": 100.0,
        "language": 75.0,
        "turns": 4.0,
    }


def test_only_what_an_investor_would_notice_is_a_change() -> None:
    surer = replace(FEE, confidence=0.99)
    worse = [_graded("a-1", UNKNOWN, Outcome.REFUSED), _graded("a-2", FEE, Outcome.RIGHT)]
    better = [_graded("a-1", FEE, Outcome.RIGHT), _graded("a-2", surer, Outcome.RIGHT)]
    before, after = (worse, {7: FEE, 8: UNKNOWN}), (better, {7: surer, 8: FEE})
    found = compared(before, after)
    assert [(each["id"], each["outcomes"]) for each in found["questions"]] == [("a-1", ["refused", "right"])]
    assert [each["id"] for each in found["utterances"]] == [8]
    assert found["utterances"][0]["after"]["record"] == "work_permit"
    assert "text" not in found["utterances"][0]
