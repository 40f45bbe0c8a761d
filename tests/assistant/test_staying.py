"""Whether a message of the talk stays with the record in mind or is about another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.gazetteer import Mention
from bot.assistant.nlu.lead_ins import GOES_ON
from tests.assistant.readings import FIRE, PERMIT, TALKING_OF_PERMIT, TAX, WAGE, reading, short

KINDS = {"faq-wage": "faq", "faq-water": "faq", "work_permit": "procedure", "cit-ez": "incentive"}
WATER = "ask_faq/faq-water"
TALKING_OF_WAGES = Context("faq-wage", "faq", None, KINDS)
TALKING_OF_TAX = Context("cit-ez", "incentive", "overview", KINDS)


def test_after_a_question_another_is_meant() -> None:
    for other, record in ((0.45, "faq-water"), (0.005, "faq-wage")):
        asked = reading({"follow_up": 0.9}, text="and overtime?", joined={WAGE: 0.5, WATER: other})
        assert decide(asked, TALKING_OF_WAGES).record == record


def test_which_other_the_message_alone_helps_to_say() -> None:
    joined = {WAGE: 0.4, FIRE: 0.3, WATER: 0.2}
    asked = reading({"follow_up": 0.9, WATER: 0.05}, text="water then?", joined=joined)
    assert decide(asked, TALKING_OF_WAGES).record == "faq-water"


def test_a_question_the_talk_hardly_turns_to_is_asked_back() -> None:
    joined = {WAGE: 0.80, WATER: 0.02, FIRE: 0.019, PERMIT: 0.019}
    decision = decide(reading({"follow_up": 0.9}, text="and there?", joined=joined), TALKING_OF_WAGES)
    assert (decision.verdict, decision.record) == ("ask", None)
    assert [c.record for c in decision.candidates] == ["faq-water", "fire_check", "work_permit"]
    likelier = reading({"follow_up": 0.9}, text="and there?", joined={**joined, WATER: 0.05})
    assert decide(likelier, TALKING_OF_WAGES).record == "faq-water"


@pytest.mark.parametrize(("aspect", "alone", "record"), [
    ("time", 0.7, "work_permit"), ("time", 0.5, "fire_check"), ("conditions", 0.7, "fire_check"),
])  # fmt: skip
def test_a_bare_aspect_is_asked_of_the_procedure_in_mind_not_of_its_neighbour(
    aspect: str, alone: float, record: str
) -> None:
    asked = reading(
        {"follow_up": alone},
        text="how long is the term?",
        joined={FIRE: 0.6, PERMIT: 0.3},
        aspects={aspect: 0.95},
    )
    assert decide(asked, TALKING_OF_PERMIT).record == record


def test_a_figure_after_a_question_is_that_of_the_procedure_behind_it() -> None:
    context = replace(TALKING_OF_WAGES, related={"faq-wage": ("work_permit",)})
    joined = {PERMIT: 0.4, WAGE: 0.25, WATER: 0.2}
    asked = reading({WATER: 0.9}, text="how long does it take", joined=joined, aspects={"time": 0.95})
    assert short(decide(asked, context)) == ("answer", "ask_procedure", "work_permit", "time")
    assert decide(replace(asked, aspects={"conditions": 0.95}), context).record == "faq-water"
    elsewhere = reading({WATER: 0.9}, text="how long", joined={**joined, WAGE: 0.1}, aspects={"time": 0.95})
    assert decide(elsewhere, context).record == "faq-water"
    of_itself = replace(asked, candidates=reading({WAGE: 0.9}).candidates)
    assert decide(of_itself, context).record == "faq-wage"


def test_a_question_that_may_go_on_must_be_surer() -> None:
    aspects, joined = {"documents": 0.95}, {PERMIT: 0.6, WAGE: 0.3}
    for beside, record in (("follow_up", "work_permit"), ("ask_zone", "faq-wage")):
        asked = reading({WAGE: 0.9, beside: 0.08}, text="which papers?", joined=joined, aspects=aspects)
        assert decide(asked, TALKING_OF_PERMIT).record == record


def test_the_very_question_is_answered_whatever_was_spoken_of() -> None:
    for alone, record in ((0.99, "faq-wage"), (0.9, "work_permit")):
        asked = reading({WAGE: alone}, text="a deposit?", joined={PERMIT: 0.95}, aspects={"fee": 0.95})
        assert decide(asked, TALKING_OF_PERMIT).record == record


def test_what_stands_behind_and_is_meant_where_it_is_sure() -> None:
    for fits, record in ((0.05, "faq-water"), (0.0, "cit-ez")):
        asked = reading(
            {"follow_up": 0.9},
            text="and the water?",
            joined={TAX: 0.9, WATER: fits},
            turned={WATER: 0.95},
            aspects={"conditions": 0.95},
            tie=GOES_ON,
        )
        assert decide(asked, TALKING_OF_TAX).record == record


@pytest.mark.parametrize(("alone", "fits", "record"), [
    (0.85, 0.15, "faq-water"), (0.85, 0.05, "cit-ez"), (0.75, 0.15, "cit-ez"),
])  # fmt: skip
def test_beside_an_incentive_a_sure_record_is_meant(alone: float, fits: float, record: str) -> None:
    joined = {TAX: 0.92, WATER: fits}
    asked = reading({WATER: alone}, text="an auction?", joined=joined, aspects={"conditions": 0.95})
    assert decide(asked, TALKING_OF_TAX).record == record


def test_words_nobody_knows_ask_for_a_plain_aspect_or_are_nonsense() -> None:
    for aspects, verdict in (({"time": 0.95}, "answer"), ({"time": 0.6}, "refuse")):
        unknown = reading({"nlu_fallback": 1.0, "follow_up": 0.95}, text="occ %?", aspects=aspects)
        assert decide(unknown, TALKING_OF_PERMIT).verdict == verdict
    first = reading({"nlu_fallback": 1.0, "follow_up": 0.95}, text="occ %?", aspects={"time": 0.95})
    assert decide(first, Context()).verdict == "refuse"


def test_a_doubtful_question_is_asked_back_a_doubtful_procedure_answered() -> None:
    asked = reading({WAGE: 0.52, FIRE: 0.3}, text="a long first message about something else")
    assert decide(asked, Context()).verdict == "ask"
    asked = reading({FIRE: 0.52, WAGE: 0.3}, text="a long first message about something else")
    assert short(decide(asked, Context()))[:3] == ("answer", "ask_procedure", "fire_check")


def test_a_figure_is_asked_of_the_procedure_not_of_a_question_about_another() -> None:
    behind = Context(None, None, None, KINDS, {"faq-wage": ("work_permit",)})
    papers = {"documents": 0.95}
    asked = reading({WAGE: 0.5, FIRE: 0.5, PERMIT: 0.02}, text="papers for the check", aspects=papers)
    assert short(decide(asked, behind)) == ("answer", "ask_procedure", "fire_check", "documents")
    own = reading({WAGE: 0.5, PERMIT: 0.4, FIRE: 0.02}, text="papers for the permit", aspects=papers)
    assert decide(own, behind).record == "work_permit"
    less = reading({WAGE: 0.7, FIRE: 0.2, PERMIT: 0.02}, text="papers for the check", aspects=papers)
    assert decide(less, behind).record == "faq-wage"


def test_what_two_records_tell_alike_is_enough_by_itself_together() -> None:
    related = {"faq-wage": ("stat-wage",), "stat-wage": ("faq-wage",)}
    asked = reading({WAGE: 0.6, "ask_statistic/stat-wage": 0.35}, text="wages by now", joined={FIRE: 0.8})
    assert decide(asked, replace(TALKING_OF_PERMIT, related=related)).record == "faq-wage"
    assert decide(asked, TALKING_OF_PERMIT).record == "fire_check"


def test_a_procedure_only_named_needs_some_likelihood_before_a_question() -> None:
    named = Mention(("work_permit",), "procedure", 0, 11, 1.0, "work permit")
    context = Context(related={"faq-wage": ("work_permit",), "work_permit": ("faq-wage",)})
    for likely, record in ((0.01, "faq-wage"), (0.05, "work_permit")):
        asked = reading({WAGE: 0.85, PERMIT: likely}, named, aspects={"time": 0.95})
        assert decide(asked, context).record == record
