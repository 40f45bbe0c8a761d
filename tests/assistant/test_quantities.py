"""Quantities as typed values, in both languages' separators."""

from __future__ import annotations

import pytest

from bot.assistant.nlu.quantities import find, number, years_in


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "bound"),
    [
        ("cần 20 ha đất", "area", 20.0, "ha", "about"),
        ("trên 5,5 hecta", "area", 5.5, "ha", "least"),
        ("khoảng 10.000 m2", "area", 1.0, "ha", "about"),
        ("at least 2.5 hectares", "area", 2.5, "ha", "least"),
        ("dưới 120 USD", "money", 120.0, "USD", "most"),
        ("500 tỷ đồng", "money", 5e11, "VND", "about"),
        ("12 nghìn tỷ", "money", 1.2e13, "VND", "about"),
        ("$20 million", "money", 2e7, "USD", "about"),
        ("5.5 million USD or more", "money", 5.5e6, "USD", "least"),
        ("within 15 working days", "duration", 15.0, "working_day", "most"),
        ("10 ngày làm việc", "duration", 10.0, "working_day", "about"),
        ("thuê 50 năm", "duration", 50.0, "year", "about"),
        ("trước 1/10/2025", "date", "2025-10-01", "day", "about"),
        ("giảm 50%", "share", 50.0, "%", "about"),
        ("cách cảng dưới 20km", "distance", 20.0, "km", "most"),
    ],
)
def test_a_quantity_is_read(text: str, kind: str, value: float | str, unit: str, bound: str) -> None:
    (found,) = find(text)
    assert (found.kind, found.value, found.unit, found.bound) == (kind, value, unit, bound)


@pytest.mark.parametrize(
    "text", ["nghị định 96/2026/NĐ-CP", "KCN Tràng Duệ 3", "mã 1.009664", "phí bao nhiêu"]
)
def test_what_is_none_is_not_read(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("written", "value"),
    [("1.234,5", 1234.5), ("1,234.5", 1234.5), ("12.000", 12000), ("0,5", 0.5), ("7", 7)],
)
def test_both_separators(written: str, value: float) -> None:
    assert number(written) == value


def test_years_are_read() -> None:
    assert years_in("FDI năm 2023, 2021-2023") == {"2021", "2022", "2023"}
    assert years_in("Nghị định 96/2026/NĐ-CP, 2,024 ha") == frozenset()
