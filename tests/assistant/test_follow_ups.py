"""Questions that leave out what they are about, completed from what was spoken of."""

from __future__ import annotations

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.gazetteer import Mention
from bot.assistant.nlu.lead_ins import CORRECTS, GOES_ON
from tests.assistant.readings import (
    FIRE,
    LONG,
    PERMIT,
    TALKING_OF_NOMURA,
    TALKING_OF_PERMIT,
    TAX,
    TRANG_DUE,
    WAGE,
    reading,
    short,
)


def test_the_record_in_mind_is_kept() -> None:
    asked = reading({"follow_up": 0.9, FIRE: 0.1}, text="and the time?", aspects={"time": 0.9})
    assert short(decide(asked, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "work_permit", "time")


def test_a_zone_named_takes_the_aspect_in_mind() -> None:
    asked = reading({"follow_up": 0.9}, TRANG_DUE, text="what about Trang Due")
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-trang-due", "rent")


def test_an_aspect_said_goes_before_the_one_in_mind() -> None:
    asked = reading({"follow_up": 0.9}, TRANG_DUE, text="size of Trang Due then", aspects={"area": 0.9})
    assert decide(asked, TALKING_OF_NOMURA).aspect == "area"


def test_another_procedure_named_takes_the_aspect_in_mind() -> None:
    fire = Mention(("fire_check",), "procedure", 9, 13, 1.0, "fire")
    asked = reading({"follow_up": 0.9}, fire, text="and for fire?")
    assert short(decide(asked, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "fire_check", "fee")


def test_another_of_the_kind_found_with_the_one_in_mind() -> None:
    asked = reading(
        {"follow_up": 0.6, FIRE: 0.3, PERMIT: 0.1},
        text="the appraisal, how?",
        joined={PERMIT: 0.5, FIRE: 0.4},
    )
    decision = decide(asked, TALKING_OF_PERMIT)
    assert short(decision) == ("answer", "ask_procedure", "fire_check", "fee")


def test_a_question_s_answer_leaves_the_rest_to_its_procedure() -> None:
    context = Context(
        "faq-wage",
        "faq",
        None,
        {"work_permit": "procedure", "faq-wage": "faq"},
        {"faq-wage": ("work_permit",)},
    )
    asked = reading({"follow_up": 0.9}, text="what papers?", aspects={"documents": 0.9})
    assert short(decide(asked, context)) == ("answer", "ask_procedure", "work_permit", "documents")
    vague = reading({"follow_up": 0.9}, text="tell me more")
    assert short(decide(vague, context)) == ("answer", "ask_faq", "faq-wage", None)


def test_of_several_procedures_behind_a_question_the_first_is_meant() -> None:
    kinds = {"work_permit": "procedure", "fire_check": "procedure", "faq-wage": "faq"}
    asked = reading({"follow_up": 0.9}, text="how many days?", aspects={"time": 0.9})
    for behind in (("work_permit", "fire_check"), ("fire_check", "work_permit")):
        context = Context("faq-wage", "faq", None, kinds, {"faq-wage": behind})
        assert decide(asked, context).record == behind[0]


def test_of_rules_and_procedures_behind_a_question_the_likeliest_in_the_talk_is_meant() -> None:
    kinds = {"work_permit": "procedure", "cit-ez": "incentive", "faq-wage": "faq"}
    context = Context("faq-wage", "faq", None, kinds, {"faq-wage": ("work_permit", "cit-ez")})
    for joined, record in (({"ask_faq/faq-wage": 0.6, TAX: 0.1}, "cit-ez"), ({WAGE: 0.9}, "work_permit")):
        asked = reading(
            {"follow_up": 0.9}, text="which conditions?", joined=joined, aspects={"conditions": 0.9}
        )
        assert decide(asked, context).record == record


def test_a_plain_aspect_goes_to_the_procedure_behind_the_question_not_to_a_neighbour() -> None:
    kinds = {"work_permit": "procedure", "faq-wage": "faq"}
    asked = reading(
        {"follow_up": 0.8},
        text="and if we need it, how long?",
        joined={WAGE: 0.8},
        turned={FIRE: 0.7, "follow_up": 0.3},
        aspects={"time": 0.95},
        tie=GOES_ON,
    )
    behind = Context("faq-wage", "faq", None, kinds, {"faq-wage": ("work_permit",)})
    assert short(decide(asked, behind)) == ("answer", "ask_procedure", "work_permit", "time")
    assert decide(asked, Context("faq-wage", "faq", None, kinds)).record == "fire_check"


def test_a_plain_aspect_stays_where_a_question_is_not_sure_by_itself() -> None:
    for alone, record in ((0.85, "work_permit"), (0.95, "faq-wage")):
        asked = reading(
            {WAGE: alone, "follow_up": 0.06},
            text="which papers should be prepared?",
            joined={WAGE: 0.5, PERMIT: 0.48},
            aspects={"documents": 0.95},
        )
        assert decide(asked, TALKING_OF_PERMIT).record == record


def test_a_short_question_goes_on_about_the_zone_in_mind() -> None:
    for text, record in (
        ("land rent?", "ip-nomura"),
        (LONG, "cit-ez"),
        (f"{LONG} of this park", "ip-nomura"),
    ):
        asked = reading({TAX: 0.7}, text=text, aspects={"rent": 0.9})
        assert decide(asked, TALKING_OF_NOMURA).record == record


def test_with_nothing_in_mind_it_asks_or_refuses() -> None:
    close = reading({"follow_up": 0.4, PERMIT: 0.3, FIRE: 0.25}, text="and the fee?", tie=GOES_ON)
    assert short(decide(close, Context()))[:2] == ("ask", "ambiguous")
    far = reading({"follow_up": 0.9, PERMIT: 0.05, FIRE: 0.05}, text="and then?")
    assert short(decide(far, Context()))[:2] == ("refuse", "nlu_fallback")


PHASES = {"ip-nomura": {"2": "ip-nomura-2"}}
KINDS = {"ip-nomura": "zone", "ip-nomura-2": "zone"}


def test_a_phase_of_the_zone_in_mind_takes_the_aspect_in_mind() -> None:
    context = Context("ip-nomura", "zone", "rent", phases=PHASES)
    asked = reading({"follow_up": 0.9}, text="còn giai đoạn 2")
    assert short(decide(asked, context)) == ("answer", "ask_zone", "ip-nomura-2", "rent")


def test_one_of_those_offered_is_taken_by_its_place() -> None:
    context = Context(None, None, "rent", KINDS, offered=("ip-nomura", "ip-nomura-2"))
    asked = reading({"show_more": 0.9}, text="the second one")
    assert short(decide(asked, context)) == ("answer", "ask_zone", "ip-nomura-2", "rent")


def test_a_bare_aspect_is_that_of_the_record_in_mind() -> None:
    asked = reading({"off_topic": 0.3, "follow_up": 0.2}, text="time", aspects={"time": 0.9})
    assert short(decide(asked, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "work_permit", "time")


def test_a_bare_aspect_leaves_a_choice_open() -> None:
    context = Context(None, None, None, KINDS, offered=("ip-nomura", "ip-nomura-2"))
    asked = reading({"off_topic": 0.3}, text="rent?", aspects={"rent": 0.9})
    decision = decide(asked, context)
    assert (decision.verdict, decision.aspect) == ("ask", "rent")
    assert [candidate.record for candidate in decision.candidates] == ["ip-nomura", "ip-nomura-2"]


def test_what_lies_beside_the_question_in_mind() -> None:
    context = Context("faq-wage", "faq", None)
    water = {"follow_up": 0.2, "ask_faq/faq-water": 0.6, TAX: 0.1}
    asked = reading(
        {"follow_up": 0.9},
        text="and the water?",
        joined={"ask_faq/faq-wage": 0.9, "ask_faq/faq-water": 0.02, TAX: 0.01},
        tie=GOES_ON,
        turned=water,
    )
    assert short(decide(asked, context)) == ("answer", "ask_faq", "faq-water", None)


def test_an_aspect_after_and_stays_with_the_record_in_mind() -> None:
    asked = reading(
        {"follow_up": 0.9},
        text="and the fee?",
        aspects={"fee": 0.5, "rent": 0.4},
        joined={PERMIT: 0.9, TAX: 0.02},
        tie=GOES_ON,
        turned={TAX: 0.5},
    )
    assert short(decide(asked, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "work_permit", "fee")


def test_a_correction_takes_the_aspect_in_mind() -> None:
    asked = reading({FIRE: 0.9}, text="the fire appraisal", tie=CORRECTS)
    assert short(decide(asked, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "fire_check", "fee")
    assert decide(reading({FIRE: 0.9}), TALKING_OF_PERMIT).aspect == "overview"


def test_an_aspect_is_that_of_the_one_offered_that_has_it() -> None:
    kinds = {"work_permit": "procedure", "fire_check": "procedure", "faq-wage": "faq", "faq-fire": "faq"}
    asked = reading({"follow_up": 0.9}, text="and the fee?", aspects={"fee": 0.9})
    one_has_it = Context(None, None, None, kinds, offered=("faq-wage", "work_permit"))
    assert short(decide(asked, one_has_it)) == ("answer", "ask_procedure", "work_permit", "fee")
    behind = Context(None, None, None, kinds, {"faq-fire": ("fire_check",)}, offered=("faq-fire",))
    assert short(decide(asked, behind)) == ("answer", "ask_procedure", "fire_check", "fee")
    both = Context(None, None, None, kinds, offered=("fire_check", "work_permit"))
    assert decide(asked, both).verdict == "ask"


def test_what_says_little_by_itself_is_read_after_the_last_answer() -> None:
    for alone in ("off_topic", "follow_up"):
        asked = reading({alone: 0.9, TAX: 0.1}, text="and for his wife?", joined={WAGE: 0.7, PERMIT: 0.2})
        assert short(decide(asked, TALKING_OF_PERMIT)) == ("answer", "ask_faq", "faq-wage", None)
        assert decide(asked, Context()).record is None
    stays = reading({"off_topic": 0.9}, text="hwo long", aspects={"time": 0.9}, joined={PERMIT: 0.8})
    assert short(decide(stays, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "work_permit", "time")


def test_what_is_plain_by_itself_is_not() -> None:
    plain = reading({FIRE: 0.9}, text="the fire check", joined={WAGE: 0.7})
    assert decide(plain, TALKING_OF_PERMIT).record == "fire_check"
    thanks = reading({"thanks": 0.8}, text="thanks a lot", joined={WAGE: 0.7})
    assert decide(thanks, TALKING_OF_PERMIT).intent == "thanks"


def test_a_side_of_the_zone_in_mind_stays_with_it() -> None:
    asked = reading({"follow_up": 0.9}, text="sectors?", aspects={"sectors": 0.9}, joined={TAX: 0.8})
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "sectors")


def test_the_same_is_asked_of_another_zone() -> None:
    for text in ("and at Trang Due?", "same for Trang Due", "still Trang Due"):
        at = text.index("Trang")
        named = Mention(("ip-trang-due",), "zone", at, at + 9, 1.0, "trang due")
        about = {"overview": 0.95} if text != "still Trang Due" else {"overview": 0.5}
        asked = reading({"ask_zone": 0.9}, named, text=text, aspects=about)
        assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-trang-due", "rent")
    other = reading(
        {"ask_zone": 0.9},
        Mention(("ip-trang-due",), "zone", 8, 17, 1.0, "trang due"),
        text="area of Trang Due",
        aspects={"area": 0.9},
    )
    assert decide(other, TALKING_OF_NOMURA).aspect == "area"


def test_a_procedure_named_in_full_is_turned_to_itself() -> None:
    text = "còn giấy chứng nhận đăng ký đầu tư thì sao?"
    named = Mention(("fire_check",), "procedure", 4, 35, 1.0, "giay chung nhan dang ky dau tu")
    context = Context(
        "work_permit",
        "procedure",
        "where",
        {"fire_check": "procedure", "work_permit": "procedure", "faq-wage": "faq"},
        {"faq-wage": ("fire_check",)},
    )
    asked = reading(
        {WAGE: 0.41, FIRE: 0.39}, named, text=text, aspects={"overview": 0.9}, joined={WAGE: 0.7}, tie=GOES_ON
    )
    assert short(decide(asked, context)) == ("answer", "ask_procedure", "fire_check", "where")


CERTIFICATE = "ask_faq/faq-certificate"
TALKING_OF_WAGES = Context(
    "faq-wage",
    "faq",
    None,
    {"faq-wage": "faq", "TAX-RND": "incentive", "work_permit": "procedure"},
    {"faq-wage": ("TAX-RND", "work_permit")},
)


def test_an_aspect_that_would_do_for_another_question_stays_in_the_talk() -> None:
    text, documents = "what documents are needed", {"documents": 0.98}
    joined = {PERMIT: 0.95, CERTIFICATE: 0.02}
    stays = reading({CERTIFICATE: 0.95}, text=text, aspects=documents, joined=joined)
    assert short(decide(stays, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "work_permit", "documents")
    assert decide(stays, Context()).record == "faq-certificate"
    # Less surely, where the question is not quite so surely meant.
    joined = {PERMIT: 0.8, CERTIFICATE: 0.15}
    for alone, record in ((0.8, "work_permit"), (0.95, "faq-certificate")):
        doubtful = reading({CERTIFICATE: alone}, text=text, aspects=documents, joined=joined)
        assert decide(doubtful, TALKING_OF_PERMIT).record == record
    joined = {CERTIFICATE: 0.6, PERMIT: 0.3}
    turned = reading({CERTIFICATE: 0.95}, text=text, aspects=documents, joined=joined)
    assert decide(turned, TALKING_OF_PERMIT).record == "faq-certificate"


def test_who_names_another_procedure_does_not_stay() -> None:
    fire = Mention(("fire_check",), "procedure", 8, 12, 1.0, "fire")
    asked = reading(
        {"follow_up": 0.5}, fire, text="is then fire needed", aspects={"time": 0.9}, joined={PERMIT: 0.95}
    )
    assert decide(asked, TALKING_OF_PERMIT).record == "fire_check"


def test_likely_alone_and_likelier_in_the_talk_goes_before_the_likeliest_alone() -> None:
    text, joined = "can we sell here also", {WAGE: 0.6, PERMIT: 0.3}
    perhaps = reading({CERTIFICATE: 0.7, WAGE: 0.2}, text=text, joined=joined)
    assert decide(perhaps, TALKING_OF_PERMIT).record == "faq-wage"
    surely = reading({CERTIFICATE: 0.9, WAGE: 0.1}, text=text, joined=joined)
    assert decide(surely, TALKING_OF_PERMIT).record == "faq-certificate"


def test_an_aspect_of_an_incentive_is_asked_of_the_one_behind_the_question() -> None:
    asked = reading({"follow_up": 0.9}, text="any example", aspects={"example": 0.9})
    assert short(decide(asked, TALKING_OF_WAGES)) == ("answer", "ask_incentive", "TAX-RND", "example")
    both_have_it = reading({"follow_up": 0.9}, text="legal basis?", aspects={"legal": 0.9})
    assert decide(both_have_it, TALKING_OF_WAGES).record == "work_permit"


def test_too_little_for_a_record_and_plainly_an_aspect_is_asked_of_the_one_in_mind() -> None:
    asked = reading({TAX: 0.1, FIRE: 0.1}, text="how long does your side take then", aspects={"time": 0.95})
    assert short(decide(asked, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "work_permit", "time")
    assert decide(asked, Context()).verdict == "refuse"


def test_the_first_of_two_parks_spoken_of() -> None:
    kinds = {"ip-nomura": "zone", "ip-trang-due": "zone"}
    context = Context("ip-trang-due", "zone", "area", kinds, zones=("ip-nomura", "ip-trang-due"))
    asked = reading({"follow_up": 0.9}, text="tenants of the first one?", aspects={"tenants": 0.9})
    assert short(decide(asked, context)) == ("answer", "ask_zone", "ip-nomura", "tenants")


def test_what_fits_nothing_alone_stays_with_what_surely_answers_it_in_the_talk() -> None:
    context = Context("faq-wage", "faq", None, {"faq-wage": "faq"})
    asked = reading({WAGE: 0.12, PERMIT: 0.11}, text="at most how many per cent?", joined={WAGE: 0.98})
    assert short(decide(asked, context)) == ("answer", "ask_faq", "faq-wage", None)
    doubtful = reading({WAGE: 0.12, PERMIT: 0.11}, text="at most how many per cent?", joined={WAGE: 0.6})
    assert decide(doubtful, context).record is None


def test_the_same_figure_of_another_zone() -> None:
    wages = {"wage-nomura": "statistic", "wage-trang-due": "statistic"}
    about = {"wage-nomura": frozenset({"ip-nomura"}), "wage-trang-due": frozenset({"ip-trang-due"})}
    context = Context("wage-nomura", "statistic", None, wages, about=about)
    joined = {"ask_statistic/wage-nomura": 0.9, "ask_statistic/wage-trang-due": 0.02}
    asked = reading({"follow_up": 0.9}, TRANG_DUE, text="what about Trang Due", joined=joined)
    assert short(decide(asked, context)) == ("answer", "ask_statistic", "wage-trang-due", None)
    without = reading({"follow_up": 0.9}, TRANG_DUE, text="what about Trang Due")
    assert short(decide(without, context)) == ("answer", "ask_zone", "ip-trang-due", "overview")


def test_which_of_all_zones_is_a_list_though_one_is_in_mind() -> None:
    filters = {"which": True}
    asked = reading({WAGE: 0.5}, text="which park is cheaper?", aspects={"rent": 0.95}, filters=filters)
    decision = decide(asked, TALKING_OF_NOMURA)
    assert (decision.intent, decision.record, decision.aspect) == ("list_zones", None, "rent")
    whose = reading({WAGE: 0.5}, text="which parks are in it?", aspects={"rent": 0.95}, filters=filters)
    assert decide(whose, TALKING_OF_NOMURA).record == "ip-nomura"
    of_two = reading({"compare_zones": 0.9}, text="which of them?", aspects={"rent": 0.95}, filters=filters)
    assert decide(of_two, TALKING_OF_NOMURA).intent == "compare_zones"


def test_the_distance_from_a_strange_place_is_asked_of_the_zone_in_mind() -> None:
    asked = reading({"off_topic": 0.9}, text="how far from Noi Bai?", aspects={"distance": 0.95})
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "distance")
    assert decide(asked, TALKING_OF_PERMIT).record is None


def test_a_first_message_goes_on_about_nothing() -> None:
    vague = {"follow_up": 0.5, "list_zones": 0.3, TAX: 0.1}
    assert decide(reading(vague, text="which one is near the port"), Context()).intent == "list_zones"
    assert (
        decide(reading({"follow_up": 0.9, "list_zones": 0.05}, text="which?"), Context()).verdict == "refuse"
    )
    assert decide(reading(vague, text="which one"), TALKING_OF_PERMIT).record == "work_permit"


def test_a_bare_aspect_is_no_question_about_the_procedure_in_mind() -> None:
    joined = {"ask_faq/faq-permit-deadline": 0.7, PERMIT: 0.2}
    bare = reading({"follow_up": 0.95}, text="how long?", aspects={"time": 0.95}, joined=joined)
    assert short(decide(bare, TALKING_OF_PERMIT)) == ("answer", "ask_procedure", "work_permit", "time")
    more = reading({"follow_up": 0.5}, text="too late?", aspects={"time": 0.95}, joined=joined)
    assert decide(more, TALKING_OF_PERMIT).record == "faq-permit-deadline"


WAGES = "stat-wage-nomura"


def test_a_figure_about_the_zone_in_mind() -> None:
    context = Context("ip-nomura", "zone", "rent", about={WAGES: frozenset({"ip-nomura"})})
    joined = {f"ask_statistic/{WAGES}": 0.4, "ask_zone": 0.2}
    asked = reading({"follow_up": 0.9}, text="what do workers there earn", joined=joined)
    assert short(decide(asked, context)) == ("answer", "ask_statistic", WAGES, None)
    rent = reading({"follow_up": 0.9}, text="the rent there", aspects={"rent": 0.9}, joined=joined)
    assert short(decide(rent, context)) == ("answer", "ask_zone", "ip-nomura", "rent")


def test_the_zone_that_the_figure_in_mind_is_about() -> None:
    context = Context(WAGES, "statistic", None, about={WAGES: frozenset({"ip-nomura"})})
    joined = {"ask_zone": 0.85}
    asked = reading({"follow_up": 0.7}, text="who built that park", aspects={"developer": 0.9}, joined=joined)
    assert short(decide(asked, context)) == ("answer", "ask_zone", "ip-nomura", "developer")


def test_what_surely_goes_on_about_the_zone_in_mind() -> None:
    asked = reading(
        {PERMIT: 0.54, "follow_up": 0.4},
        text="handed over yet?",
        aspects={"status": 0.5},
        joined={"ask_zone": 0.93},
    )
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "status")


def test_what_begins_with_if_after_a_record_cancels_nothing() -> None:
    stopping = {"cancel": 0.6, PERMIT: 0.35}
    asked = reading(stopping, text="nếu muốn dừng hẳn", joined={PERMIT: 0.9}, aspects={"steps": 0.5})
    assert decide(asked, TALKING_OF_PERMIT).record == "work_permit"
    assert decide(asked, Context()).intent == "cancel"
    breaks_off = reading(stopping, text="dừng lại", joined={PERMIT: 0.9})
    assert decide(breaks_off, TALKING_OF_PERMIT).intent == "cancel"
