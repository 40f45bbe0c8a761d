"""How far a record may be trusted today: when its review is due and what label it carries."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

CONFIRMED, CITED, UNCONFIRMED = "confirmed", "cited", "unconfirmed"
STATUSES = (CONFIRMED, CITED, UNCONFIRMED)

# Months until a record is looked at again: what changes often, what offices change, what only a law changes.
VOLATILE_MONTHS = 3
OFFICE_MONTHS = 6
LAW_MONTHS = 12
_OFFICE_KINDS = ("procedure", "zone")


def first_day(value: object) -> date | None:
    """The first day of 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'; None for anything else."""
    parts = str(value).split("-")
    try:
        numbers = [int(part) for part in parts]
        return date(numbers[0], *[*numbers[1:3], 1, 1][:2]) if len(parts) <= 3 else None
    except (TypeError, ValueError):
        return None


def review_by(kind: str, content: Mapping[str, Any], verified_on: date | None = None) -> date | None:
    """The day until which the record counts as current, counted from its data or a later sign-off.

    A date that the record names itself holds unless a sign-off is later. None without a date of the data.
    """
    as_of = first_day(content.get("as_of"))
    if as_of is None:
        return None
    named = first_day(content["review_by"]) if content.get("review_by") else None
    if named and (verified_on is None or named >= verified_on):
        return named
    return add_months(max(as_of, verified_on) if verified_on else as_of, _months(kind, content))


def status(confidence: str, due: date | None, verified_on: date | None, today: date) -> str:
    """`confirmed` by the authority, `cited` from a sound source, or `unconfirmed`."""
    if due is None or due < today:
        return UNCONFIRMED
    if verified_on is not None:
        return CONFIRMED
    return CITED if confidence == "high" else UNCONFIRMED


def add_months(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where that day does not exist."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _months(kind: str, content: Mapping[str, Any]) -> int:
    if content.get("volatile"):
        return VOLATILE_MONTHS
    return OFFICE_MONTHS if kind in _OFFICE_KINDS else LAW_MONTHS
