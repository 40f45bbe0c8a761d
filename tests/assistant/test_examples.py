"""Training examples: labels, placeholders and names."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.examples import (
    NAMES_EACH,
    Example,
    filled,
    from_files,
    from_label,
    from_messages,
)
from bot.assistant.nlu.importer import Wording
from bot.assistant.nlu.records import Record
from tests.assistant.tiny import RECORDS


@pytest.mark.parametrize(
    ("label", "intent", "record", "aspect", "class_"),
    [
        ("greet", "greet", None, None, "greet"),
        ("ask_procedure/any.fee", "ask_procedure", None, "fee", "ask_procedure"),
        ("ask_procedure/any", "ask_procedure", None, "overview", "ask_procedure"),
        ("ask_procedure", "ask_procedure", None, "overview", "ask_procedure"),
        (
            "ask_procedure/work_permit.fee",
            "ask_procedure",
            "work_permit",
            "fee",
            "ask_procedure/work_permit",
        ),
        ("ask_procedure/work_permit", "ask_procedure", "work_permit", None, "ask_procedure/work_permit"),
        ("ask_zone/ip-nomura.rent", "ask_zone", "ip-nomura", "rent", "ask_zone"),
        ("ask_faq/faq-wage", "ask_faq", "faq-wage", None, "ask_faq/faq-wage"),
        ("follow_up/any.fee", "follow_up", None, "fee", "follow_up"),
    ],
)
def test_labels(label: str, intent: str, record: str | None, aspect: str | None, class_: str) -> None:
    example = from_label("?", label, "vi")
    assert (example.intent, example.record, example.aspect, example.label) == (intent, record, aspect, class_)


def test_files_are_read_as_rasa_reads_them(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "talk.yml").write_text(
        "version: '3.1'\nnlu:\n- intent: ask_faq/faq-wage\n  metadata: {language: vi}\n"
        "  examples: |\n    - lương - thấp nhất?\n    - lương tối thiểu\n",
        encoding="utf-8",
    )
    assert from_files(tmp_path) == [
        Example("lương - thấp nhất?", "ask_faq", "faq-wage", None, "vi"),
        Example("lương tối thiểu", "ask_faq", "faq-wage", None, "vi"),
    ]


def test_messages_of_rasa_give_the_same() -> None:
    messages = [
        Wording("thế lệ phí?", "follow_up/any.fee", "vi"),
        Wording("hey there", "greet", "en"),
        Message({"text": "without a label", "language": "en"}),
    ]
    assert from_messages(messages) == [
        Example("thế lệ phí?", "follow_up", None, "fee", "vi"),
        Example("hey there", "greet", None, None, "en"),
    ]


def test_placeholders_take_names_of_their_language() -> None:
    wording = from_label("phí làm {procedure}", "ask_procedure/any.fee", "vi")
    made = filled([wording], [found for found in RECORDS if found.id == "work_permit"])
    filling = [example for example in made if example.aspect == "fee"]
    assert len(filling) == NAMES_EACH
    assert {example.text for example in filling} <= {"phí làm Giấy phép lao động", "phí làm GPLĐ"}
    assert {example.record for example in filling} == {"work_permit"}


def test_a_wording_of_a_record_keeps_it_whatever_fills_the_placeholder() -> None:
    wording = from_label("{procedure} and the pay", "ask_faq/faq-wage", "en")
    made = filled([wording], RECORDS)
    assert {example.record for example in made if "and the pay" in example.text} == {"faq-wage"}


def test_two_placeholders_are_both_filled() -> None:
    made = filled([from_label("{zone} or {zone}", "compare_zones", "en")], RECORDS)
    joined = [example.text for example in made if " or " in example.text]
    assert len(joined) == NAMES_EACH
    assert not [text for text in joined if "{" in text]


def test_what_is_asked_of_zones_is_asked_of_economic_zones_too() -> None:
    wide = Record("ez-harbour", "zone", {"vi": "KKT Cảng", "en": "Harbour Zone"})
    wordings = [from_label(f"area {at} of {{zone}}", "ask_zone/any.area", "en") for at in range(5)]
    park = next(record for record in RECORDS if record.id == "ip-nomura")
    made = [one for one in filled(wordings, [park, wide]) if one.record == "ez-harbour"]
    assert {one.text for one in made} == {f"area {at} of Harbour Zone" for at in range(5)}
    assert {(one.intent, one.aspect) for one in made} == {("ask_zone", "area")}


def test_nothing_to_fill_with_gives_no_example() -> None:
    assert filled([from_label("about {incentive}", "ask_incentive/any", "en")], []) == []


def test_names_alone_ask_about_their_records() -> None:
    made = {(example.text, example.label, example.language): example for example in filled([], RECORDS)}
    short = made["GPLĐ", "ask_procedure/work_permit", "vi"]
    assert (short.aspect, short.meaning) == (None, "Giấy phép lao động")
    assert ("Which minimum wage applies?", "ask_faq/faq-wage", "en") in made
    assert ("Kyocera", "ask_statistic/stat-kyocera", "en") in made
    assert not [example for example in made.values() if example.intent == "ask_zone"]


def test_the_same_data_give_the_same_examples() -> None:
    wording = [from_label("{zone}: land", "ask_zone/any.rent", "en")]
    assert filled(wording, RECORDS) == filled(wording, RECORDS)


def test_a_wording_that_goes_on_has_its_subject_before_it() -> None:
    wording = from_label("{after:work_permit} and the pay?", "ask_faq/faq-wage", "en")
    (made,) = [example for example in filled([wording], RECORDS) if "and the pay" in example.text]
    assert (made.text, made.record, made.aspect) == ("Work permit: and the pay?", "faq-wage", None)


def test_a_wording_that_goes_on_about_a_record_that_is_gone_is_left_out() -> None:
    wording = from_label("{after:no-such} and the pay?", "ask_faq/faq-wage", "en")
    assert not [example for example in filled([wording], RECORDS) if "and the pay" in example.text]


def test_some_wordings_stay_with_the_record_spoken_of() -> None:
    made = filled([from_label("and the fee?", "follow_up/any.fee", "en")], RECORDS)
    staying = [example for example in made if example.text.endswith(": and the fee?")]
    assert ("Work permit: and the fee?", "ask_procedure/work_permit") in {(e.text, e.label) for e in staying}
    # A figure has no sides to go on about.
    assert not [example for example in staying if example.intent in ("ask_statistic", "ask_faq", "ask_zone")]
