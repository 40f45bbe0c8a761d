"""How sentences are divided and counted."""

from __future__ import annotations

import pytest

from bot.registry.content.rules.sentences import counted, sentences
from bot.registry.content.rules.untranslated import english_words, vietnamese_words


def test_sentences_end_at_full_stops_and_lines_not_at_abbreviations() -> None:
    assert sentences("One. Two (see Art. 5). 3.5 ha stay.\nFour") == [
        "One.",
        "Two (see Art․ 5).",
        "3.5 ha stay.",
        "Four",
    ]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Nộp hồ sơ theo Điều 38, 39, 103 Nghị định 96/2026/NĐ-CP", "vi", 4),
        ("Nộp hồ sơ tại Ban Quản lý Khu kinh tế Hải Phòng", "vi", 4),
        ("File under Articles 38, 39 and 103, Decree 96/2026/ND-CP", "en", 2),
        ("The Hai Phong Economic Zone Authority decides", "en", 2),
        ("Law on Investment 143/2025/QH15 applies", "en", 1),
    ],
)
def test_names_of_documents_and_authorities_do_not_count(text: str, language: str, words: int) -> None:
    assert counted(text, language) == words


def test_words_of_the_other_language_are_found() -> None:
    assert vietnamese_words("File at the Sở Tài chính, form 01-ĐK-TCT") == ["Sở", "Tài", "chính"]
    assert english_words("Theo The Investor, khu này rộng 5 ha") == []
    assert english_words("Nộp file of the project") == ["of", "the"]
    assert english_words("bao gom nha xuong va kho") == ["bao", "gom", "nha", "xuong", "va", "kho"]
