"""From what was typed to what is compared."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.examples import filled
from bot.assistant.nlu.gazetteer import Gazetteer, Name
from bot.assistant.nlu.language import LANGUAGES, Detected, LanguageIdentifier
from bot.assistant.nlu.preparation import PARK_MARK, Preparation, Prepared, placeless
from bot.assistant.nlu.records import NAMED
from bot.assistant.nlu.restorer import Restorer
from bot.common.text import fold
from tests.assistant.tiny import EXAMPLES, RECORDS

# Words must be seen twice before they may correct another.
EVERYTHING = filled(EXAMPLES, RECORDS) * 2
WORDS = frozenset(word for example in EVERYTHING for word in fold(example.text).split() if word.isalpha())
GAZETTEER = Gazetteer((name for record in RECORDS if record.kind in NAMED for name in record.names()), WORDS)


@pytest.fixture(scope="module")
def preparation() -> Preparation:
    plain = [example for example in EXAMPLES if "{" not in example.text]
    identifier = LanguageIdentifier().fit(
        [example.text for example in plain], [example.language for example in plain]
    )
    restorers = {
        language: Restorer().fit(
            [
                *(example.text for example in EVERYTHING if example.language == language),
                *(record.name[language] for record in RECORDS for _ in range(2)),
            ]
        )
        for language in LANGUAGES
    }
    return Preparation(identifier, restorers, WORDS)


def zones(prepared: Prepared) -> list[tuple[str, ...]]:
    return [mention.records for mention in prepared.mentions if mention.kind == "zone"]


def test_zones_keep_their_writing_while_the_rest_is_rewritten(preparation: Preparation) -> None:
    prepared = preparation.prepare("dien tich TRANG DUE la mấy hec ta", GAZETTEER, "vi")
    assert prepared.text == "diện tích TRANG DUE là mấy héc ta"
    assert zones(prepared) == [("ip-trang-due",)]
    assert prepared.view == f"diện tích {PARK_MARK} là mấy héc ta"


def test_every_park_looks_alike_and_an_economic_zone_stays(preparation: Preparation) -> None:
    views = {
        preparation.prepare(f"giá thuê đất {name} ra sao", GAZETTEER).view
        for name in ("Nomura", "KCN Tràng Duệ", "Dinh Vu II Industrial Park", "deep c")
    }
    assert views == {f"giá thuê đất {PARK_MARK} ra sao"}
    zone = preparation.prepare("diện tích của KKT Duyên hải phía Nam", GAZETTEER)
    assert zones(zone) == [("ez-south",)]
    assert zone.view == zone.text


def test_a_name_of_several_zones_keeps_all(preparation: Preparation) -> None:
    assert zones(preparation.prepare("size of DEEP C", GAZETTEER)) == [("ip-deep-c-1", "ip-deep-c-2")]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("lam giay phep lao dong cho may ngay", "làm giấy phép lao động chờ mấy ngày"),
        ("luong toi thieu cho tho", "lương tối thiểu cho thợ"),
        ("hồ sơ thẩm duyet phong chay", "hồ sơ thẩm duyệt phòng cháy"),
        ("giaasy pheps lao động", "giấy phép lao động"),
    ],
)
def test_vietnamese_without_its_marks(preparation: Preparation, typed: str, written: str) -> None:
    assert preparation.prepare(typed, GAZETTEER, "vi").text == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("minimun pay for stuff", "minimum pay for staff"),
        ("tell me abuot work permti", "tell me about work permit"),
        ("pls tell me about work permit", "please tell me about work permit"),
    ],
)
def test_typing_errors_in_english(preparation: Preparation, typed: str, written: str) -> None:
    assert preparation.prepare(typed, GAZETTEER, "en").text == written


def test_a_misspelt_name_is_found(preparation: Preparation) -> None:
    prepared = preparation.prepare("area of Nomurra", GAZETTEER)
    assert zones(prepared) == [("ip-nomura",)]
    assert prepared.mentions[0].likeness < 1.0
    assert prepared.view == f"area of {PARK_MARK}"


def test_a_procedure_s_name_stays_in_sight(preparation: Preparation) -> None:
    prepared = preparation.prepare("giấy phép lao động tại Nomura bao lâu thì xong", GAZETTEER)
    assert [mention.kind for mention in prepared.mentions] == ["procedure", "zone"]
    assert prepared.view == f"giấy phép lao động tại {PARK_MARK} bao lâu thì xong"


def test_what_is_asked_is_looked_for_without_names(preparation: Preparation) -> None:
    def asked(text: str) -> str:
        return preparation.nameless(preparation.prepare(text, GAZETTEER))

    assert PARK_MARK in asked("diện tích của KKT Duyên hải phía Nam")
    assert PARK_MARK not in preparation.prepare("diện tích của KKT Duyên hải phía Nam", GAZETTEER).view
    text = "điều kiện hưởng thuế suất mười phần trăm là gì"
    named = Gazetteer([Name("thuế suất mười phần trăm", "cit", "incentive")]).find(text)
    prepared = Prepared(text, text, text, Detected("vi", 1.0), named, [])
    assert preparation.nameless(prepared) == "điều kiện hưởng ưu đãi này là gì"


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("giấy phép lao động tại Nomura bao lâu thì xong", "giấy phép lao động bao lâu thì xong"),
        ("a work permit for our plant in the Nomura", "a work permit for our plant"),
        ("Nomura bao lâu thì xong", "Nomura bao lâu thì xong"),
    ],
)
def test_a_zone_that_only_says_where_is_left_out(preparation: Preparation, typed: str, beside: str) -> None:
    assert placeless(preparation.prepare(typed, GAZETTEER)) == beside


def test_a_foreign_script_is_read_through_its_terms(preparation: Preparation) -> None:
    prepared = preparation.prepare("노동허가서 수수료", GAZETTEER, "vi")
    assert (prepared.detected.language, prepared.detected.foreign) == ("en", "ko")
    assert prepared.text.startswith("work permit")
    assert prepared.original == "노동허가서 수수료"
    unknown = preparation.prepare("고양이 좋네요", GAZETTEER)
    assert (unknown.detected.foreign, unknown.text) == ("ko", "고양이 좋네요")


def test_a_wording_taught_in_a_third_language_stays_as_it_is(preparation: Preparation) -> None:
    assert preparation.prepare("안녕하세요", GAZETTEER, known="en").text == "안녕하세요"
    assert preparation.prepare("안녕하세요", GAZETTEER).text == "hello"


def test_the_language_of_a_wording_is_known(preparation: Preparation) -> None:
    prepared = preparation.prepare("hello assistant", GAZETTEER, known="vi")
    assert (prepared.detected.language, prepared.detected.confidence) == ("vi", 1.0)


def test_nonsense_keeps_the_language_of_the_conversation(preparation: Preparation) -> None:
    for conversation in LANGUAGES:
        assert preparation.prepare("xqzw vbtk", GAZETTEER, conversation).detected.language == conversation
    assert not preparation.knows("xqzw vbtk")
    assert preparation.knows("xqzw LƯƠNG")


def test_quantities_are_read_where_they_stand(preparation: Preparation) -> None:
    prepared = preparation.prepare("thuê  hơn 20 ha đất\nở Nomura", GAZETTEER)
    (quantity,) = prepared.quantities
    assert (quantity.value, quantity.bound) == (20.0, "least")
    assert fold(prepared.text)[quantity.start : quantity.end] == "20 ha"
    assert "\n" not in prepared.text


@pytest.mark.parametrize("typed", ["", "   ", "🙂🙂", "ß İ ﬁ Nomura ŉ"])
def test_any_text_can_be_prepared(preparation: Preparation, typed: str) -> None:
    prepared = preparation.prepare(typed, GAZETTEER)
    assert prepared.original == typed
    assert ("nomura" in fold(typed)) == bool(zones(prepared))


def test_a_district_says_nothing_of_the_language(preparation: Preparation) -> None:
    assert preparation.prepare("Kiến Thụy?", GAZETTEER, "en").detected.language == "en"
    assert preparation.prepare("Kien Thuy?", GAZETTEER, "vi").detected.language == "vi"
