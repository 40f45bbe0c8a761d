"""What of a talk is asked back, or asked of another record, because the one found is too doubtful."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.gazetteer import Mention
from tests.assistant.readings import FIRE, PERMIT, TALKING_OF_PERMIT, TAX, WAGE, candidates, reading, short


@pytest.mark.parametrize(
    ("alone", "in_talk", "verdict"), [(0.55, 0.02, "ask"), (0.55, 0.2, "answer"), (0.75, 0.02, "answer")]
)
def test_what_the_talk_hardly_supports_must_be_likelier_than_not(
    alone: float, in_talk: float, verdict: str
) -> None:
    asked = reading({TAX: alone, FIRE: 0.1}, joined={PERMIT: 0.35, TAX: in_talk})
    decision = decide(asked, TALKING_OF_PERMIT)
    assert decision.verdict == verdict
    if verdict == "ask":
        assert {found.record for found in decision.candidates} == {"cit-ez", "fire_check"}


def test_what_the_record_in_mind_cannot_have_is_not_asked_of_it() -> None:
    tenants = {"tenants": 0.9, "fee": 0.05}
    scores = {"follow_up": 0.9, "off_topic": 0.1}
    asked = reading(scores, text="tenants?", aspects=tenants, joined={WAGE: 0.4, FIRE: 0.3})
    decision = decide(asked, TALKING_OF_PERMIT)
    assert (decision.verdict, {found.record for found in decision.candidates}) == (
        "ask",
        {"faq-wage", "fire_check"},
    )
    assert decide(replace(asked, joined=()), TALKING_OF_PERMIT).verdict == "refuse"
    fee = replace(asked, aspects={"fee": 0.9})
    assert short(decide(fee, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "work_permit", "fee")


def test_what_a_rule_does_not_have_is_asked_of_the_procedure_beside_it() -> None:
    rule = Context("cit-ez", "incentive", "overview")
    scores = {TAX: 0.5, PERMIT: 0.3, FIRE: 0.05}
    asked = reading({"follow_up": 0.9}, text="documents?", aspects={"documents": 0.95}, joined=scores)
    assert short(decide(asked, rule)) == ("answer", "ask_procedure", "work_permit", "documents")


def test_a_figure_that_is_named_is_meant_when_the_record_in_mind_has_no_such_aspect() -> None:
    water = Mention(("stat-water",), "statistic", 0, 11, 1.0, "water price")
    asked = reading({"follow_up": 0.8}, water, text="water price there?", aspects={"fees": 0.9})
    assert decide(asked, TALKING_OF_PERMIT).record == "stat-water"


def test_a_person_who_is_likely_wanted_goes_before_a_doubtful_question() -> None:
    for complains, intent in ((0.46, "complaint"), (0.2, "ambiguous")):
        asked = reading({WAGE: 0.48, "complaint": complains})
        assert decide(asked, Context()).intent == intent
    sure = reading({WAGE: 0.55, "complaint": 0.4})
    assert decide(sure, Context()).record == "faq-wage"


def test_what_is_strange_alone_but_not_in_the_talk_is_ours() -> None:
    leader = reading(
        {"off_topic": 0.5, WAGE: 0.45}, text="which country leads", joined={PERMIT: 0.6, WAGE: 0.4}
    )
    assert decide(leader, TALKING_OF_PERMIT).record == "faq-wage"
    stranger = replace(leader, joined=candidates({"off_topic": 0.6, PERMIT: 0.3, WAGE: 0.1}))
    assert decide(stranger, TALKING_OF_PERMIT).intent == "off_topic"
