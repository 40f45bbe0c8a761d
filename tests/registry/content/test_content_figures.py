"""Figures, dates and units have one form in both languages."""

from __future__ import annotations

import pytest

from bot.registry.content.figures import figures, spelled_out, units
from bot.registry.content.rules.equality import difference

SAME = [
    ("1.234,5 ha", "1,234.5 ha"),
    ("0,1% giá trị hợp đồng", "0.1% of the contract value"),
    ("từ 5 đến 10 triệu đồng", "VND 5 to 10 million"),
    ("15.000–20.000 tỷ đồng", "VND 15,000–20,000 billion"),
    ("15 nghìn tỷ đồng", "VND 15 trillion"),
    ("26,2 tỷ USD", "USD 26.2 billion"),
    ("01/03/2026", "1 March 2026"),
    ("ngày 1 tháng 3 năm 2026", "March 1, 2026"),
    ("tháng 7/2026", "July 2026"),
    ("tháng 3 năm 2026", "March 2026"),
    ("trước 05/06 và 05/12", "before 5 June and 5 December"),
    ("ngày 16–20/07/2026", "16–20 July 2026"),
    ("trong tháng 7 hằng năm", "in July every year"),
    ("quý I/2027", "Q1 2027"),
    ("quý II/2025 đến quý II/2030", "Q2 2025 to Q2 2030"),
    ("khoản 5 Điều 28 Nghị định 96/2026/NĐ-CP", "Article 28.5 of Decree 96/2026/ND-CP"),
    ("Quyết định 1165/QĐ-BTC", "Decision 1165/QD-BTC"),
    ("Nghị quyết 66.18/2026/NQ-CP", "Resolution 66.18/2026/NQ-CP"),
    ("thủ tục 1.009664", "procedure 1.009664"),
    ("mẫu I.1.17", "form I.1.17"),
    ("ba năm, sáu tháng", "3 years, 6 months"),
    ("3 năm", "three years"),
    ("20.000 m3/ngày", "20,000 m3/day"),
    ("900.000 m², 2,5 km²", "900,000 m2, 2.5 km2"),
    ("hợp đồng và hội đồng", "contract and council"),
    ("xem https://vsip.com.vn/1411", "see the website"),
]


@pytest.mark.parametrize(("vi", "en"), SAME)
def test_equal_texts_have_no_difference(vi: str, en: str) -> None:
    assert difference(vi, en) == ""


@pytest.mark.parametrize(
    ("vi", "en", "said"),
    [
        ("10 ngày làm việc", "10 days", "working days"),
        ("5 triệu đồng", "VND 5 billion", "5000000000"),
        ("01/03/2026", "3 January 2026", "2026-01-03"),
        ("Luật 143/2025/QH15", "Law 143/2025/QH14", "14"),
        ("10 ngày, sau đó 10 ngày", "10 days", "more often in 'vi': 10"),
        ("1.234 ha", "1.234 ha", "1234"),
        ("5 triệu USD", "VND 5 million", "USD"),
    ],
)
def test_unequal_texts_are_named(vi: str, en: str, said: str) -> None:
    assert said in difference(vi, en)


def test_every_changed_digit_is_seen() -> None:
    """Whatever figure of a text is changed, the two languages no longer agree."""
    vi = "Từ 01/03/2026, 1.234,5 ha và 26,2 tỷ USD theo Điều 28 Luật 143/2025/QH15, thủ tục 1.009664."
    en = (
        "From 1 March 2026, 1,234.5 ha and USD 26.2 billion under Article 28, Law 143/2025/QH15, "
        "procedure 1.009664."
    )
    assert difference(vi, en) == ""
    for position, character in enumerate(vi):
        if character.isdigit():
            changed = vi[:position] + str((int(character) + 1) % 10) + vi[position + 1 :]
            assert difference(changed, en), changed


def test_tokens_are_counted() -> None:
    assert figures("5 ha, 5 ha và 01/03/2026", "vi") == {"5": 2, "2026-03-01": 1}


def test_numbers_in_words_and_units() -> None:
    assert spelled_out("six communes, one authority", "en") == {"6", "1"}
    assert units("VND 5 million for 10 working days") == {"VND", "working days"}
