"""Incentives found from the one in mind: another tax in its place, the same tax elsewhere."""

from __future__ import annotations

from dataclasses import replace

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.gazetteer import Mention
from bot.assistant.nlu.lead_ins import GOES_ON
from tests.assistant.readings import candidates, reading, short

CONTEXT = Context(
    "cit-ftz",
    "incentive",
    "overview",
    about={"cit-ftz": frozenset({"ftz"}), "pit-ftz": frozenset({"ftz"}), "pit-ez": frozenset({"ez"})},
    taxes={"cit-ftz": "CIT", "pit-ftz": "PIT", "pit-ez": "PIT", "pit-chips": "PIT"},
)
FTZ = Mention(("ftz",), "zone", 9, 12, 1.0, "ftz")
STAYS = {"ask_incentive/cit-ftz": 0.97}


def test_another_tax_is_that_of_the_same_place() -> None:
    asked = reading({"off_topic": 0.5}, text="and PIT?", joined=STAYS, filters={"tax": "PIT"})
    assert short(decide(asked, CONTEXT)) == ("answer", "ask_incentive", "pit-ftz", "overview")


def test_another_tax_is_that_of_the_place_a_question_was_about() -> None:
    question = replace(
        CONTEXT, record="faq-ftz", kind="faq", about={**CONTEXT.about, "faq-ftz": frozenset({"ftz"})}
    )
    asked = reading({"off_topic": 0.5}, text="and PIT?", joined=STAYS, filters={"tax": "PIT"}, tie=GOES_ON)
    assert decide(asked, question).record == "pit-ftz"
    assert decide(replace(asked, tie=None), question).record != "pit-ftz"


def test_another_place_is_asked_for_the_same_tax() -> None:
    context = replace(CONTEXT, record="pit-chips")
    joined = {"ask_incentive/pit-chips": 0.9}
    asked = reading({"follow_up": 0.8}, FTZ, text="& in the FTZ?", joined=joined, aspects={"location": 0.8})
    assert short(decide(asked, context)) == ("answer", "ask_incentive", "pit-ftz", "overview")


def test_another_place_after_a_question_about_a_tax() -> None:
    question = replace(
        CONTEXT, record="faq-pit", kind="faq", related={"faq-pit": ("zone", "pit-ez", "pit-chips")}
    )
    joined = {"ask_faq/faq-pit": 0.6}
    asked = reading(
        {"ask_faq/faq-ftz": 0.4}, FTZ, text="& in the FTZ?", joined=joined, aspects={"parent": 0.8}
    )
    assert short(decide(asked, question)) == ("answer", "ask_incentive", "pit-ftz", "overview")
    several = replace(question, related={"faq-pit": ("pit-ez", "cit-ftz")})
    assert decide(asked, several).record != "pit-ftz"


def test_what_is_asked_of_the_place_itself_is_no_rule() -> None:
    asked = reading({"ask_zone": 0.8}, FTZ, text="where is FTZ", joined=STAYS, aspects={"location": 0.9})
    assert decide(asked, replace(CONTEXT, record="pit-chips")).record == "ftz"


def test_of_several_rules_the_likeliest_is_meant_and_none_where_none_is_likely() -> None:
    context = replace(
        CONTEXT,
        taxes={**CONTEXT.taxes, "pit-ez": "PIT"},
        about={**CONTEXT.about, "pit-ez": frozenset({"ftz"})},
    )
    asked = reading({"off_topic": 0.5}, text="and PIT?", joined=STAYS, filters={"tax": "PIT"})
    assert decide(asked, context).record != "pit-ftz"
    likely = replace(asked, candidates=candidates({"off_topic": 0.5, "ask_incentive/pit-ez": 0.1}))
    assert decide(likely, context).record == "pit-ez"


def test_a_rule_that_is_sure_by_itself_goes_before() -> None:
    for sure, record in ((0.9, "pit-chips"), (0.6, "pit-ftz")):
        of_chips = {"ask_incentive/pit-chips": sure}
        asked = reading(of_chips, text="and PIT?", joined=STAYS, filters={"tax": "PIT"})
        assert decide(asked, CONTEXT).record == record
