"""A zone in mind or turned to: its figures, and what it tells itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.lead_ins import GOES_ON
from tests.assistant.readings import NOMURA, PERMIT, TALKING_OF_NOMURA, TAX, reading, short

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


def test_after_a_question_about_a_tax_the_rule_of_the_zone_is_meant() -> None:
    context = Context("faq-wage", "faq", None, KINDS, about={"pit-nomura": frozenset({"ip-nomura"})})
    for likely, record in ((0.7, "pit-nomura"), (0.3, "ip-nomura")):
        joined = {"ask_incentive/pit-nomura": likely, "ask_faq/faq-wage": 0.2}
        asked = reading({"ask_zone": 0.6}, NOMURA, text="& in nomura", joined=joined, tie=GOES_ON)
        assert decide(asked, context).record == record


def test_a_name_with_words_that_ask_for_nothing_asks_for_no_aspect() -> None:
    # Of "in the Nomura park" no aspect is asked, whatever it may look like.
    seems = {"parent": 0.9}
    asked = reading({"ask_zone": 0.9}, NOMURA, text="nomura park", joined=WAGE_THERE, aspects=seems)
    assert decide(asked, _context("wage-city")).record == "wage-nomura"


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


def test_this_park_is_the_one_spoken_of_last() -> None:
    context = Context("faq-wage", "faq", None, KINDS, zones=("ip-vsip", "ip-nomura"))
    for text, record in (
        ("is there land left in this park", "ip-nomura"),
        ("is there land left", "faq-wage"),
    ):
        asked = reading(
            {"follow_up": 0.9}, text=text, joined={"ask_faq/faq-wage": 0.9}, aspects={"available": 0.95}
        )
        assert decide(asked, context).record == record


def test_a_phase_is_that_of_the_park_spoken_of_last() -> None:
    phases = {"ip-nomura": {"2": "ip-nomura-2"}}
    figure = Context(
        "wage-nomura", "statistic", None, KINDS, about=ABOUT, zones=("ip-nomura",), phases=phases
    )
    asked = reading({"follow_up": 0.9}, text="the second phase?", joined={"ask_zone": 0.5})
    assert short(decide(asked, figure)) == ("answer", "ask_zone", "ip-nomura-2", "overview")
    wage = "ask_faq/faq-wage"
    heard = reading({wage: 0.2}, text="I heard of a second phase, how far is it?", joined={wage: 0.5})
    assert decide(heard, figure).record == "ip-nomura-2"
    expand = replace(heard, text="and when we expand?")
    assert decide(expand, figure).record != "ip-nomura-2"
    # The figure itself says which park, also where none was asked for before.
    alone = Context("wage-nomura", "statistic", None, KINDS, about=ABOUT, phases=phases)
    sure = reading({"ask_faq/faq-wage": 0.7}, text="the second phase?", joined={"ask_zone": 0.5})
    assert decide(sure, alone).record == "ip-nomura-2"
    park = Context("ip-nomura", "zone", "area", KINDS, zones=("ip-nomura",), phases=phases)
    sure = reading({"ask_faq/faq-wage": 0.7}, text="has the second phase begun?", joined={"ask_zone": 0.9})
    assert decide(sure, park).record == "ip-nomura-2"
    permit = reading({PERMIT: 0.9}, text="the second phase of a permit?", joined={PERMIT: 0.9})
    assert decide(permit, park).record == "work_permit"


@pytest.mark.parametrize(
    ("text", "scores", "aspects", "found"),
    [
        ("land rent?", {TAX: 0.2, "list_incentives": 0.19}, {"overview": 0.93, "rent": 0.05}, "rent"),
        ("what does the land cost", {"list_incentives": 0.24, TAX: 0.2}, {"rent": 0.8}, "rent"),
        ("how long the lease?", {TAX: 0.2}, {"overview": 0.9, "lease_term": 0.06}, "lease_term"),
    ],
)
def test_few_words_about_land_ask_of_the_zone_in_mind(
    text: str, scores: dict[str, float], aspects: dict[str, float], found: str
) -> None:
    asked = reading(scores, text=text, aspects=aspects, joined={TAX: 0.3, "ask_zone": 0.2})
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", found)
    sure = reading({TAX: 0.95}, text=text, aspects={**aspects, "rent": 0.0, "lease_term": 0.0})
    assert decide(sure, TALKING_OF_NOMURA).record == "cit-ez"


def test_what_the_zone_in_mind_surely_tells_is_not_strange() -> None:
    strange = reading({"off_topic": 0.8}, text="điện nước sao", aspects={"utilities": 1.0})
    assert decide(strange, TALKING_OF_NOMURA).aspect == "utilities"


def test_the_park_that_a_figure_is_about_is_that_park() -> None:
    asked = reading(
        {"follow_up": 0.7}, text="what rent in that park", joined=WAGE_THERE, aspects={"rent": 0.9}
    )
    assert short(decide(asked, _context("wage-nomura"))) == ("answer", "ask_zone", "ip-nomura", "rent")


def test_back_to_the_park_after_something_else() -> None:
    text = "let us come back to the park now and talk about what the land rent is"
    asked = reading({"off_topic": 0.4}, text=text, aspects={"rent": 0.9})
    after = Context("work_permit", "procedure", "time", zones=("ip-vsip", "ip-nomura"))
    assert short(decide(asked, after)) == ("answer", "ask_zone", "ip-nomura", "rent")
    sure = reading({TAX: 0.9}, text=text, aspects={"rent": 0.9})
    assert decide(sure, after).record == "cit-ez"
