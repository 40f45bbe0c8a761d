"""Personal data is replaced, all else is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.common.masking import mask
from bot.common.text import strip_marks

CASES = yaml.safe_load(Path(__file__).with_name("masking_cases.yml").read_text(encoding="utf-8"))
PERSONAL = [(kind, str(text)) for kind, texts in CASES["personal"].items() for text in texts]
PERSONAL += [
    (kind, text.format(number))
    for kind, sentences in CASES["sentences"].items()
    for text in sentences["texts"]
    for number in sentences["numbers"]
]
OPEN = [str(text) for text in CASES["open"]]
# Each case as written, stripped of diacritics, and inside a sentence of either language.
FRAMES = ("{}", "Dạ {} ạ.", "Please note: {}, thank you")


@pytest.mark.parametrize(("kind", "text"), PERSONAL)
def test_personal_data_is_replaced_by_its_kind(kind: str, text: str) -> None:
    for frame in FRAMES:
        for written in (frame.format(text), strip_marks(frame.format(text))):
            masked = mask(written)
            assert masked.kinds == (kind,), written
            assert f"[{kind}]" in masked.text
            assert mask(masked.text).text == masked.text


@pytest.mark.parametrize("text", OPEN)
def test_what_is_not_personal_stays(text: str) -> None:
    for frame in FRAMES:
        for written in (frame.format(text), strip_marks(frame.format(text))):
            assert mask(written) == mask(written).__class__(written, ())


def test_there_are_enough_cases() -> None:
    assert len(PERSONAL) >= 200
    assert len(OPEN) >= 200


def test_a_bare_tax_code_is_known_by_its_check_digit() -> None:
    assert mask("0100109106").kinds == ("tax-code",)
    assert mask("0100109106-001").text == "[tax-code]"
    assert mask("0100109107").kinds == ()


def test_several_at_once_and_the_rest_of_the_sentence() -> None:
    masked = mask("Tôi là An, CCCD 031088001234, sđt 0912345678, vốn 5.000.000.000 đồng, a@example.com")
    assert masked.text == "Tôi là An, CCCD [id-card], sđt [phone], vốn 5.000.000.000 đồng, [email]"
    assert masked.kinds == ("email", "id-card", "phone")


def test_characters_that_fold_to_several_keep_their_place() -> None:
    assert mask("한국 İß 0912345678 ﬁn").text == "한국 İß [phone] ﬁn"


def test_digits_of_other_scripts_are_digits() -> None:
    assert mask("０９１２３４５６７８").kinds == ("phone",)


def test_a_bare_number_is_a_pin_only_when_one_was_asked_for() -> None:
    assert mask("482915").kinds == ()
    assert mask("dạ 482915 ạ", asked_for="dossier_pin").text == "dạ [pin] ạ"
    assert mask("lô 3000 m2", asked_for="dossier_pin").kinds == ()


def test_a_kind_may_be_left_for_who_needs_it() -> None:
    text = "HEZA-2026-0101 482915, 0912345678"
    assert mask(text, leaving=("pin",)).text == "HEZA-2026-0101 482915, [phone]"
