"""Removing what has been kept long enough; the terms are retention.yml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.db.models import Model, QuerySet
from django.utils import timezone

from bot.conversations.database import unit
from bot.conversations.erasure import delete
from bot.conversations.models import (
    AuditLine,
    Consent,
    Conversation,
    Inquiry,
    InquiryState,
    Link,
    LookupTry,
    PrivacyRequest,
)

TABLE = Path(__file__).with_name("retention.yml")


@dataclass(frozen=True)
class Line:
    """One class of data: its term, and how many rows are over it."""

    name: str
    days: int
    count: int


def preview(now: datetime | None = None) -> list[Line]:
    """What would be removed; changes nothing."""
    moment = now or timezone.now()
    return [Line(name, days, _over(name, days, moment).count()) for name, days in _terms().items()]


def remove(now: datetime | None = None) -> list[Line]:
    """Remove what is over its term; what was removed. Conversations are erased, so Rasa forgets them too."""
    moment = now or timezone.now()
    report = []
    for name, days in _terms().items():
        rows = _over(name, days, moment)
        if name == "conversations":
            identities = list(rows.values_list("pk", flat=True))
            for identity in identities:
                delete(identity)
            count = len(identities)
        else:
            count = _remove(rows)
        report.append(Line(name, days, count))
    return report


@unit
def _remove(rows: QuerySet[Model]) -> int:
    count = rows.count()
    rows.delete()
    return count


def _over(name: str, days: int, now: datetime) -> QuerySet[Model]:
    return _CLASSES[name](now - timedelta(days=days))


def _conversations(before: datetime) -> QuerySet[Conversation]:
    open_inquiries = Inquiry.objects.exclude(state=InquiryState.CLOSED).values("conversation")
    return Conversation.objects.filter(updated_at__lt=before).exclude(pk__in=open_inquiries)


_CLASSES: dict[str, Callable[[datetime], QuerySet[Model]]] = {
    "conversations": _conversations,
    "inquiries": lambda before: Inquiry.objects.filter(state=InquiryState.CLOSED, updated_at__lt=before),
    "lookup_tries": lambda before: LookupTry.objects.filter(at__lt=before),
    "links": lambda before: Link.objects.filter(expires_at__lt=before),
    "privacy_requests": lambda before: PrivacyRequest.objects.filter(
        received_at__lt=before, done_at__isnull=False
    ),
    "consents": lambda before: Consent.objects.filter(given_at__lt=before),
    "audit_lines": lambda before: AuditLine.objects.filter(at__lt=before),
}


@cache
def _terms() -> dict[str, int]:
    terms: dict[str, int] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return terms
