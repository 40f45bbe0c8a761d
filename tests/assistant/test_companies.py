"""Where a company lies, and what parks it has built."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, Reading, decide
from bot.assistant.nlu.gazetteer import Mention
from bot.assistant.nlu.known_by import DEVELOPER, TENANT
from tests.assistant.readings import NOMURA, reading, short

STAT = "ask_statistic/stat-kyocera"
WHERE = reading({"off_topic": 0.4, "ask_zone": 0.3}, text="Yazaki is in which park")
WHERE = replace(WHERE, companies={TENANT: ("ip-nomura",)})
KYOCERA = Mention(("stat-kyocera",), "statistic", 0, 7, 1.0, "kyocera")


def test_the_park_of_a_company_tells_who_is_in_it() -> None:
    assert short(decide(WHERE, Context())) == ("answer", "ask_zone", "ip-nomura", "tenants")
    built = replace(WHERE, companies={DEVELOPER: ("ip-nomura",)})
    assert decide(built, Context()).aspect == "developer"


def test_where_the_park_is_comes_beside_it() -> None:
    decision = decide(replace(WHERE, aspects={"location": 0.9}), Context())
    assert (decision.aspect, decision.more_aspects) == ("tenants", ("location",))
    assert decide(replace(WHERE, aspects={"rent": 0.9}), Context()).aspect == "rent"


def test_several_parks_of_a_company_stand_side_by_side() -> None:
    decision = decide(replace(WHERE, companies={DEVELOPER: ("ip-a", "ip-b")}), Context())
    assert (decision.intent, decision.records) == ("compare_zones", ("ip-a", "ip-b"))


@pytest.mark.parametrize(
    "other",
    [
        replace(WHERE, text="Yazaki pays how much"),
        replace(WHERE, companies={}),
        reading({"off_topic": 0.8}, text="where does LG hire people"),
        replace(reading({STAT: 0.6}, KYOCERA, text="kyocera is where"), companies={TENANT: ("ip-vsip",)}),
    ],
    ids=["not where", "no company", "strange", "its own record"],
)
def test_anything_else_is_no_question_for_the_park(other: Reading) -> None:
    assert decide(other, Context()).kind != "zone"


def test_a_zone_that_is_named_goes_first() -> None:
    both = replace(
        reading({"ask_zone": 0.9}, NOMURA, text="nomura, where is LG"), companies={TENANT: ("ip-x",)}
    )
    assert decide(both, Context()).record == "ip-nomura"
