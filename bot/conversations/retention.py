"""Removing what has been kept long enough; the terms are retention.yml.

Rooms that keep more than the gateway does add their classes with `add_class`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.db.models import Model, QuerySet
from django.dispatch import Signal
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
from bot.conversations.outgoing import held

TABLE = Path(__file__).with_name("retention.yml")
_CONVERSATIONS = "conversations"
Over = Callable[[datetime], QuerySet[Model]]

# Sent with `conversation`, its id, just before one whose term is over is removed, in the same transaction:
# whoever keeps something that is nobody's any more may part it from the conversation.
term_over = Signal()


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
        if name == _CONVERSATIONS:
            count = sum(_erase(identity, rows) for identity in list(rows.values_list("pk", flat=True)))
        else:
            count = _remove(rows)
        report.append(Line(name, days, count))
    return report


def add_class(name: str, over: Over) -> None:
    """A class of retention.yml that another room keeps; `over(before)`: its rows last touched before then."""
    _CLASSES[name] = over


@unit
def _erase(conversation_id: uuid.UUID, over: QuerySet[Model]) -> bool:
    """Whether the conversation was still over its term: somebody may have written since it was listed."""
    if held(conversation_id) is None or not over.filter(pk=conversation_id).exists():
        return False
    term_over.send(Conversation, conversation=conversation_id)
    delete(conversation_id)
    return True


@unit
def _remove(rows: QuerySet[Model]) -> int:
    count = rows.count()
    rows.delete()
    return count


def _over(name: str, days: int, now: datetime) -> QuerySet[Model]:
    return _CLASSES[name](now - timedelta(days=days))


def _conversations(before: datetime) -> QuerySet[Conversation]:
    # An inquiry has a term of its own, which is longer; the conversation goes after it.
    inquired = Inquiry.objects.values("conversation")
    return Conversation.objects.filter(updated_at__lt=before).exclude(pk__in=inquired)


_CLASSES: dict[str, Over] = {
    _CONVERSATIONS: _conversations,
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
    """The terms of the classes there are: a room that is not installed keeps nothing."""
    terms: dict[str, int] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {name: days for name, days in terms.items() if name in _CLASSES}
