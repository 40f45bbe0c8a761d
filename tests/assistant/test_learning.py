"""What the restorer of diacritics learns from."""

from __future__ import annotations

from bot.assistant.nlu.learning import _with_diacritics


def test_what_was_typed_without_diacritics_teaches_none() -> None:
    assert _with_diacritics("ho so can nhung gi") == []
    assert _with_diacritics("Giấy phép xây dựng: ho so can nhung gi") == ["Giấy phép xây dựng:"]
    assert _with_diacritics("ben em la cong ty moi. Hồ sơ cần những gì?") == ["Hồ sơ cần những gì?"]
    assert _with_diacritics("Chào anh. Phí bao nhiêu?") == ["Chào anh.", "Phí bao nhiêu?"]


def test_few_words_may_have_none_at_all() -> None:
    assert _with_diacritics("khu nam") == ["khu nam"]
