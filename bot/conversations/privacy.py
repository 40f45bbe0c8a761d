"""What a person may ask about their data: an export, erasure, withdrawal; each is entered in a register.

Those asked for here are carried out at once, and the register shows it (`register` has what comes by letter).
Rooms that keep something about a conversation add it to the export with `add_part`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone

from bot.common import calendar
from bot.conversations import problems
from bot.conversations.database import unit
from bot.conversations.models import (
    AuditLine,
    Consent,
    Conversation,
    Delivery,
    Feedback,
    Inquiry,
    Message,
    PrivacyRequest,
)
from bot.conversations.outgoing import held
from bot.conversations.shown import shown

TERM_WORKING_DAYS = 2
Part = Callable[[uuid.UUID], Any]
_PARTS: dict[str, Part] = {}


def add_part(name: str, part: Part) -> None:
    """What another room holds on a conversation, under this name in the export, ready for JSON."""
    _PARTS[name] = part


@unit
def export(conversation_id: uuid.UUID) -> dict[str, Any]:
    """Everything held on the person of this conversation, ready for JSON; entered as done in the register."""
    conversation = held(conversation_id)
    if conversation is None:
        raise problems.unauthorised()
    register(conversation, PrivacyRequest.Kind.EXPORT, done=True)
    return _content(conversation)


@unit
def held_on(conversation_id: uuid.UUID) -> dict[str, Any]:
    """The same for a request that is in the register already; LookupError: there is no such conversation."""
    conversation = held(conversation_id)
    if conversation is None:
        raise LookupError(f"no conversation {conversation_id}")
    return _content(conversation)


@unit
def withdraw(conversation_id: uuid.UUID, purpose: str) -> bool:
    """Withdraw a consent; without the one for inquiries, contact data is removed. Whether there was one."""
    conversation = held(conversation_id)
    if conversation is None:
        raise problems.unauthorised()
    withdrawn = _withdraw(conversation_id, purpose)
    if withdrawn:
        register(conversation, PrivacyRequest.Kind.WITHDRAW, done=True)
    return withdrawn


@unit
def withdraw_all(conversation_id: uuid.UUID) -> None:
    """Withdraw every consent, for a request that is in the register already."""
    for purpose in Consent.Purpose:
        _withdraw(conversation_id, purpose)


def consents(conversation_id: uuid.UUID) -> list[dict[str, Any]]:
    """The ledger's lines of a conversation."""
    fields = ("purpose", "text_version", "channel", "language", "given_at", "withdrawn_at")
    return list(Consent.objects.filter(conversation=conversation_id).values(*fields))


def register(conversation: Conversation, kind: PrivacyRequest.Kind, *, done: bool) -> PrivacyRequest:
    """Enter a request that was made in the conversation."""
    return new_request(kind, conversation.pk, conversation.channel, done=done)


def new_request(
    kind: PrivacyRequest.Kind,
    conversation_id: uuid.UUID | None,
    channel: str,
    reference: str = "",
    *,
    done: bool = False,
) -> PrivacyRequest:
    """A line of the register; it is due within the law's term, counted in working days."""
    today = calendar.now(settings.HEZA.today).date()
    return PrivacyRequest.objects.create(
        conversation=conversation_id,
        reference=reference,
        kind=kind,
        channel=channel,
        due_on=calendar.add_working_days(today, TERM_WORKING_DAYS),
        done_at=timezone.now() if done else None,
    )


def _withdraw(conversation_id: uuid.UUID, purpose: str) -> bool:
    valid = Consent.objects.filter(conversation=conversation_id, purpose=purpose, withdrawn_at=None)
    withdrawn = bool(valid.update(withdrawn_at=timezone.now()))
    if withdrawn and purpose == Consent.Purpose.ANSWER_INQUIRY:
        Inquiry.objects.filter(conversation=conversation_id).update(
            contact_name="", contact_company="", contact_email="", contact_phone=""
        )
    return withdrawn


def _content(conversation: Conversation) -> dict[str, Any]:
    identity = conversation.pk
    return {
        "conversation": {
            "id": str(identity),
            "channel": conversation.channel,
            "chat": conversation.channel_ref or None,
            "language": conversation.language or None,
            "language_choice": conversation.language_choice or None,
            "mode": conversation.mode,
            "handoff_reason": conversation.handoff_reason or None,
            "waiting_since": conversation.waiting_since,
            "created_at": conversation.created_at.isoformat(),
            "updated_at": conversation.updated_at,
            "closed_at": conversation.closed_at,
        },
        "messages": [
            {**shown(message), "masked": message.masked, "understood": message.understood}
            for message in Message.objects.filter(conversation=conversation).order_by("id")
        ],
        "feedback": _rows(
            Feedback, {"message__conversation": identity}, "message_id", "value", "comment", "created_at"
        ),
        "deliveries": _rows(
            Delivery,
            {"conversation": identity},
            "message_id",
            "channel",
            "state",
            "reason",
            "attempts",
            "updated_at",
        ),
        "consents": consents(identity),
        "inquiries": [_inquiry(inquiry) for inquiry in Inquiry.objects.filter(conversation=conversation)],
        "requests": _rows(
            PrivacyRequest,
            {"conversation": identity},
            "kind",
            "reference",
            "received_at",
            "due_on",
            "done_at",
        ),
        "log": _rows(AuditLine, {"conversation": identity}, "action", "at"),
        **{name: part(identity) for name, part in _PARTS.items()},
    }


def _rows(model: Any, about: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    return list(model.objects.filter(**about).order_by("pk").values(*fields))


def _inquiry(inquiry: Inquiry) -> dict[str, Any]:
    fields = ("code", "state", "language", "summary_vi", "summary_en", "received_at", "due_on")
    contact = ("contact_name", "contact_company", "contact_email", "contact_phone")
    return {
        **{field: getattr(inquiry, field) for field in (*fields, *contact)},
        "entries": list(inquiry.entries.values("by_staff", "text", "at")),
    }
