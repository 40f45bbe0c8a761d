from __future__ import annotations

import pytest

from bot.common import formats


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (22540, "22.540", "22,540"),
        (1234.5, "1.234,5", "1,234.5"),
        (0, "0", "0"),
        (8.5, "8,5", "8.5"),
        (263.47, "263,47", "263.47"),
        (200, "200", "200"),
        (5310000, "5.310.000", "5,310,000"),
    ],
)
def test_numbers_have_the_language_s_separators(value: float, vi: str, en: str) -> None:
    assert formats.number(value, "vi") == vi
    assert formats.number(value, "en") == en


def test_a_range_of_equal_ends_is_one_number() -> None:
    assert formats.number_range(55, 55, "en") == "55"
    assert formats.number_range(54.5, 57, "vi") == "54,5–57"


def test_area_is_a_value_or_a_pair() -> None:
    assert formats.area(22540, "vi") == "22.540 ha"
    assert formats.area([93, 113], "en") == "93–113 ha"


def test_money_stands_as_each_language_writes_it() -> None:
    assert formats.dong(450000, "vi") == "450.000 đồng"
    assert formats.dong(450000, "en") == "VND 450,000"
    assert formats.dollars(145, "vi") == "145 USD"
    assert formats.dollars(145, "en") == "USD 145"
    assert formats.percent(87.86, "vi") == "87,86%"


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        ("2026-11-04", "04/11/2026", "4 November 2026"),
        ("2026-02", "tháng 2/2026", "February 2026"),
        ("2014", "năm 2014", "2014"),
        ("2026-02-30", "2026-02-30", "2026-02-30"),
        ("about 2020", "about 2020", "about 2020"),
        ("2024-Q3", "2024-Q3", "2024-Q3"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(value: str, vi: str, en: str) -> None:
    assert formats.day(value, "vi") == vi
    assert formats.day(value, "en") == en
