"""What is asked of the zone in mind, or of all of them, rather than of one that is named."""

from __future__ import annotations

from dataclasses import replace

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.gazetteer import Mention
from tests.assistant.readings import NOMURA, PERMIT, TALKING_OF_NOMURA, TAX, WAGE, reading, short

FTZ = Mention(("ftz",), "zone", 27, 42, 1.0, "free trade zone")
AUTEL = "ask_statistic/stat-autel"
# A longer message than a follow-up mostly is.
RENT_NOW = "and what is the rent of land there these days"


def test_whether_it_lies_in_the_zone_that_is_named() -> None:
    asked = reading(
        {WAGE: 0.5}, FTZ, text="is that one inside of this free trade zone", aspects={"parent": 0.9}
    )
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "parent")
    assert decide(asked, Context()).record != "ip-nomura"
    parks = replace(asked, text="which parks has the free trade zone")
    assert decide(parks, TALKING_OF_NOMURA).record == "ftz"


def test_whether_it_lies_there_or_not_needs_no_word_for_the_park() -> None:
    short_zone = Mention(("ftz",), "zone", 3, 6, 1.0, "ftz")
    asked = reading({TAX: 0.3}, short_zone, text="in ftz or not", aspects={"parent": 0.9})
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "parent")
    assert decide(replace(asked, text="in ftz"), TALKING_OF_NOMURA).record == "ftz"


def test_parks_of_a_district_whose_name_a_park_bears() -> None:
    thuy_nguyen = Mention(("ip-thuy-nguyen",), "zone", 9, 20, 1.0, "thuy nguyen")
    filters = {"which": True, "place": "Thủy Nguyên"}
    asked = reading(
        {"ask_zone": 0.8, "list_zones": 0.1}, thuy_nguyen, text="parks in Thuy Nguyen", filters=filters
    )
    decision = decide(asked, Context())
    assert (decision.intent, decision.filters) == ("list_zones", filters)
    of_the_park = replace(asked, filters={"place": "Thủy Nguyên"})
    assert decide(of_the_park, Context()).record == "ip-thuy-nguyen"


def test_what_is_as_good_as_certain_both_ways_is_not_asked_of_the_zone() -> None:
    sure = reading({AUTEL: 0.99}, text="autel capital", aspects={"capital": 0.9}, joined={AUTEL: 0.98})
    assert decide(sure, TALKING_OF_NOMURA).record == "stat-autel"
    unlikely_in_the_talk = reading(
        {AUTEL: 0.99}, text="autel capital", aspects={"capital": 0.9}, joined={"ask_zone": 0.9, AUTEL: 0.1}
    )
    assert short(decide(unlikely_in_the_talk, TALKING_OF_NOMURA)) == (
        "answer",
        "ask_zone",
        "ip-nomura",
        "capital",
    )


def test_what_a_question_tells_of_all_zones_the_one_in_mind_tells_of_itself() -> None:
    asked = reading({WAGE: 0.99}, text="factory rent?", aspects={"rent": 0.95}, joined={WAGE: 0.98})
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "rent")


def test_a_longer_message_goes_on_where_it_is_not_surely_about_something_else() -> None:
    doubtful = reading({WAGE: 0.7}, text=RENT_NOW.replace(" there", ""), aspects={"rent": 0.95})
    assert short(decide(doubtful, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "rent")
    sure = replace(doubtful, candidates=reading({WAGE: 0.95}).candidates)
    assert decide(sure, TALKING_OF_NOMURA).record == "faq-wage"


def test_a_name_alone_is_asked_what_was_asked_before() -> None:
    context = replace(TALKING_OF_NOMURA, record="ip-vsip")
    asked = reading({"ask_zone": 0.9}, NOMURA, text="Nomura", aspects={"overview": 0.95})
    assert short(decide(asked, context)) == ("answer", "ask_zone", "ip-nomura", "rent")
    after_a_permit = Context("work_permit", "procedure", "fee")
    assert decide(asked, after_a_permit).aspect == "overview"


def test_what_stands_beside_a_procedures_name_is_asked() -> None:
    named = Mention(("work_permit",), "procedure", 0, 11, 1.0, "work permit")
    asked = reading({PERMIT: 0.99}, named, text="work permit", aspects={"fee": 0.9})
    assert decide(asked, Context()).aspect == "overview"
    with_more = replace(asked, text="work permit $")
    assert short(decide(with_more, Context())) == ("answer", "ask_procedure", "work_permit", "fee")


def test_parks_of_a_district_are_listed_though_the_question_looks_strange() -> None:
    filters = {"which": True, "place": "Vĩnh Bảo"}
    asked = reading({"off_topic": 0.7, "list_zones": 0.3}, text="parks in Vinh Bao", filters=filters)
    assert decide(asked, Context()).intent == "list_zones"
    surely = replace(asked, candidates=reading({"off_topic": 0.95}).candidates)
    assert decide(surely, Context()).intent == "off_topic"


def test_a_project_that_tells_size_place_and_price_is_shown_sites() -> None:
    filters = {"near": "lach_huyen_port", "min_area_ha": 2.0, "max_rent_usd": 90.0}
    asked = reading({WAGE: 0.5, "off_topic": 0.2}, filters=filters)
    assert (decide(asked, Context()).intent, decide(asked, Context()).filters) == ("list_zones", filters)
    of_a_permit = reading({PERMIT: 0.5}, filters=filters)
    assert decide(of_a_permit, Context()).record == "work_permit"


def test_strange_words_about_a_zone_in_the_talk_ask_something_of_it() -> None:
    asked = reading(
        {"off_topic": 0.65, WAGE: 0.2},
        text="ai lam ha tang cho no",
        aspects={"developer": 0.95},
        joined={"ask_zone": 0.8, "off_topic": 0.2},
    )
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "developer")
    hardly = replace(asked, joined=asked.joined[1:])
    assert decide(hardly, TALKING_OF_NOMURA).record is None


def test_a_district_alone_asks_for_its_zones() -> None:
    asked = reading({"ask_zone": 0.8, "off_topic": 0.1}, text="and in An Lao?", filters={"place": "An Lão"})
    decision = decide(asked, TALKING_OF_NOMURA)
    assert (decision.intent, decision.filters) == ("list_zones", {"place": "An Lão"})
    more = replace(asked, text="and rent in An Lao?")
    assert decide(more, TALKING_OF_NOMURA).intent == "ask_zone"


def test_the_incentives_of_the_zone_in_mind_go_before_a_list_of_all() -> None:
    asked = reading({"list_incentives": 0.9}, text="tax incentives?", joined={"ask_zone": 0.85})
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "incentives")
    assert decide(asked, Context()).intent == "list_incentives"


def test_a_word_that_is_strange_alone_is_asked_of_the_zone() -> None:
    alone = reading({"off_topic": 0.85}, text="vacancy", aspects={"available": 0.91})
    assert short(decide(alone, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "available")
    assert decide(alone, Context()).intent == "off_topic"
