"""A zone in mind or turned to: its figures, and what it tells itself."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.lead_ins import GOES_ON
from tests.assistant.readings import NOMURA, reading, short

KINDS = {"wage-nomura": "statistic", "wage-city": "statistic", "faq-wage": "faq", "ip-nomura": "zone"}
ABOUT = {"wage-nomura": frozenset({"ip-nomura"})}
WAGE_THERE = {"ask_statistic/wage-city": 0.7, "ask_statistic/wage-nomura": 0.15}


def _context(record: str) -> Context:
    return Context(record, KINDS[record], None, KINDS, about=ABOUT)


@pytest.mark.parametrize("record", ["wage-city", "faq-wage"])
def test_what_a_figure_or_question_tells_of_all_is_told_of_the_zone_named(record: str) -> None:
    asked = reading({"ask_zone": 0.9}, NOMURA, text="nomura then", joined=WAGE_THERE, tie=GOES_ON)
    assert short(decide(asked, _context(record))) == ("answer", "ask_statistic", "wage-nomura", None)


def test_after_a_question_a_figure_must_be_likely() -> None:
    joined = {"ask_faq/faq-wage": 0.9, "ask_statistic/wage-nomura": 0.02}
    asked = reading({"ask_zone": 0.9}, NOMURA, text="nomura then", joined=joined, tie=GOES_ON)
    assert decide(asked, _context("faq-wage")).record == "ip-nomura"


def test_an_aspect_that_is_said_is_asked_of_the_zone() -> None:
    said = {"area": 0.9}
    asked = reading(
        {"ask_zone": 0.9}, NOMURA, text="nomura area", joined=WAGE_THERE, tie=GOES_ON, aspects=said
    )
    assert short(decide(asked, _context("wage-city"))) == ("answer", "ask_zone", "ip-nomura", "area")


def test_a_plain_aspect_is_asked_of_the_zone_that_the_figure_is_about() -> None:
    joined = {"ask_zone": 0.5, "follow_up": 0.4}
    plain = reading(
        {"follow_up": 0.9}, text="who built that park", joined=joined, aspects={"developer": 0.95}
    )
    assert short(decide(plain, _context("wage-nomura"))) == ("answer", "ask_zone", "ip-nomura", "developer")
    vague = reading({"follow_up": 0.9}, text="who built that park", joined=joined, aspects={"developer": 0.7})
    assert decide(vague, _context("wage-nomura")).record == "wage-nomura"


def test_what_is_asked_there_is_asked_in_the_talk() -> None:
    """Though the message alone would find a question about all."""
    asked = reading(
        {"ask_faq/faq-wage": 0.92},
        text="what do workers there earn",
        joined={"ask_statistic/wage-nomura": 0.94},
    )
    assert decide(asked, _context("ip-nomura")).record == "wage-nomura"
