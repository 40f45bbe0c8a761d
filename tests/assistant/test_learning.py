"""What the restorer of diacritics learns from."""

from __future__ import annotations

from bot.assistant.nlu.examples import Example
from bot.assistant.nlu.learning import _bare, _Seen, _with_diacritics


def test_aspects_are_learned_without_the_names_of_what_is_asked_about() -> None:
    asked = Example("fee of the permit", "ask_procedure", "work_permit", "fee", "en")
    other = Example("wages of the permit", "ask_faq", "faq-wage", None, "en")
    seen = [
        _Seen(one.text, one.text, one.text.replace("the permit", "this procedure"))
        for one in (asked, asked, other)
    ]
    assert _bare([asked, asked, other], seen) == (["fee of this procedure"], ["fee"])
    assert _bare([asked], [_Seen(asked.text, asked.text, asked.text)]) == ([], [])


def test_what_was_typed_without_diacritics_teaches_none() -> None:
    assert _with_diacritics("ho so can nhung gi") == []
    assert _with_diacritics("Giấy phép xây dựng: ho so can nhung gi") == ["Giấy phép xây dựng:"]
    assert _with_diacritics("ben em la cong ty moi. Hồ sơ cần những gì?") == ["Hồ sơ cần những gì?"]
    assert _with_diacritics("Chào anh. Phí bao nhiêu?") == ["Chào anh.", "Phí bao nhiêu?"]


def test_few_words_may_have_none_at_all() -> None:
    assert _with_diacritics("khu nam") == ["khu nam"]
