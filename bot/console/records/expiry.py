"""Records that somebody should look at: past their review date or soon, or of low confidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from bot.console.models import Turn
from bot.registry import clock
from bot.registry.models import Record
from bot.registry.review import UNCONFIRMED, status

SOON = timedelta(days=30)
DAYS = 90
REASONS = ("overdue", "soon", "low", "unconfirmed")


@dataclass(frozen=True)
class Due:
    """A record with the reasons to look at it, and how often it was asked for in the last 90 days."""

    record: Record
    reasons: list[str]
    asked: int


def due(reason: str = "") -> list[Due]:
    """Published records with a reason (or this one), the most asked first, then the longest overdue."""
    today, asked = clock.today(), asked_for()
    found = [Due(record, reasons_of(record, today), asked[record.pk]) for record in _published()]
    wanted = [each for each in found if (reason in each.reasons if reason else each.reasons)]
    return sorted(wanted, key=lambda each: (-each.asked, each.record.review_by or date.max, each.record.pk))


def reasons_of(record: Record, today: date) -> list[str]:
    """Why the record should be looked at."""
    by = record.review_by
    found = []
    if by is None or by < today:
        found.append("overdue")
    elif by <= today + SOON:
        found.append("soon")
    if record.confidence == "low":
        found.append("low")
    if status(record.confidence, by, record.verified_on, today) == UNCONFIRMED:
        found.append("unconfirmed")
    return found


def asked_for() -> Counter[str]:
    """Record → how often it was asked for; what staff tried themselves does not count."""
    since = timezone.now() - timedelta(days=DAYS)
    rows = Turn.objects.filter(at__gte=since, test=False).exclude(record="").order_by().values("record")
    return Counter({row["record"]: row["times"] for row in rows.annotate(times=Count("pk"))})


def _published() -> QuerySet[Record]:
    return Record.objects.filter(published=True).defer("content", "draft", "search")
