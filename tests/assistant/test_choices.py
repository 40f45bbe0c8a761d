"""What few words ask of the parks between which was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.decision.shapes import Decision
from bot.assistant.nlu.gazetteer import Mention
from tests.assistant.readings import PERMIT, WAGE, reading

PARKS = ("ip-deep-c-1", "ip-deep-c-2")
KINDS = {**dict.fromkeys((*PARKS, "ip-nomura"), "zone"), "work_permit": "procedure"}
OFFERED = Context(None, None, "available", KINDS, offered=PARKS)
GOES_ON = {"follow_up": 0.6, "off_topic": 0.3}


def _between(decision: Decision) -> tuple[str, str | None, list[str | None]]:
    return decision.verdict, decision.aspect, [candidate.record for candidate in decision.candidates]


@pytest.mark.parametrize(
    ("scores", "aspects"),
    [
        (GOES_ON, {"rent": 0.4, "fee": 0.2, "area": 0.1}),
        ({"off_topic": 0.5, "follow_up": 0.3}, {"rent": 0.5, "fee": 0.4}),
        ({WAGE: 0.7}, {"rent": 0.95}),
    ],
)
def test_they_are_asked_between_once_more(scores: dict[str, float], aspects: dict[str, float]) -> None:
    asked = reading(scores, text="what price", aspects=aspects)
    assert _between(decide(asked, OFFERED)) == ("ask", "rent", [*PARKS])
    in_mind = replace(OFFERED, record="ip-nomura", kind="zone")
    assert _between(decide(asked, in_mind)) == ("ask", "rent", [*PARKS])


def test_what_asks_for_nothing_of_theirs_or_is_sure_by_itself_is_not() -> None:
    vague = reading(GOES_ON, text="what price", aspects={"rent": 0.2, "fees": 0.2, "area": 0.2})
    assert decide(vague, OFFERED).verdict != "ask"
    nothing = reading({"off_topic": 0.8}, text="what price", aspects={"rent": 0.5})
    assert decide(nothing, OFFERED).verdict != "ask"
    sure = reading({PERMIT: 0.95}, text="work permit fee?", aspects={"fee": 0.9, "rent": 0.1})
    assert decide(sure, OFFERED).record == "work_permit"


def test_a_figure_or_question_that_tells_it_of_all_parks_is_not_meant() -> None:
    occupancy = Mention(("stat-occupancy",), "statistic", 0, 13, 1.0, "ty le lap day")
    for label in ("ask_statistic/stat-occupancy", WAGE):
        asked = reading({label: 0.97}, occupancy, text="ty le lap day", aspects={"occupancy": 0.98})
        assert _between(decide(asked, OFFERED)) == ("ask", "occupancy", [*PARKS])
        assert decide(asked, replace(OFFERED, offered=())).verdict == "answer"


def test_of_a_long_list_none_is_asked_between() -> None:
    many = replace(
        OFFERED, offered=tuple(f"ip-{number}" for number in range(6)), record="ip-nomura", kind="zone"
    )
    asked = reading(GOES_ON, text="what price", aspects={"rent": 0.95})
    assert decide(asked, many).record == "ip-nomura"


def test_the_one_that_is_taken_by_its_number() -> None:
    taken = reading({"follow_up": 0.5}, text="thế còn cái số 2", aspects={"overview": 0.9})
    assert decide(taken, OFFERED).record == "ip-deep-c-2"
