"""What a person may ask about their data: an export, erasure, withdrawal; each is entered in a register.

Terms are counted in working days from receipt; these requests are carried out at once, and the register
shows it (Personal Data Protection Law 91/2025/QH15).
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from bot.common import calendar
from bot.conversations import problems
from bot.conversations.database import unit
from bot.conversations.models import (
    Consent,
    Conversation,
    Feedback,
    Inquiry,
    Message,
    PrivacyRequest,
)
from bot.conversations.outgoing import held
from bot.conversations.shown import shown

TERM_WORKING_DAYS = 2


@unit
def export(conversation_id: uuid.UUID) -> dict[str, Any]:
    """Everything held on the person of this conversation, ready for JSON; entered as done in the register."""
    conversation = held(conversation_id)
    if conversation is None:
        raise problems.unauthorised()
    register(conversation, PrivacyRequest.Kind.EXPORT, done=True)
    return {
        "conversation": {
            "id": str(conversation.pk),
            "channel": conversation.channel,
            "language": conversation.language or None,
            "language_choice": conversation.language_choice or None,
            "mode": conversation.mode,
            "created_at": conversation.created_at.isoformat(),
        },
        "messages": [
            {**shown(message), "masked": message.masked, "understood": message.understood}
            for message in Message.objects.filter(conversation=conversation).order_by("id")
        ],
        "feedback": list(
            Feedback.objects.filter(message__conversation=conversation).values(
                "message_id", "value", "comment", "created_at"
            )
        ),
        "consents": consents(conversation_id),
        "inquiries": [_inquiry(inquiry) for inquiry in Inquiry.objects.filter(conversation=conversation)],
        "requests": list(
            PrivacyRequest.objects.filter(conversation=conversation_id).values(
                "kind", "received_at", "due_on", "done_at"
            )
        ),
    }


@unit
def withdraw(conversation_id: uuid.UUID, purpose: str) -> bool:
    """Withdraw a consent; without the one for inquiries, contact data is removed. Whether there was one."""
    conversation = held(conversation_id)
    if conversation is None:
        raise problems.unauthorised()
    withdrawn = Consent.objects.filter(
        conversation=conversation_id, purpose=purpose, withdrawn_at=None
    ).update(withdrawn_at=timezone.now())
    if withdrawn:
        register(conversation, PrivacyRequest.Kind.WITHDRAW, done=True)
        if purpose == Consent.Purpose.ANSWER_INQUIRY:
            Inquiry.objects.filter(conversation=conversation).update(
                contact_name="", contact_company="", contact_email="", contact_phone=""
            )
    return bool(withdrawn)


def consents(conversation_id: uuid.UUID) -> list[dict[str, Any]]:
    """The ledger's lines of a conversation."""
    fields = ("purpose", "text_version", "channel", "language", "given_at", "withdrawn_at")
    return list(Consent.objects.filter(conversation=conversation_id).values(*fields))


def register(conversation: Conversation, kind: PrivacyRequest.Kind, *, done: bool) -> PrivacyRequest:
    """Enter a request; it is due within the law's term, counted in working days."""
    today = calendar.now(settings.HEZA.today).date()
    return PrivacyRequest.objects.create(
        conversation=conversation.pk,
        kind=kind,
        channel=conversation.channel,
        due_on=calendar.add_working_days(today, TERM_WORKING_DAYS),
        done_at=timezone.now() if done else None,
    )


@unit
def enter(conversation_id: uuid.UUID, kind: PrivacyRequest.Kind) -> PrivacyRequest:
    """Enter a request that came in another way and is still to be done; LookupError: no such conversation."""
    conversation = held(conversation_id)
    if conversation is None:
        raise LookupError(f"no conversation {conversation_id}")
    return register(conversation, kind, done=False)


@unit
def finish(number: int) -> None:
    """The request is done; LookupError when there is no open one of this number."""
    if not PrivacyRequest.objects.filter(pk=number, done_at=None).update(done_at=timezone.now()):
        raise LookupError(f"no open request {number}")


def listed(*, only_open: bool = False) -> list[tuple[str, ...]]:
    """The register, oldest first: number, kind, channel, received, due, 'done DATE' or working days left."""
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
        )
        for row in rows
    ]


def _clock(row: PrivacyRequest, today: date) -> str:
    if row.done_at:
        return f"done {row.done_at:%Y-%m-%d}"
    if row.due_on < today:
        return f"late by {calendar.working_days_between(row.due_on, today)}"
    return f"{calendar.working_days_between(today, row.due_on)} left"


def _inquiry(inquiry: Inquiry) -> dict[str, Any]:
    fields = ("code", "state", "language", "summary_vi", "summary_en", "received_at", "due_on")
    contact = ("contact_name", "contact_company", "contact_email", "contact_phone")
    return {
        **{field: getattr(inquiry, field) for field in (*fields, *contact)},
        "entries": list(inquiry.entries.values("by_staff", "text", "at")),
    }
