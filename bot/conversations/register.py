"""The register of requests about personal data: those in the chat are done at once, letters are entered.

Terms are counted in working days from receipt (Personal Data Protection Law 91/2025/QH15).
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from bot.common import calendar
from bot.conversations import erasure, privacy
from bot.conversations.database import patient, run, unit
from bot.conversations.models import Conversation, PrivacyRequest
from bot.conversations.privacy import new_request

Kind = PrivacyRequest.Kind
# What the office can be asked by letter too, and only people can judge and do.
BY_HAND = frozenset({Kind.CORRECTION, Kind.OBJECTION})
BY_LETTER = "letter"


class NotHere(Exception):
    """The request cannot be carried out by the system: people do it, and then finish it."""


@unit
def enter(kind: Kind, conversation_id: uuid.UUID | None = None, reference: str = "") -> PrivacyRequest:
    """Enter a request that came in another way and is still to be done.

    `reference`: the letter's own number, where the conversation is not known; no name, no address.
    LookupError: no such conversation. ValueError: neither of both.
    """
    if conversation_id is None:
        if not reference.strip():
            raise ValueError("a conversation or a reference")
        return new_request(kind, None, BY_LETTER, reference=reference.strip())
    if not Conversation.objects.filter(pk=conversation_id).exists():
        raise LookupError(f"no conversation {conversation_id}")
    return new_request(kind, conversation_id, BY_LETTER, reference=reference.strip())


async def carry_out(number: int) -> dict[str, Any] | None:
    """Do what an open request asks for and finish it; the export, when it is one.

    LookupError: no open request of this number, or its conversation is gone. `NotHere`: see there.
    """
    kind, conversation = await run(_open, number)
    if conversation is None or kind in BY_HAND:
        raise NotHere
    content = None
    if kind is Kind.ERASE:
        # Gone already is as good.
        await erasure.erase(conversation, asked=False)
    elif kind is Kind.EXPORT:
        content = await run(privacy.held_on, conversation)
    else:
        await run(privacy.withdraw_all, conversation)
    await run(finish, number)
    return content


@unit
def finish(number: int) -> None:
    """The request is done; LookupError when there is no open one of this number."""
    if not PrivacyRequest.objects.filter(pk=number, done_at=None).update(done_at=timezone.now()):
        raise LookupError(f"no open request {number}")


def listed(*, only_open: bool = False) -> list[tuple[str, ...]]:
    """The register, oldest first: number, kind, channel, received, due, clock, reference."""
    rows = PrivacyRequest.objects.filter(done_at=None) if only_open else PrivacyRequest.objects.all()
    today = calendar.now(settings.HEZA.today).date()
    return [
        (
            str(row.pk),
            row.kind,
            row.channel,
            f"{row.received_at:%Y-%m-%d}",
            f"{row.due_on}",
            _clock(row, today),
            *([row.reference] if row.reference else []),
        )
        for row in rows
    ]


def _clock(row: PrivacyRequest, today: date) -> str:
    """'done DATE', 'N left' or 'late by N'."""
    if row.done_at:
        return f"done {row.done_at:%Y-%m-%d}"
    if row.due_on < today:
        return f"late by {calendar.working_days_between(row.due_on, today)}"
    return f"{calendar.working_days_between(today, row.due_on)} left"


@patient
def _open(number: int) -> tuple[Kind, uuid.UUID | None]:
    row = PrivacyRequest.objects.filter(pk=number, done_at=None).first()
    if row is None:
        raise LookupError(f"no open request {number}")
    return Kind(row.kind), row.conversation
