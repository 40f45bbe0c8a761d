"""Questions in a third language, read through the terms they hold."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.glossary import gloss


@pytest.mark.parametrize(
    ("text", "language", "english"),
    [
        ("노동허가서 발급 수수료는 얼마입니까?", "ko", "work permit issue fee how much"),
        ("LGの投資はいくら", "ja", "LG investment how much"),
        ("海防自由贸易区面积", "zh", "Hai Phong free trade zone area"),
        ("Đình Vũ 임대료 DEEP-C", "ko", "Đình Vũ rent DEEP-C"),
        ("안녕하세요", "ko", "hello"),
        ("노동 허가서", "ko", "work permit"),
        ("외계인", "ko", ""),
    ],
)
def test_terms_are_read(text: str, language: str, english: str) -> None:
    assert gloss(text, language) == english
