"""Which of the parks spoken of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, decide
from tests.assistant.readings import NOMURA, TALKING_OF_NOMURA, reading

ZONES = ("ip-a", "ip-b", "ip-c")
TALKING = replace(TALKING_OF_NOMURA, record="ip-c", zones=ZONES)
STRANGE = {"off_topic": 0.9}


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("which is cheapest", ZONES),
        ("which one is nearer to the port?", ZONES),
        ("which of the two is bigger", ("ip-b", "ip-c")),
        ("which of three is lowest", ZONES),
        ("cái nào rẻ hơn", ZONES),
        ("trong hai khu thì cái nào rộng hơn", ("ip-b", "ip-c")),
    ],
)
def test_those_spoken_of_are_compared(text: str, records: tuple[str, ...]) -> None:
    decision = decide(reading(STRANGE, text=text, aspects={"rent": 0.9}), TALKING)
    assert (decision.intent, decision.records, decision.aspect) == ("compare_zones", records, "rent")


def test_what_was_asked_before_is_compared_where_nothing_is_said() -> None:
    assert decide(reading(STRANGE, text="which is lowest"), TALKING).aspect == "rent"


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("which is cheapest", Context()),
        ("which is cheapest", replace(TALKING, zones=("ip-c",))),
        ("which is cheapest", replace(TALKING, record="work_permit", kind="procedure")),
        ("which law is newer", TALKING),
        ("which is the authority", TALKING),
    ],
)
def test_without_two_parks_nothing_is_chosen(text: str, context: Context) -> None:
    assert decide(reading(STRANGE, text=text), context).intent != "compare_zones"


def test_all_parks_or_one_that_is_named_are_something_else() -> None:
    every = reading(STRANGE, text="which is cheapest", filters={"which": True})
    named = reading({"ask_zone": 0.9}, NOMURA, text="which is cheaper, nomura?")
    assert decide(every, TALKING).intent != "compare_zones"
    assert decide(named, TALKING).record == "ip-nomura"


@pytest.mark.parametrize(
    ("text", "of_them"),
    [
        ("khu nào gần cảng hơn", True),
        ("khu nào còn nhiều đất hơn", True),
        ("which park is cheaper", True),
        ("which park is cheapest", False),
        ("có khu nào rẻ hơn không", False),
        ("còn khu nào rẻ hơn", False),
        ("any other park which is cheaper", False),
    ],
)
def test_of_two_just_compared_the_better_one_is_among_them(text: str, of_them: bool) -> None:
    compared = Context(zones=("ip-a", "ip-b"), offered=("ip-a", "ip-b"))
    asked = reading({"list_zones": 0.9}, text=text, aspects={"rent": 0.9}, filters={"which": True})
    assert (decide(asked, compared).records == ("ip-a", "ip-b")) is of_them
    assert decide(asked, replace(compared, record="ip-b", kind="zone")).intent != "compare_zones"
