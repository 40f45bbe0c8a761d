"""What is answered, what is asked back and what is refused, on readings made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.assistant.nlu.decision import Candidate, Context, Decision, aspect_of, decide
from bot.assistant.nlu.decision.aspects import plain
from bot.assistant.nlu.gazetteer import Mention
from tests.assistant.readings import (
    DEEP_C,
    FIRE,
    NOMURA,
    PERMIT,
    TALKING_OF_NOMURA,
    TALKING_OF_PERMIT,
    TAX,
    TRANG_DUE,
    WAGE,
    reading,
    short,
)

TWINS = Context(related={"faq-wage": ("work_permit",), "work_permit": ("faq-wage",)})


class TestAspects:
    @pytest.mark.parametrize(
        ("aspects", "kind", "expected"),
        [
            ({"fee": 0.7, "time": 0.3}, "procedure", "fee"),
            ({"rent": 0.9, "fee": 0.1}, "procedure", "fee"),
            ({"fee": 0.9, "rent": 0.1}, "zone", "rent"),
            (
                dict.fromkeys(("steps", "time", "fee", "where", "legal", "code"), 0.1),
                "procedure",
                "overview",
            ),
            ({}, "zone", "overview"),
            ({"fee": 1.0}, "faq", None),
            ({"fee": 1.0}, "statistic", None),
        ],
    )
    def test_the_likeliest_that_the_kind_has(
        self, aspects: dict[str, float], kind: str, expected: str | None
    ) -> None:
        assert aspect_of(aspects, kind) == expected

    def test_what_another_kind_calls_otherwise_counts_for_it(self) -> None:
        long = {"time": 0.6, "duration": 0.35}
        assert plain(long, "procedure", 0.9) == "time"
        assert plain(long, "incentive", 0.9) == "duration"
        assert plain({"time": 0.6, "fee": 0.35}, "procedure", 0.9) is None

    def test_several_asked_in_one_message(self) -> None:
        parts = [{"area": 0.9}, {"developer": 0.8}, {"area": 0.7}]
        decision = decide(reading({"ask_zone": 0.9}, NOMURA, aspects={"area": 0.5}, parts=parts), Context())
        assert (decision.aspect, decision.more_aspects) == ("area", ("developer",))

    def test_what_the_whole_asks_for_comes_first(self) -> None:
        parts = [{"area": 0.9}, {"developer": 0.8}]
        asked = reading({"ask_zone": 0.9}, NOMURA, aspects={"developer": 0.9}, parts=parts)
        assert (decide(asked, Context()).aspect, decide(asked, Context()).more_aspects) == (
            "developer",
            ("area",),
        )

    def test_parts_that_ask_for_one_thing_change_nothing(self) -> None:
        parts = [{"area": 0.9}, {"developer": 0.4, "area": 0.3}]
        decision = decide(reading({"ask_zone": 0.9}, NOMURA, aspects={"rent": 0.9}, parts=parts), Context())
        assert (decision.aspect, decision.more_aspects) == ("rent", ())

    @pytest.mark.parametrize(
        ("aspects", "more"),
        [
            ({"steps": 0.5, "fee": 0.47}, ("fee",)),
            ({"steps": 0.9, "fee": 0.1}, ()),
            ({"overview": 0.5, "fee": 0.45}, ()),
            ({"fee": 0.5, "overview": 0.45}, ()),
        ],
    )
    def test_an_aspect_as_likely_is_answered_as_well(
        self, aspects: dict[str, float], more: tuple[str, ...]
    ) -> None:
        assert decide(reading({PERMIT: 0.8}, aspects=aspects), Context()).more_aspects == more


class TestRecords:
    def test_a_sure_one_is_answered(self) -> None:
        decision = decide(reading({PERMIT: 0.8, FIRE: 0.1}, aspects={"fee": 0.9}), Context())
        assert short(decision) == ("answer", "ask_procedure", "work_permit", "fee")
        assert decision.candidates == ()

    def test_two_alike_are_asked_between(self) -> None:
        decision = decide(reading({PERMIT: 0.3, FIRE: 0.28, WAGE: 0.05}), Context())
        assert short(decision) == ("ask", "ambiguous", None, "overview")
        assert [found.record for found in decision.candidates] == ["work_permit", "fire_check"]

    def test_many_alike_are_not_understood(self) -> None:
        scores = {f"ask_faq/f{number}": 0.05 for number in range(20)}
        assert short(decide(reading(scores), Context())) == ("refuse", "nlu_fallback", None, None)

    def test_at_most_four_are_offered(self) -> None:
        decision = decide(reading({f"ask_faq/f{number}": 0.19 for number in range(5)}), Context())
        assert decision.verdict == "ask"
        assert len(decision.candidates) == 4

    def test_an_unsure_one_far_before_the_next_is_asked_about(self) -> None:
        alone = decide(reading({PERMIT: 0.38, FIRE: 0.1}), Context())
        assert (alone.verdict, [found.record for found in alone.candidates]) == (
            "ask",
            ["work_permit", "fire_check"],
        )

    def test_twins_are_answered_and_not_asked_between(self) -> None:
        scores = {WAGE: 0.3, PERMIT: 0.25, FIRE: 0.2}
        decision = decide(reading(scores), TWINS)
        assert short(decision) == ("answer", "ask_faq", "faq-wage", None)
        assert [found.record for found in decision.candidates] == ["work_permit"]
        assert decision.confidence == pytest.approx(0.55)
        assert decide(reading(scores), Context()).verdict == "ask"

    def test_a_named_procedure_s_own_figure_goes_before_a_question_about_it(self) -> None:
        named = Mention(("work_permit",), "procedure", 0, 11, 1.0, "work permit")
        asked = reading({WAGE: 0.5, PERMIT: 0.3}, named, aspects={"time": 0.95})
        assert short(decide(asked, TWINS)) == ("answer", "ask_procedure", "work_permit", "time")
        hardly = reading({WAGE: 0.56, PERMIT: 0.01}, named, aspects={"where": 0.95})
        assert decide(hardly, TWINS).record == "faq-wage"

    def test_where_nothing_is_sure_the_figure_of_what_is_named_in_full_is_told(self) -> None:
        name = "cap giay phep lao dong"
        named = Mention(("work_permit",), "procedure", 0, len(name), 1.0, name)
        scores = {FIRE: 0.4, WAGE: 0.2, PERMIT: 0.1}
        asked = reading(scores, named, aspects={"time": 0.95})
        assert short(decide(asked, Context())) == ("answer", "ask_procedure", "work_permit", "time")
        short_name = replace(named, text="work permit")
        assert decide(replace(asked, mentions=[short_name]), Context()).verdict == "ask"
        assert decide(replace(asked, aspects={"legal": 0.95}), Context()).verdict == "ask"
        unlikely = reading({FIRE: 0.4, WAGE: 0.2, PERMIT: 0.01}, named, aspects={"time": 0.95})
        assert decide(unlikely, Context()).verdict == "ask"

    def test_no_figure_goes_before_the_very_question_that_was_asked(self) -> None:
        named = Mention(("work_permit",), "procedure", 0, 11, 1.0, "work permit")
        asked = reading({WAGE: 0.97, PERMIT: 0.02}, named, aspects={"time": 0.95})
        assert decide(asked, TWINS).record == "faq-wage"

    def test_a_procedure_named_exactly_is_answered_though_others_are_as_likely(self) -> None:
        named = Mention(("work_permit",), "procedure", 0, 11, 1.0, "work permit")
        scores = {PERMIT: 0.35, FIRE: 0.34, WAGE: 0.3}
        assert decide(reading(scores, named), Context()).record == "work_permit"
        for other in (Mention(("work_permit",), "procedure", 0, 11, 0.8, "work permt"), None):
            asked = reading(scores, *([other] if other else []))
            assert decide(asked, Context()).verdict == "ask"

    def test_a_named_figure_goes_before_a_question_that_tells_it_too(self) -> None:
        lg = Mention(("stat-lg",), "statistic", 0, 2, 1.0, "lg")
        context = Context(related={"faq-wage": ("stat-lg",)})
        scores = {WAGE: 0.7, "ask_statistic/stat-lg": 0.25}
        assert decide(reading(scores, lg), context).record == "stat-lg"
        assert decide(reading(scores), context).record == "faq-wage"
        assert decide(reading({WAGE: 0.9, "ask_statistic/stat-lg": 0.05}, lg), context).record == "faq-wage"

    def test_one_that_is_not_named_goes_before_it_when_it_is_likely_too(self) -> None:
        asked = reading({WAGE: 0.5, PERMIT: 0.3}, aspects={"where": 0.95})
        assert short(decide(asked, TWINS)) == ("answer", "ask_procedure", "work_permit", "where")
        for scores, aspects in (
            ({WAGE: 0.5, PERMIT: 0.05}, {"fee": 0.95}),
            ({WAGE: 0.5, PERMIT: 0.3}, {"conditions": 0.95}),
            ({WAGE: 0.5, PERMIT: 0.3}, {"fee": 0.7}),
        ):
            assert decide(reading(scores, aspects=aspects), TWINS).record == "faq-wage"

    def test_several_things_asked_of_a_named_procedure_are_its_own(self) -> None:
        named = Mention(("work_permit",), "procedure", 0, 11, 1.0, "work permit")
        parts = [{"documents": 0.9}, {"fee": 0.9}, {"time": 0.9}]
        asked = reading({WAGE: 0.9, PERMIT: 0.05}, named, aspects={"fee": 0.5}, parts=parts)
        decision = decide(asked, TWINS)
        assert decision.record == "work_permit"
        assert {decision.aspect, *decision.more_aspects} == {"documents", "fee", "time"}

    def test_a_name_alone_is_its_record(self) -> None:
        named = Mention(("work_permit",), "procedure", 0, 11, 1.0, "work permit")
        decision = decide(reading({"greet": 0.6, FIRE: 0.4}, named, text="work permit"), Context())
        assert short(decision) == ("answer", "ask_procedure", "work_permit", "overview")

    def test_a_name_beside_few_words_is_meant_though_the_whole_looks_strange(self) -> None:
        named = Mention(("gmt-topup",), "incentive", 8, 13, 1.0, "topup")
        asked = reading({"off_topic": 0.7, TAX: 0.05}, named, text="explain topup")
        assert short(decide(asked, Context())) == ("answer", "ask_incentive", "gmt-topup", "overview")
        longer = replace(asked, text="explain topup of a card for my telephone to me")
        assert decide(longer, Context()).intent == "off_topic"
        surely = replace(asked, candidates=reading({"off_topic": 0.95}).candidates)
        assert decide(surely, Context()).intent == "off_topic"

    def test_an_everyday_phrase_is_not_the_statistic_of_that_name(self) -> None:
        statistic = Mention(("stat-occupancy",), "statistic", 0, 9, 1.0, "occupancy")
        likeliest = {"ask_statistic/stat-occupancy": 0.7, "follow_up": 0.2}
        asked = reading(likeliest, statistic, text="occupancy", aspects={"occupancy": 0.9})
        assert decide(asked, Context()).record == "stat-occupancy"
        assert decide(asked, TALKING_OF_NOMURA).record == "ip-nomura"
        other = reading(
            {"dossier_status": 0.9, "ask_statistic/stat-occupancy": 0.1}, statistic, text="occupancy"
        )
        assert decide(other, Context()).intent == "dossier_status"


class TestZones:
    def test_a_named_one_is_answered(self) -> None:
        decision = decide(reading({"ask_zone": 0.9}, NOMURA, aspects={"rent": 0.8}), Context())
        assert short(decision) == ("answer", "ask_zone", "ip-nomura", "rent")

    def test_a_name_of_several_asks_which(self) -> None:
        decision = decide(reading({"ask_zone": 0.9}, DEEP_C, aspects={"area": 0.8}), Context())
        assert short(decision) == ("ask", "ambiguous", None, "area")
        assert [found.record for found in decision.candidates] == ["ip-deep-c-1", "ip-deep-c-2"]
        assert decision.kind == "zone"

    def test_a_name_of_several_means_the_one_in_mind(self) -> None:
        context = Context("ip-deep-c-2", "zone")
        assert decide(reading({"ask_zone": 0.9}, DEEP_C), context).record == "ip-deep-c-2"

    def test_without_a_name_the_one_in_mind_is_meant(self) -> None:
        decision = decide(reading({"ask_zone": 0.9, PERMIT: 0.1}, aspects={"area": 0.9}), TALKING_OF_NOMURA)
        assert short(decision) == ("answer", "ask_zone", "ip-nomura", "area")

    def test_without_any_zone_the_list_answers(self) -> None:
        asked = reading({"ask_zone": 0.9, PERMIT: 0.01, "greet": 0.09}, filters={"sector": "food"})
        decision = decide(asked, Context())
        assert (decision.verdict, decision.intent) == ("answer", "list_zones")
        assert decision.filters == {"sector": "food"}

    def test_without_any_zone_a_record_that_holds_most_of_the_rest_answers(self) -> None:
        decision = decide(reading({"ask_zone": 0.6, TAX: 0.3, PERMIT: 0.1}), Context())
        assert short(decision)[:3] == ("answer", "ask_incentive", "cit-ez")

    def test_a_named_zone_goes_before_a_record_that_does_not_speak_of_it(self) -> None:
        asked = reading({WAGE: 0.65, "ask_zone": 0.3}, NOMURA, aspects={"rent": 0.9})
        assert decide(asked, Context()).record == "ip-nomura"
        about = Context(about={"faq-wage": frozenset({"ip-nomura"})})
        among = reading({WAGE: 0.65, "ask_zone": 0.3}, NOMURA, aspects={"incentives": 0.68})
        assert decide(among, about).record == "faq-wage"

    def test_a_named_zone_s_own_figure_goes_before_a_question_that_speaks_of_it(self) -> None:
        about = Context(about={"faq-wage": frozenset({"ip-nomura"})})
        asked = reading({WAGE: 0.9, "ask_zone": 0.01}, NOMURA, aspects={"location": 0.95})
        assert short(decide(asked, about)) == ("answer", "ask_zone", "ip-nomura", "location")

    def test_other_aspects_go_before_a_question_that_is_not_the_very_one(self) -> None:
        about = Context(about={"faq-wage": frozenset({"ip-nomura"})})
        for score, record in ((0.8, "ip-nomura"), (0.97, "faq-wage")):
            asked = reading({WAGE: score, "ask_zone": 0.01}, NOMURA, aspects={"incentives": 0.97})
            assert decide(asked, about).record == record
        of_a_tax = reading({WAGE: 0.8}, NOMURA, aspects={"incentives": 0.97}, filters={"tax": "CIT"})
        assert decide(of_a_tax, about).record == "faq-wage"

    def test_in_doubt_the_named_zone_answers_what_is_plainly_asked(self) -> None:
        about = Context(about={"work_permit": frozenset({"ip-nomura"})})
        asked = reading({PERMIT: 0.3, FIRE: 0.25}, NOMURA, aspects={"lease_term": 0.97})
        assert short(decide(asked, about)) == ("answer", "ask_zone", "ip-nomura", "lease_term")

    def test_the_parks_inside_the_zone_in_mind(self) -> None:
        asked = reading({"list_zones": 0.9}, text="những khu nào trong đó", aspects={"parent": 0.9})
        assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_zone", "ip-nomura", "parent")
        assert decide(asked, Context()).intent == "list_zones"

    def test_what_narrows_procedures_does_not_make_a_list_of_zones(self) -> None:
        filters = {"which": True, "zone_kind": "industrial_park", "field": "enterprise"}
        assert decide(reading({WAGE: 0.9}, filters=filters), Context()).record == "faq-wage"

    def test_a_project_named_with_its_zone_is_asked_about(self) -> None:
        project = Mention(("stat-kyocera",), "statistic", 8, 15, 1.0, "kyocera")
        asked = reading({"ask_statistic/stat-kyocera": 0.5, "ask_zone": 0.4}, NOMURA, project)
        assert decide(asked, Context()).record == "stat-kyocera"
        of_the_park = replace(asked, aspects={"available": 0.9})
        assert short(decide(of_the_park, Context())) == ("answer", "ask_zone", "ip-nomura", "available")

    def test_what_narrows_a_choice_gives_a_list(self) -> None:
        filters = {"which": True, "zone_kind": "industrial_park", "sector": "food"}
        decision = decide(reading({TAX: 0.6}, filters=filters), Context())
        assert (decision.intent, decision.filters) == ("list_zones", filters)


class TestComparing:
    def test_two_named(self) -> None:
        decision = decide(
            reading({"compare_zones": 0.9}, NOMURA, TRANG_DUE, aspects={"rent": 0.9}), Context()
        )
        assert (decision.verdict, decision.intent) == ("answer", "compare_zones")
        assert (decision.records, decision.aspect) == (("ip-nomura", "ip-trang-due"), "rent")

    def test_two_named_in_a_question_about_zones(self) -> None:
        decision = decide(
            reading({"ask_zone": 0.9}, NOMURA, TRANG_DUE, text="nomura or trang due, how large"), Context()
        )
        assert decision.intent == "compare_zones"

    def test_one_named_is_put_beside_the_one_in_mind(self) -> None:
        decision = decide(reading({"compare_zones": 0.9}, TRANG_DUE), TALKING_OF_NOMURA)
        assert decision.records == ("ip-nomura", "ip-trang-due")

    def test_a_name_of_several_means_its_parts(self) -> None:
        decision = decide(reading({"compare_zones": 0.9}, DEEP_C), TALKING_OF_NOMURA)
        assert decision.records == ("ip-deep-c-1", "ip-deep-c-2")

    def test_one_alone_is_left_to_the_action(self) -> None:
        only_this = Context("ip-nomura", "zone", "rent", zones=("ip-nomura",))
        for context in (Context(), only_this):
            decision = decide(reading({"compare_zones": 0.9}, NOMURA), context)
            assert (decision.verdict, decision.records) == ("answer", ("ip-nomura",))

    def test_none_named_means_the_two_spoken_of_last(self) -> None:
        context = Context("cit-ez", "incentive", None, zones=("ip-deep-c-1", "ip-vsip", "ip-nomura"))
        decision = decide(reading({"compare_zones": 0.9}), context)
        assert (decision.verdict, decision.records) == ("answer", ("ip-vsip", "ip-nomura"))

    def test_those_spoken_of_are_put_side_by_side_where_the_talk_says_so(self) -> None:
        asked = reading(
            {"follow_up": 0.5, "compare_zones": 0.3},
            text="can you put them side by side",
            joined={"compare_zones": 0.9},
            aspects={"online": 0.4, "location": 0.1},
        )
        decision = decide(asked, TALKING_OF_NOMURA)
        assert (decision.intent, decision.aspect) == ("compare_zones", "overview")
        assert decision.records == ("ip-vsip", "ip-nomura")
        alone = replace(TALKING_OF_NOMURA, zones=("ip-nomura",))
        assert decide(asked, alone).intent != "compare_zones"


class TestTalk:
    @pytest.mark.parametrize("intent", ["greet", "off_topic", "list_procedures", "request_human"])
    def test_little_is_enough(self, intent: str) -> None:
        decision = decide(reading({intent: 0.25, PERMIT: 0.2}), Context())
        assert short(decision) == ("answer", intent, None, None)

    def test_too_little_is_not(self) -> None:
        assert decide(reading({"greet": 0.1, "thanks": 0.1}), Context()).intent == "nlu_fallback"

    def test_nonsense_is_refused(self) -> None:
        decision = decide(reading({"nlu_fallback": 1.0, PERMIT: 0.9}), TALKING_OF_PERMIT)
        assert short(decision) == ("refuse", "nlu_fallback", None, None)

    def test_zones_named_go_with_it(self) -> None:
        decision = decide(reading({"request_human": 0.9}, NOMURA, DEEP_C), Context())
        assert decision.records == ("ip-nomura",)


class TestThirdLanguages:
    def test_a_record_found_is_answered(self) -> None:
        asked = reading({"foreign_language": 0.5, PERMIT: 0.4, FIRE: 0.1}, foreign="ko")
        assert short(decide(asked, Context()))[:3] == ("answer", "ask_procedure", "work_permit")

    def test_otherwise_the_languages_spoken_are_named(self) -> None:
        asked = reading({"off_topic": 0.6, "greet": 0.3, PERMIT: 0.1}, foreign="ja")
        assert short(decide(asked, Context())) == ("answer", "foreign_language", None, None)

    @pytest.mark.parametrize(
        ("intent", "given"), [("list_zones", "list_zones"), ("greet", "foreign_language")]
    )
    def test_a_list_is_given_small_talk_is_not(self, intent: str, given: str) -> None:
        asked = reading({"foreign_language": 0.3, intent: 0.6}, foreign="zh")
        assert decide(asked, Context()).intent == given

    def test_what_is_plainly_strange_is_not_answered(self) -> None:
        asked = reading({"off_topic": 0.9, PERMIT: 0.1}, foreign="ko")
        assert decide(asked, Context()).intent == "foreign_language"


def test_a_question_in_the_words_of_one_on_record_is_that_one() -> None:
    asked = replace(reading({PERMIT: 0.9}, aspects={"fee": 0.9}), question="faq-wage")
    assert short(decide(asked, TALKING_OF_NOMURA)) == ("answer", "ask_faq", "faq-wage", None)


def test_what_the_actions_get() -> None:
    decision = Decision(
        "ask_faq",
        "answer",
        0.12345,
        record="faq-wage",
        kind="faq",
        candidates=(Candidate("ask_procedure", "work_permit", 0.98765), Candidate("greet", None, 0.5)),
        filters={"near": "hanoi"},
    )
    assert decision.as_dict("vi", None) == {
        "verdict": "answer",
        "kind": "faq",
        "record": "faq-wage",
        "aspect": None,
        "more_aspects": [],
        "candidates": [{"record": "work_permit", "kind": "procedure", "score": 0.988}],
        "records": [],
        "filters": {"near": "hanoi"},
        "beside": None,
        "confidence": 0.123,
        "language": "vi",
        "foreign": None,
    }
