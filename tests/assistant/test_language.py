"""Which language a message is in, however short it is."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.examples import from_files
from bot.assistant.nlu.language import LanguageIdentifier, foreign_script
from bot.common.settings import ROOT
from bot.common.text import fold

SHORT = [
    ("gia thue dat", "vi"),
    ("phi bao nhieu", "vi"),
    ("IRC can gi", "vi"),
    ("Nomura ở đâu", "vi"),
    ("xin visa mất mấy ngày", "vi"),
    ("how much rent", "en"),
    ("what does IRC need", "en"),
    ("any charge for it", "en"),
    ("where to submit the dossier", "en"),
]


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    """Learned from the product's own wordings, without those that hold a name or are asked here."""
    asked = {fold(text) for text, _ in SHORT}
    wordings = [
        example
        for example in from_files(ROOT / "data" / "nlu")
        if "{" not in example.text and fold(example.text).strip("?!. ") not in asked
    ]
    return LanguageIdentifier().fit(
        [example.text for example in wordings], [example.language for example in wordings]
    )


@pytest.mark.parametrize("conversation", [None, "vi", "en"])
@pytest.mark.parametrize(("text", "language"), SHORT)
def test_short_texts_speak_for_themselves(
    identifier: LanguageIdentifier, text: str, language: str, conversation: str | None
) -> None:
    assert identifier.detect(text, conversation).language == language


@pytest.mark.parametrize("text", ["Nomura?", "IRC?", "OK", "96/2026/NĐ-CP", "5.000 m2", "?!"])
@pytest.mark.parametrize("conversation", ["vi", "en"])
def test_what_says_nothing_keeps_the_conversation(
    identifier: LanguageIdentifier, text: str, conversation: str
) -> None:
    bare = text.replace("Nomura", "")
    assert identifier.detect(bare, conversation).language == conversation


def test_without_letters_and_conversation_it_is_vietnamese_and_unsure(identifier: LanguageIdentifier) -> None:
    found = identifier.detect("1.009664")
    assert (found.language, found.confidence) == ("vi", 0.5)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cho tôi hỏi về work permit renewal cho expert", "vi"),
        ("please explain giấy phép lao động cho người nước ngoài", "vi"),
        ("can we renew thẻ thường trú of my director at your desk?", "en"),
        ("what is the difference between tiền đặt cọc and the deposit", "en"),
        ("tiền deposit của project này là bao nhiêu, when to pay", "vi"),
        ("What is the fee of the café in the park", "en"),
    ],
)
def test_mixed_texts(identifier: LanguageIdentifier, text: str, language: str) -> None:
    assert identifier.detect(text).language == language


def test_confidence_grows_with_what_is_said(identifier: LanguageIdentifier) -> None:
    short, long = identifier.detect("dat"), identifier.detect("thuê đất trong khu này giá thế nào")
    assert 0.5 <= short.confidence < long.confidence <= 1.0


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("노동허가서 수수료", "ko"),
        ("土地の賃料はいくらですか", "ja"),
        ("工业用地租金", "zh"),
        ("LG 投资 in Hai Phong 工业区", "zh"),
        ("giá thuê đất", None),
        ("rent at Nomura (野村) industrial park", None),
        ("12345", None),
        ("", None),
    ],
)
def test_third_scripts(text: str, script: str | None) -> None:
    assert foreign_script(text) == script
