"""Working days, holidays and desk hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from bot.common import calendar
from bot.common.calendar import VIETNAM


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-23", True),
        ("2026-11-24", False),  # Vietnam Culture Day
        ("2026-11-28", False),  # Saturday
        ("2026-02-17", False),  # Lunar New Year
        ("2026-04-27", False),  # in lieu of a Sunday
        ("2026-08-22", True),  # a Saturday worked in exchange
        ("2026-08-31", False),
        ("2031-09-02", False),  # fixed days hold beyond the table
    ],
)
def test_working_days(day: str, works: bool) -> None:
    assert calendar.is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-20", 2, "2026-11-25"),
        ("2026-02-13", 1, "2026-02-23"),
        ("2026-04-24", 5, "2026-05-06"),
    ],
)
def test_terms_in_working_days(start: str, count: int, end: str) -> None:
    begun, due = date.fromisoformat(start), date.fromisoformat(end)
    assert calendar.add_working_days(begun, count) == due
    assert calendar.working_days_between(begun, due) == count


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert calendar.working_days_between(date(2026, 11, 25), date(2026, 11, 20)) == 0


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-23T07:59", False, "2026-11-23T08:00"),
        ("2026-11-23T08:00", True, "2026-11-23T08:00"),
        ("2026-11-23T11:30", False, "2026-11-23T13:30"),
        ("2026-11-23T16:59", True, "2026-11-23T16:59"),
        ("2026-11-23T17:00", False, "2026-11-25T08:00"),
        ("2026-11-28T10:00", False, "2026-11-30T08:00"),
    ],
)
def test_desk_hours(moment: str, is_open: bool, opens: str) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)
    assert calendar.is_open(local) is is_open
    assert calendar.next_opening(local) == datetime.fromisoformat(opens).replace(tzinfo=VIETNAM)


def test_hours_are_those_of_vietnam() -> None:
    assert calendar.is_open(datetime(2026, 11, 23, 1, 30, tzinfo=timezone.utc))
    assert not calendar.is_open(datetime(2026, 11, 23, 10, 30, tzinfo=timezone.utc))


def test_holidays_are_named_in_both_languages() -> None:
    assert calendar.holiday(date(2026, 2, 17)) == {"vi": "Tết Nguyên đán", "en": "Lunar New Year"}
    assert calendar.holiday(date(2026, 11, 25)) is None


def test_a_fixed_date_keeps_the_time_of_day() -> None:
    moment = calendar.now(date(2026, 9, 1))
    assert moment.date() == date(2026, 9, 1)
    assert moment.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_the_table_agrees_with_the_holidays_package(year: int) -> None:
    holidays = pytest.importorskip("holidays", reason="only on the web side")
    known = holidays.country_holidays("VN", years=year)
    days = (date(year, 1, 1) + timedelta(days=offset) for offset in range(365))
    assert [day for day in days if (day in known) != (calendar.holiday(day) is not None)] == []
