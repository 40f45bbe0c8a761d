from __future__ import annotations

from datetime import date

import pytest

from bot.registry.review import add_months, first_day, review_by, status

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("kind", "content", "due"),
    [
        ("procedure", {"as_of": "2026-11-22"}, date(2027, 5, 22)),
        ("zone", {"as_of": "2026-08"}, date(2027, 2, 1)),
        ("zone", {"as_of": "2026-08", "volatile": True}, date(2026, 11, 1)),
        ("incentive", {"as_of": "2026-11-22"}, date(2027, 11, 22)),
        ("statistic", {"as_of": "2023"}, date(2024, 1, 1)),
        ("incentive", {"as_of": "2026-11-22", "review_by": "2026-12-31"}, date(2026, 12, 31)),
        ("incentive", {"as_of": None}, None),
    ],
)
def test_review_is_due_after_the_months_of_the_kind(
    kind: str, content: dict[str, object], due: date | None
) -> None:
    assert review_by(kind, content) == due


def test_a_later_sign_off_counts_from_its_own_day() -> None:
    content = {"as_of": "2025-01", "review_by": "2026-01-31"}
    assert review_by("zone", content, date(2026, 11, 20)) == date(2027, 5, 20)
    assert review_by("zone", content, date(2025, 12, 1)) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("confidence", "due", "verified_on", "label"),
    [
        ("high", date(2026, 11, 24), None, "cited"),
        ("high", date(2026, 11, 23), None, "unconfirmed"),
        ("medium", date(2027, 1, 1), None, "unconfirmed"),
        ("low", date(2027, 1, 1), date(2026, 11, 1), "confirmed"),
        ("high", date(2026, 11, 1), date(2026, 1, 1), "unconfirmed"),
        ("high", None, None, "unconfirmed"),
    ],
)
def test_label(confidence: str, due: date | None, verified_on: date | None, label: str) -> None:
    assert status(confidence, due, verified_on, TODAY) == label


def test_months_end_where_the_month_ends() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 1), 12) == date(2027, 12, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2025", date(2025, 1, 1)), ("2025-07", date(2025, 7, 1)), ("2025-07-09", date(2025, 7, 9)), ("x", None),
     ("2025-13", None), (None, None)],
)  # fmt: skip
def test_first_day(text: object, day: date | None) -> None:
    assert first_day(text) == day
