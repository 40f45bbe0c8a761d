from __future__ import annotations

import pytest

from actions import show
from actions.compare_zones import CompareZones
from actions.not_understood import ForeignLanguage, NotUnderstood
from actions.repeat import Repeat
from actions.request_human import Complaint, RequestHuman
from actions.select_record import SelectRecord
from actions.small_talk import Affirm, BotChallenge, Deny, Goodbye, Greet, Help, OffTopic, SetLanguage, Thanks
from bot.common import names
from tests.actions.conftest import MakeTurn


@pytest.mark.parametrize(
    "action", [Greet, Goodbye, Thanks, Help, BotChallenge, Deny, OffTopic, ForeignLanguage]
)
def test_small_talk_states_no_fact_and_says_something_in_each_language(
    make_turn: MakeTurn, action: type
) -> None:
    vietnamese, english = action().answer(make_turn("vi")), action().answer(make_turn("en"))
    assert vietnamese.text
    assert english.text
    assert vietnamese.sources == english.sources == []
    assert len(vietnamese.buttons) == len(english.buttons)


def test_a_greeting_says_that_a_machine_answers(make_turn: MakeTurn) -> None:
    assert "automated assistant" in Greet().answer(make_turn("en")).text
    assert "trợ lý tự động" in Greet().answer(make_turn("vi")).text
    assert "not a person" in BotChallenge().answer(make_turn("en")).text


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("tôi muốn dùng tiếng Anh", "vi", "en"),
        ("switch to Vietnamese", "en", "vi"),
        ("noi tieng viet di", "vi", "vi"),
        ("English please", "en", "en"),
        ("đổi ngôn ngữ", "vi", "vi"),
        ("tiếng Việt hay tiếng Anh", "vi", "vi"),
    ],
)
def test_the_language_asked_for(make_turn: MakeTurn, text: str, language: str, expected: str) -> None:
    reply = SetLanguage().answer(make_turn(language, text=text))
    assert reply.slots[names.LANGUAGE_SLOT] == expected
    assert reply.text.startswith({"vi": "Từ giờ", "en": "From now on"}[expected])


def test_a_button_may_name_the_language(make_turn: MakeTurn) -> None:
    reply = SetLanguage().answer(make_turn("vi", text="/set_language", filters={"language": "en"}))
    assert reply.slots[names.LANGUAGE_SLOT] == "en"


def test_yes_takes_what_was_offered(make_turn: MakeTurn) -> None:
    person = Affirm().answer(make_turn("en", slots={names.OFFERED_SLOT: ["person"]}))
    assert person.handoff == "asked"
    record = Affirm().answer(make_turn("en", slots={names.OFFERED_SLOT: ["work_permit"]}))
    assert record.slots[names.RECORD_SLOT] == "work_permit"
    several = Affirm().answer(make_turn("en", slots={names.OFFERED_SLOT: ["work_permit", "irc_issue"]}))
    assert several.handoff is None
    assert several.sources == []


def test_people_are_called_for_a_reason(make_turn: MakeTurn) -> None:
    assert RequestHuman().answer(make_turn("en")).handoff == "asked"
    assert Complaint().answer(make_turn("vi")).handoff == "complaint"


def test_the_third_misunderstanding_goes_to_a_person(make_turn: MakeTurn) -> None:
    replies = [
        NotUnderstood().answer(make_turn("en", slots={names.MISUNDERSTOOD_SLOT: n})) for n in (None, 1, 2)
    ]
    assert [reply.handoff for reply in replies] == [None, None, "misunderstood"]
    assert [reply.slots.get(names.MISUNDERSTOOD_SLOT) for reply in replies] == [1, 2, None]
    assert replies[1].buttons[0]["payload"] == "/request_human"


def test_a_foreign_language_is_answered_in_both(make_turn: MakeTurn) -> None:
    text = ForeignLanguage().answer(make_turn("en", foreign="ko")).text
    assert "I answer in Vietnamese and English" in text
    assert "Tôi trả lời bằng tiếng Việt và tiếng Anh" in text


def test_a_foreign_question_with_a_record_says_why_english(make_turn: MakeTurn) -> None:
    turn = make_turn("en", foreign="ko", record="work_permit", kind="procedure", aspect="time")
    reply = show.asked(turn, names.PROCEDURE)
    assert reply.text.startswith("Your question is in another language")
    assert "10 working days" in reply.text


def test_repeat_sends_the_last_answer_again(make_turn: MakeTurn) -> None:
    said = {
        "text": "the answer",
        "buttons": [],
        "blocks": [],
        "sources": [{"record": "a"}],
        "handoff": "asked",
    }
    events = [
        {"event": "bot", "text": None, "data": {"custom": said}},
        {"event": "bot", "text": "an officer speaking", "data": {}},
        {"event": "user", "text": "again"},
    ]
    reply = Repeat().answer(make_turn("en", events=events))
    assert (reply.text, reply.sources, reply.handoff) == ("the answer", [{"record": "a"}], None)
    assert Repeat().answer(make_turn("en")).text.startswith("There is no answer to repeat")


def test_candidates_become_buttons_with_the_aspect_asked_for(make_turn: MakeTurn) -> None:
    turn = make_turn(
        "vi",
        aspect="time",
        candidates=[
            {"record": "work_permit", "kind": "procedure"},
            {"record": "gone", "kind": "procedure"},
            {"record": "ip-trang-due", "kind": "zone"},
        ],
    )
    reply = show.choices(turn)
    assert [button["title"] for button in reply.buttons] == [
        "Cấp giấy phép lao động",
        "Khu công nghiệp Tràng Duệ (giai đoạn 1 và 2)",
    ]
    assert '"aspect":"time"' in reply.buttons[0]["payload"]
    assert reply.slots[names.OFFERED_SLOT] == ["work_permit", "ip-trang-due"]


@pytest.mark.parametrize("kind", names.KINDS)
def test_asking_without_a_record_asks_which(make_turn: MakeTurn, kind: str) -> None:
    reply = show.asked(make_turn("en"), kind)
    assert reply.buttons
    assert reply.sources == []


def test_a_question_that_names_two_aspects_gets_both(make_turn: MakeTurn) -> None:
    turn = make_turn("vi", record="ip-nam-cau-kien", kind="zone", aspect="area", more_aspects=["developer"])
    reply = show.asked(turn, names.ZONE)
    assert "**263,47 ha**" in reply.text
    assert "**Công ty CP Shinec**" in reply.text
    assert reply.text.count("Thông tin tính đến") == 1
    # No vacant land and no telephone is on record for this park, so neither is offered.
    assert [button["title"] for button in reply.buttons] == ["Giá thuê", "Tổng quan"]


def test_a_warning_stays_in_front_of_several_aspects(make_turn: MakeTurn) -> None:
    turn = make_turn(
        "en", record="collective_agreement", kind="procedure", aspect="time", more_aspects=["fee"]
    )
    text = show.asked(turn, names.PROCEDURE).text
    assert text.startswith("**Not certain:**")
    assert text.count("**Not certain:**") == 1
    assert "No processing time" in text
    assert "No fee" in text


def test_caveats_of_several_aspects_stand_once_at_the_end(make_turn: MakeTurn) -> None:
    turn = make_turn("en", record="work_permit", kind="procedure", aspect="time", more_aspects=["fee"])
    text = show.asked(turn, names.PROCEDURE).text
    assert text.count("⚠ Hai Phong issued Decision 3500/QD-UBND") == 1
    assert text.index("VND 450,000") < text.index("⚠")


def test_a_record_that_is_gone_is_said_to_be(make_turn: MakeTurn) -> None:
    reply = show.asked(make_turn("en", record="no_such", kind="zone"), names.ZONE)
    assert reply.text.startswith("This entry is no longer published")
    assert reply.buttons[0]["payload"] == "/request_human"


def test_a_button_works_without_the_kind(make_turn: MakeTurn) -> None:
    reply = SelectRecord().answer(make_turn("en", record="ip-trang-due", aspect="area"))
    assert "**401 ha**" in reply.text
    assert SelectRecord().answer(make_turn("en")).buttons


def test_what_was_compared_stays_in_mind(make_turn: MakeTurn) -> None:
    both = ["ip-trang-due", "ip-nam-cau-kien"]
    reply = CompareZones().answer(make_turn("en", records=both, slots={names.ZONES_SLOT: ["ip-nomura"]}))
    assert reply.slots[names.OFFERED_SLOT] == both
    assert reply.slots[names.ZONES_SLOT] == ["ip-nomura", *both]
    assert CompareZones().answer(make_turn("en", records=both[:1])).text.startswith("To compare")


def test_the_latest_zones_are_kept_in_mind(make_turn: MakeTurn) -> None:
    earlier = {names.ZONES_SLOT: ["a", "ip-trang-due", "b", "c", "d"]}
    shown = show.asked(make_turn("en", record="ip-trang-due", kind="zone", slots=earlier), names.ZONE)
    assert shown.slots[names.ZONES_SLOT] == ["b", "c", "d", "ip-trang-due"]
    # A procedure in between changes nothing.
    between = show.asked(
        make_turn("en", record="work_permit", kind="procedure", slots=earlier), names.PROCEDURE
    )
    assert between.slots[names.ZONES_SLOT] == ["ip-trang-due", "b", "c", "d"]


def test_what_is_asked_of_another_record_has_the_first_button(make_turn: MakeTurn) -> None:
    beside = {"record": "eia_appraisal", "kind": "procedure", "aspect": "authority"}
    asked = {"record": "environmental_licence", "kind": "procedure", "aspect": "fee"}
    alone = show.asked(make_turn("en", **asked), names.PROCEDURE)
    reply = show.asked(make_turn("en", **asked, beside=beside), names.PROCEDURE)
    assert reply.text.startswith(alone.text)
    first = reply.buttons[0]
    assert first["title"] in reply.text.removeprefix(alone.text)
    assert '"record":"eia_appraisal"' in first["payload"]
    assert '"aspect":"authority"' in first["payload"]
    assert reply.buttons[1:] == alone.buttons[: len(reply.buttons) - 1]


def test_another_record_that_is_gone_is_not_offered(make_turn: MakeTurn) -> None:
    asked = {"record": "work_permit", "kind": "procedure", "aspect": "fee"}
    beside = {"record": "no_such", "kind": "procedure", "aspect": "fee"}
    assert (
        show.asked(make_turn("vi", **asked, beside=beside), names.PROCEDURE).text
        == show.asked(make_turn("vi", **asked), names.PROCEDURE).text
    )
