"""Text as both languages type it."""

from __future__ import annotations

import re
import unicodedata

import pytest

from bot.common.text import any_of, clean, fold, strip_marks


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Hải\tPhòng\r\n2026", "Hải Phòng 2026"),
        ("giấy\u200bphép", "giấyphép"),
        ("  a\u00a0b  ", "a b"),
        (unicodedata.normalize("NFD", "Đình Vũ"), "Đình Vũ"),
        ("đất 🏭 nhà xưởng", "đất 🏭 nhà xưởng"),
    ],
)
def test_cleaning_leaves_what_can_be_seen(typed: str, expected: str) -> None:
    assert clean(typed) == expected


def test_marks_are_stripped_whatever_the_unicode_form() -> None:
    composed = unicodedata.normalize("NFC", "Đường dẫn ở Cát Hải")
    for text in (composed, unicodedata.normalize("NFD", composed)):
        assert strip_marks(text) == "Duong dan o Cat Hai"
        assert fold(f"  {text}  Ư") == "duong dan o cat hai u"


def test_a_stripped_text_is_as_long_as_the_composed_one() -> None:
    text = "Nghị quyết về khu thương mại tự do, ưu đãi thuế"
    assert len(fold(text)) == len(text)


def test_any_of_takes_the_longest() -> None:
    pattern = re.compile(any_of(["hai", "hai phong", "ha", "a.b", "a"]))
    assert pattern.findall("hai phong ha hai a.b axb") == ["hai phong", "ha", "hai", "a.b", "a"]
