"""Which messages mix both languages."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.mixing import Mixing

WORDS = {
    "vi": {
        "đăng": 40,
        "ký": 40,
        "khoản": 20,
        "vay": 20,
        "ở": 90,
        "đâu": 90,
        "nộp": 60,
        "đất": 80,
        "online": 9,
        "fdi": 5,
    },
    "en": {
        "register": 40,
        "foreign": 50,
        "loan": 30,
        "where": 70,
        "the": 300,
        "date": 20,
        "online": 9,
        "fdi": 5,
    },
}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("đăng ký khoản vay ở đâu", "vi", ("vi",)),
        ("muốn register foreign loan thì nộp ở đâu", "vi", ("vi", "en")),
        ("where to register the loan", "en", ("en",)),
        ("where to register the loan, nộp ở đâu", "en", ("vi", "en")),
        # Words of both languages, names and unknown words say nothing.
        ("nộp online, FDI, Nomura", "vi", ("vi",)),
        ("", "en", ("en",)),
    ],
)
def test_a_message_is_in_the_languages_of_its_words(
    text: str, language: str, expected: tuple[str, ...]
) -> None:
    assert Mixing(WORDS).languages(text, language) == expected


def test_a_word_with_vietnamese_marks_is_no_english_one() -> None:
    words = {"vi": {"đất": 1}, "en": {"loan": 9, "loạn": 1}}
    assert Mixing(words).languages("loạn", "vi") == ("vi",)
    assert Mixing(words).languages("loan", "vi") == ("vi", "en")
