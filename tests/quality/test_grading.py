"""What an answer is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.trial.grading import Outcome, Seen, grade
from bot.assistant.trial.questions import Expectation
from tests.quality.online import seen

FEE = Expectation("en", records=("work_permit", "faq-labour-visa-01"), aspects=("fee",), values=("450,000",))
ANSWER = Seen("ask_procedure", "work_permit", "fee", shown=("work_permit",), text="It costs VND 450,000.")


@pytest.mark.parametrize(
    ("came", "outcome"),
    [
        (ANSWER, Outcome.RIGHT),
        (replace(ANSWER, text=None), Outcome.RIGHT),
        (replace(ANSWER, aspect="time"), Outcome.INCOMPLETE),
        (replace(ANSWER, text="It costs something."), Outcome.INCOMPLETE),
        (replace(ANSWER, record="faq-labour-visa-01", aspect=None), Outcome.RIGHT),
        (replace(ANSWER, record="irc_issue"), Outcome.WRONG),
        (Seen("ambiguous", offered=("work_permit", "irc_issue")), Outcome.ASKED),
        (Seen("nlu_fallback"), Outcome.REFUSED),
        (Seen("list_procedures", shown=("irc_issue",)), Outcome.WRONG),
        (Seen("list_procedures", shown=("work_permit",)), Outcome.INCOMPLETE),
    ],
)
def test_a_question_about_a_record(came: Seen, outcome: Outcome) -> None:
    assert grade(FEE, came) is outcome


def test_asking_back_is_right_where_it_is_wanted() -> None:
    ask = Expectation("en", ask=("ip-deep-c-1", "ip-deep-c-2"))
    assert grade(ask, Seen("ambiguous", offered=("ip-deep-c-2", "ip-deep-c-3"))) is Outcome.RIGHT
    assert grade(ask, Seen("ambiguous", offered=("ip-do-son",))) is Outcome.ASKED
    assert grade(ask, Seen("ask_zone", "ip-deep-c-1", "area", shown=("ip-deep-c-1",))) is Outcome.INCOMPLETE


def test_what_is_not_ours_must_show_no_record() -> None:
    refuse = Expectation("vi", refuse=True)
    assert grade(refuse, Seen("off_topic")) is Outcome.RIGHT
    assert grade(refuse, Seen("greet")) is Outcome.RIGHT
    assert grade(refuse, Seen("ambiguous", offered=("ip-do-son",))) is Outcome.ASKED
    assert grade(refuse, Seen("ask_zone", "ip-do-son", "rent", shown=("ip-do-son",))) is Outcome.WRONG
    assert grade(refuse, Seen("list_zones", shown=("ip-do-son",))) is Outcome.WRONG


def test_lists_and_comparisons_need_their_records() -> None:
    compare = Expectation("en", intents=("compare_zones",), records_all=("ip-do-son", "ip-dai-an"))
    assert grade(compare, Seen("compare_zones", shown=("ip-dai-an", "ip-do-son"))) is Outcome.RIGHT
    assert grade(compare, Seen("compare_zones", shown=("ip-dai-an",))) is Outcome.INCOMPLETE
    assert grade(compare, Seen("ask_zone", "ip-do-son", "area", shown=("ip-do-son",))) is Outcome.INCOMPLETE
    assert grade(compare, Seen("ask_zone", "ip-lai-vu", "area", shown=("ip-lai-vu",))) is Outcome.WRONG
    assert grade(replace(compare, records_all=()), Seen("nlu_fallback")) is Outcome.REFUSED


def test_a_list_or_a_record_may_both_be_right() -> None:
    both = Expectation("en", records=("faq-zones-ftz-10",), intents=("list_zones",))
    assert grade(both, Seen("list_zones", shown=("ip-do-son",))) is Outcome.RIGHT
    assert grade(both, Seen("ask_faq", "faq-zones-ftz-10", shown=("faq-zones-ftz-10",))) is Outcome.RIGHT
    assert grade(both, Seen("ask_faq", "faq-zones-ftz-01", shown=("faq-zones-ftz-01",))) is Outcome.WRONG


def test_what_came_is_read_from_answer_and_log() -> None:
    message = {
        "author": "assistant",
        "language": "en",
        "text": "Ten days.",
        "blocks": [],
        "sources": [{"record": "irc_issue"}, {"record": "irc_issue"}],
    }
    decision = {
        "verdict": "answer",
        "record": "irc_issue",
        "aspect": "time",
        "confidence": 0.9,
        "candidates": [],
    }
    understood = {"intent": {"name": "ask_procedure"}, "decision": decision}
    came = seen([message], understood)
    assert (came.record, came.aspect, came.shown, came.confidence) == (
        "irc_issue",
        "time",
        ("irc_issue",),
        0.9,
    )
    candidates = [{"record": "irc_issue"}, {"record": "irc_adjust"}]
    asked = {"intent": {"name": "ambiguous"}, "decision": {"verdict": "ask", "candidates": candidates}}
    assert seen([{**message, "sources": []}], asked).offered == ("irc_issue", "irc_adjust")
    assert seen([], {}) == Seen("", text="")
