"""Working days, public holidays and desk hours, all in Vietnam's time; the table is calendar.yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path

import yaml

# Vietnam has one time zone and no summer time.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
TABLE = Path(__file__).with_name("calendar.yml")
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class _Table:
    fixed: dict[str, dict[str, str]]
    dated: dict[date, dict[str, str]]
    worked: frozenset[date]
    hours: tuple[tuple[time, time], ...]


def now(today: date | None = None) -> datetime:
    """The moment in Vietnam; with `today` (the setting HEZA_TODAY) at this time of that day."""
    moment = datetime.now(VIETNAM)
    return datetime.combine(today, moment.timetz()) if today else moment


def holiday(day: date) -> dict[str, str] | None:
    """The name {vi, en} of the public holiday or swapped day off, or None."""
    table = _table()
    return table.dated.get(day) or table.fixed.get(f"{day:%m-%d}")


def is_working_day(day: date) -> bool:
    """Whether public offices work that day."""
    if day in _table().worked:
        return True
    return day.weekday() < _SATURDAY and holiday(day) is None


def add_working_days(start: date, count: int) -> date:
    """The day on which a term of `count` working days ends; the day of receipt is not counted."""
    day = start
    for _ in range(count):
        day += _ONE_DAY
        while not is_working_day(day):
            day += _ONE_DAY
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not later."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=offset)) for offset in range(1, days + 1))


def desk_hours() -> tuple[tuple[time, time], ...]:
    """Opening and closing times of a working day."""
    return _table().hours


def is_open(moment: datetime) -> bool:
    """Whether people answer at the desk at this moment (aware time, any zone)."""
    local = moment.astimezone(VIETNAM)
    return is_working_day(local.date()) and any(
        opens <= local.time() < closes for opens, closes in desk_hours()
    )


def next_opening(moment: datetime) -> datetime:
    """The moment itself when the desk is open, otherwise when it opens next."""
    local = moment.astimezone(VIETNAM)
    if is_open(local):
        return local
    day = local.date()
    while True:
        if is_working_day(day):
            for opens, _ in desk_hours():
                opening = datetime.combine(day, opens, VIETNAM)
                if opening > local:
                    return opening
        day += _ONE_DAY


@cache
def _table() -> _Table:
    content = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    dated = {}
    for entry in content["dated"]:
        day, last = date.fromisoformat(entry["from"]), date.fromisoformat(entry["to"])
        while day <= last:
            dated[day] = entry["name"]
            day += _ONE_DAY
    return _Table(
        fixed={entry["day"]: entry["name"] for entry in content["fixed"]},
        dated=dated,
        worked=frozenset(date.fromisoformat(day) for day in content["worked"]),
        hours=tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in content["desk_hours"]),
    )
