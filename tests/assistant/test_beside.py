"""A message that asks of two records: one is answered, the other stands beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, Reading, decide
from bot.assistant.nlu.gazetteer import Mention
from bot.assistant.nlu.halves import halves
from tests.assistant.readings import FIRE, PERMIT, reading

TEXT = "work permit fee, and who does the fire check"
A_PERMIT = Mention(("work_permit",), "procedure", 0, 11, 1.0, "work permit")
A_FIRE = Mention(("fire_check",), "procedure", 34, 44, 1.0, "fire check")
IN_HALF = Mention(("fire_check",), "procedure", 13, 23, 1.0, "fire check")


def _both(of_half: float = 0.9) -> Reading:
    first = reading({PERMIT: 0.9}, A_PERMIT, text="work permit fee", aspects={"fee": 0.9})
    second = reading({FIRE: of_half}, IN_HALF, text="who does the fire check", aspects={"authority": 0.9})
    whole = reading({PERMIT: 0.8, FIRE: 0.1}, A_PERMIT, A_FIRE, text=TEXT, aspects={"fee": 0.8})
    return replace(whole, halves=[first, second])


def test_what_is_asked_of_the_other_record_stands_beside() -> None:
    decision = decide(_both(), Context())
    assert (decision.record, decision.aspect) == ("work_permit", "fee")
    assert decision.as_dict("en", None)["beside"] == {
        "record": "fire_check",
        "kind": "procedure",
        "aspect": "authority",
    }


def test_each_half_asks_for_its_own() -> None:
    mixed = replace(_both(), parts=[{"fee": 0.9}, {"authority": 0.9}])
    decision = decide(mixed, Context())
    assert (decision.aspect, decision.more_aspects) == ("fee", ())


def test_a_half_that_is_not_sure_is_not_offered() -> None:
    assert decide(_both(0.3), Context()).beside is None


def test_the_procedure_behind_a_question_is_not_offered_beside_it() -> None:
    question = replace(_both(), question="faq-wage")
    alike = Context(related={"faq-wage": ("fire_check", "work_permit")})
    assert decide(question, alike).beside is None
    assert decide(question, Context()).beside is not None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (TEXT, ("work permit fee", "and who does the fire check")),
        ("work permit fee and also fire check fee", ("work permit fee", "also fire check fee")),
        ("is a work permit needed before the fire check", ()),
        ("work permit and fire check", ("work permit", "fire check")),
        ("fire check", ()),
        ("work permit fee, how long, and where", ()),
    ],
)
def test_a_message_is_parted_where_another_record_is_named(text: str, parts: tuple[str, ...]) -> None:
    named = [
        Mention((record,), "procedure", text.index(name), text.index(name) + len(name), 1.0, name)
        for name, record in (("work permit", "work_permit"), ("fire check", "fire_check"))
        if name in text
    ]
    assert halves(text, named) == parts


def test_a_park_only_says_where_unless_a_sentence_of_its_own_names_it() -> None:
    texts = {"work permit fee, rent in nomura": False, "work permit fee? rent in nomura": True}
    for text, parted in texts.items():
        park = Mention(("ip-nomura",), "zone", len(text) - 6, len(text), 1.0, "nomura")
        assert bool(halves(text, [A_PERMIT, park])) is parted
