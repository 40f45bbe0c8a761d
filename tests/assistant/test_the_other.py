"""A park meant by how it stands to the one in mind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.decision.the_other import the_other, without
from bot.assistant.nlu.lead_ins import GOES_ON
from tests.assistant.readings import NOMURA, reading, short

ZONES = ("ip-vsip", "ip-trang-due", "ip-trang-due-3")
PHASES = {
    "ip-trang-due": {"1": "ip-trang-due", "3": "ip-trang-due-3"},
    "ip-trang-due-3": {"1": "ip-trang-due", "3": "ip-trang-due-3"},
    "ip-tan-truong": {"+": "ip-tan-truong-more"},
    "ip-tan-truong-more": {"+": "ip-tan-truong-more"},
}
KINDS = dict.fromkeys((*ZONES, *PHASES, "ip-nomura"), "zone")


def _talking_of(*zones: str, aspect: str = "rent") -> Context:
    return Context(zones[-1], "zone", aspect, KINDS, phases=PHASES, zones=zones)


@pytest.mark.parametrize(
    "text",
    [
        "and the other one?",
        "other one?",
        "the other",
        "còn bên kia?",
        "khu còn lại",
        "the remaining one",
        "the other park, how big",
    ],
)
def test_the_one_that_is_not_in_mind(text: str) -> None:
    assert the_other(text, _talking_of("ip-nomura", "ip-vsip", "ip-trang-due")) == "ip-vsip"


@pytest.mark.parametrize(
    "text",
    [
        "any other park there?",
        "the other parks",
        "what other zones have you",
        "bên kia sông có gì",
        "phần còn lại cho thuê bao nhiêu",
        "nhà xưởng còn mới không",
        "another one",
    ],
)
def test_what_asks_for_no_single_one(text: str) -> None:
    assert the_other(text, _talking_of("ip-vsip", "ip-trang-due")) is None


@pytest.mark.parametrize(
    ("text", "in_mind", "meant"),
    [
        ("then old one price?", "ip-trang-due-3", "ip-trang-due"),
        ("power at the existing one", "ip-tan-truong-more", "ip-tan-truong"),
        ("khu cũ còn đất không", "ip-trang-due-3", "ip-trang-due"),
        ("and the new one?", "ip-trang-due", "ip-trang-due-3"),
        ("khu mới thì sao", "ip-tan-truong", "ip-tan-truong-more"),
        ("the old one", "ip-trang-due", None),
        ("the old one", "ip-vsip", None),
        ("có khu mới nào không", "ip-trang-due", None),
    ],
)
def test_an_older_or_newer_phase(text: str, in_mind: str, meant: str | None) -> None:
    assert the_other(text, _talking_of(in_mind)) == meant


def test_a_phase_spoken_of_goes_before_others() -> None:
    assert (
        the_other("the old one", _talking_of("ip-vsip", "ip-trang-due", "ip-trang-due-3")) == "ip-trang-due"
    )


def test_after_anything_but_a_park_none_is_meant() -> None:
    assert the_other("the other one", Context("work_permit", "procedure", zones=ZONES)) is None


def test_what_is_left_besides() -> None:
    assert without("Còn bên kia giá sao").split() == ["con", "gia", "sao"]


def test_what_was_asked_is_asked_of_it_unless_the_message_says() -> None:
    context = _talking_of("ip-vsip", "ip-trang-due", aspect="available")
    bare = reading({"follow_up": 0.9}, text="còn bên kia?", aspects={"location": 0.9})
    assert short(decide(bare, context)) == ("answer", "ask_zone", "ip-vsip", "available")
    price = reading({"follow_up": 0.9}, text="the other one price?", aspects={"rent": 0.5, "overview": 0.3})
    assert short(decide(price, context)) == ("answer", "ask_zone", "ip-vsip", "rent")
    named = reading({"ask_zone": 0.9}, NOMURA, text="nomura, the other one", aspects={"rent": 0.9})
    assert decide(named, context).record == "ip-nomura"


def test_what_is_asked_of_one_taken_by_its_place() -> None:
    context = _talking_of("ip-vsip", "ip-trang-due", aspect="developer")
    water = reading({"follow_up": 0.9}, text="back to the first one, water fee", aspects={"fees": 0.5})
    assert short(decide(water, context)) == ("answer", "ask_zone", "ip-vsip", "fees")
    bare = reading({"follow_up": 0.9}, text="and the first one?", aspects={"established": 0.5})
    assert short(decide(bare, context)) == ("answer", "ask_zone", "ip-vsip", "developer")


def test_a_part_that_is_all_a_message_names_goes_before_a_rule_of_that_name() -> None:
    rule = {"ask_incentive/cit-expansion": 0.6}
    part = reading(rule, text="what about the mở rộng part", joined=rule, tie=GOES_ON)
    context = _talking_of("ip-tan-truong", aspect="occupancy")
    assert short(decide(part, context)) == ("answer", "ask_zone", "ip-tan-truong-more", "occupancy")
    more = replace(part, text="what about tax when we expand the plant")
    assert decide(more, context).record == "cit-expansion"


def test_a_place_among_those_compared_when_nothing_else_was_spoken_of() -> None:
    compared = Context(kinds=KINDS, zones=("ip-vsip", "ip-trang-due"))
    asked = reading({"follow_up": 0.9}, text="the second one, is it full?", aspects={"occupancy": 0.9})
    assert short(decide(asked, compared)) == ("answer", "ask_zone", "ip-trang-due", "occupancy")
