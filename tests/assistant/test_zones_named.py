"""Which zones a message means when it holds several names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.gazetteer import Gazetteer, Name
from bot.assistant.nlu.lead_ins import GOES_ON
from tests.assistant.readings import DEEP_C, NOMURA, TAX, reading, short

GAZETTEER = Gazetteer(
    [
        Name("Hoàng Diệu", "ip-hoang-dieu", "zone"),
        Name("Gia Lộc", "ip-gia-loc", "zone"),
        Name("Ngũ Phúc", "ip-ngu-phuc", "zone"),
        Name("Vinhomes", "ip-ngu-phuc", "zone"),
        Name("Vinhomes", "ip-tan-trao", "zone"),
        Name("Nomura", "ip-nomura", "zone"),
    ]
)
CONTEXT = Context(phases={"ip-nomura": {"2": "ip-nomura-2"}})


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("Hoàng Diệu ở Gia Lộc rộng bao nhiêu", "ip-hoang-dieu"),
        ("Hoàng Diệu do họ làm bên Gia Lộc rộng bao nhiêu", "ip-hoang-dieu"),
        ("Ngũ Phúc của Vinhomes rộng bao nhiêu", "ip-ngu-phuc"),
        ("Ngũ Phúc có phải Vinhomes làm không", "ip-ngu-phuc"),
        ("the second Nomura park, how large", "ip-nomura-2"),
        ("the second phase of Nomura, how large", "ip-nomura-2"),
        ("Nomura, how large", "ip-nomura"),
    ],
)
def test_one_is_meant(text: str, record: str) -> None:
    asked = reading({"ask_zone": 0.8}, *GAZETTEER.find(text), text=text, aspects={"area": 0.9})
    assert short(decide(asked, CONTEXT)) == ("answer", "ask_zone", record, "area")


def test_a_plain_question_about_a_named_zone_is_not_strange() -> None:
    text = "nhe nhe Nomura area"
    asked = reading({"off_topic": 0.4}, *GAZETTEER.find(text), text=text, aspects={"area": 0.9})
    assert short(decide(asked, CONTEXT)) == ("answer", "ask_zone", "ip-nomura", "area")


def test_what_is_surely_strange_stays_so() -> None:
    text = "apartments in Nomura area"
    asked = reading({"off_topic": 0.8}, *GAZETTEER.find(text), text=text, aspects={"area": 0.9})
    assert decide(asked, CONTEXT).intent == "off_topic"


def test_two_that_nothing_joins_are_compared_where_that_is_asked() -> None:
    text = "Hoàng Diệu rộng bằng Nomura không"
    asked = reading({"compare_zones": 0.8}, *GAZETTEER.find(text), text=text, aspects={"area": 0.9})
    assert decide(asked, CONTEXT).records == ("ip-hoang-dieu", "ip-nomura")


def test_the_second_of_those_that_the_message_names_is_meant() -> None:
    text = "torn between Hoàng Diệu, Nomura and Gia Lộc: where is the second one"
    asked = reading({"compare_zones": 0.9}, *GAZETTEER.find(text), text=text, aspects={"location": 0.9})
    context = replace(CONTEXT, kinds={"ip-nomura": "zone"})
    assert short(decide(asked, context)) == ("answer", "ask_zone", "ip-nomura", "location")


def test_one_zone_that_hardly_compares_keeps_what_was_asked() -> None:
    text = "khu Nomura"
    mentions = GAZETTEER.find(text)
    asked = reading({"compare_zones": 0.14}, *mentions, text=text, aspects={"overview": 0.5}, tie="corrects")
    context = replace(CONTEXT, record="ip-gia-loc", kind="zone", aspect="area", zones=("ip-gia-loc",))
    assert short(decide(asked, context)) == ("answer", "ask_zone", "ip-nomura", "area")


def test_two_joined_are_compared() -> None:
    text = "Hoàng Diệu và Nomura rộng bao nhiêu"
    asked = reading({"ask_zone": 0.8}, *GAZETTEER.find(text), text=text, aspects={"area": 0.9})
    assert decide(asked, CONTEXT).records == ("ip-hoang-dieu", "ip-nomura")


def test_a_zone_that_only_says_where_is_not_asked_about() -> None:
    text = "a permit for our plant in Nomura, how"
    mentions = GAZETTEER.find(text)
    asked = reading({"ask_zone": 0.9}, *mentions, text=text, placeless={"ask_procedure/work_permit": 0.9})
    assert decide(asked, CONTEXT).record == "work_permit"
    for placeless in ({"ask_procedure/work_permit": 0.4}, {"ask_statistic/stat-wages": 0.9}, {}):
        unsure = reading({"ask_zone": 0.9}, *mentions, text=text, placeless=placeless)
        assert decide(unsure, CONTEXT).record == "ip-nomura"


def test_one_zone_alone_is_not_compared_when_something_of_it_is_asked() -> None:
    text = "who is behind Nomura"
    asked = reading({"compare_zones": 0.5}, *GAZETTEER.find(text), text=text, aspects={"developer": 0.9})
    assert short(decide(asked, CONTEXT)) == ("answer", "ask_zone", "ip-nomura", "developer")
    before = Context(zones=("ip-gia-loc",))
    assert decide(asked, before).intent == "compare_zones"


def test_compared_with_one_zone_is_compared_with_the_one_in_mind() -> None:
    text = "against Nomura, how does it look"
    joined = {"compare_zones": 0.9, "ask_zone": 0.1}
    alone = {"follow_up": 0.6, "compare_zones": 0.2, "ask_zone": 0.2}
    asked = reading(alone, *GAZETTEER.find(text), text=text, joined=joined)
    talking = Context("ip-gia-loc", "zone", "rent", zones=("ip-gia-loc",))
    assert decide(asked, talking).records == ("ip-gia-loc", "ip-nomura")
    turning = {"ask_zone": 0.9}
    for mind, by_itself, together in (
        (talking, alone, turning),
        (talking, turning, joined),
        (Context(), turning, joined),
    ):
        turned = reading(by_itself, *GAZETTEER.find(text), text=text, joined=together)
        assert decide(turned, mind).record == "ip-nomura"


def test_in_doubt_between_records_a_zone_is_no_answer_to_what_is_not_asked_of_it() -> None:
    text = "our plant of 2018 at Nomura, which rate"
    rates = {"ask_incentive/cit-old": 0.2, "ask_incentive/cit-new": 0.18}
    asked = reading(rates, *GAZETTEER.find(text), text=text, aspects={"overview": 1.0})
    assert decide(asked, Context()).verdict == "ask"


def test_the_rent_in_a_zone_is_not_the_rule_that_lowers_it() -> None:
    for rent, record in ((0.97, "ip-nomura"), (0.6, "cit-ez")):
        asked = reading({TAX: 0.9, "ask_zone": 0.02}, NOMURA, text="nomura land rent", aspects={"rent": rent})
        assert decide(asked, Context(about={"cit-ez": frozenset({"ip-nomura"})})).record == record


@pytest.mark.parametrize(
    ("text", "filters"), [("CIT in nomura", {"tax": "CIT"}), ("tax incentives at nomura", {})]
)
def test_a_tax_in_a_zone_asks_for_its_incentives(text: str, filters: dict[str, str]) -> None:
    asked = reading({"ask_zone": 0.8}, NOMURA, text=text, filters=filters)
    assert decide(asked, Context()).aspect == "incentives"
    assert decide(replace(asked, aspects={"rent": 0.9}), Context()).aspect == "rent"


def test_a_zone_after_a_rule_asks_for_its_incentives() -> None:
    asked = reading({"follow_up": 0.8}, NOMURA, text="and in nomura?", tie=GOES_ON)
    assert decide(asked, Context("cit-ez", "incentive")).aspect == "incentives"
    behind = Context("faq-tax", "faq", kinds={"cit-ez": "incentive"}, related={"faq-tax": ("cit-ez",)})
    assert decide(asked, behind).aspect == "incentives"
    assert decide(asked, Context("work_permit", "procedure")).aspect != "incentives"


def test_a_rule_of_economic_zones_is_none_of_a_park_outside_them() -> None:
    asked = reading({TAX: 0.8}, NOMURA, text="CIT for a project in nomura", filters={"tax": "CIT"})
    there = Context(about={"cit-ez": frozenset({"ip-nomura"})})
    assert decide(asked, there).record == "cit-ez"
    outside = replace(there, outside=frozenset({"ip-nomura"}), of_zones=frozenset({"cit-ez"}))
    assert short(decide(asked, outside)) == ("answer", "ask_zone", "ip-nomura", "incentives")


def test_a_list_of_parks_of_one_name_asks_which_of_them() -> None:
    asked = reading({"list_zones": 0.9}, DEEP_C, text="deep c parks")
    assert decide(asked, Context()).verdict == "ask"
    assert decide(replace(asked, filters={"place": "Đình Vũ"}), Context()).intent == "list_zones"


def test_a_relief_that_hangs_on_the_place_is_told_by_the_park() -> None:
    asked = reading(
        {"ask_zone": 0.9},
        NOMURA,
        text="CIT for a plant in nomura",
        filters={"tax": "CIT"},
        placeless={"ask_faq/faq-tax": 0.8},
    )
    assert short(decide(asked, Context())) == ("answer", "ask_zone", "ip-nomura", "incentives")
    then = replace(asked, text="CIT for a plant in nomura licensed in 2019")
    assert decide(then, Context()).record == "faq-tax"
