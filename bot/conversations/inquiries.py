"""Formal inquiries: drafted from the conversation, sent with consent, looked up by code and PIN."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bot.common import calendar, formats
from bot.common.masking import mask
from bot.common.text import clean
from bot.common.wording import LANGUAGES
from bot.conversations import modes, problems, tries
from bot.conversations.database import patient, unit
from bot.conversations.models import (
    Author,
    Channel,
    Consent,
    Conversation,
    Inquiry,
    InquiryEntry,
    InquiryState,
    Message,
)
from bot.conversations.outgoing import held, notice, write
from bot.conversations.wording import GATEWAY
from bot.registry.models import Record

# The office's own promise, counted from the day of receipt.
ANSWER_WORKING_DAYS = 5
# The permission is the console's: its table of roles has it (bot.console.roles).
HANDLE = "console.handle_inquiries"
CONSENT_TEXT_VERSION = "2026-11"
_QUESTIONS = 10
# Without letters and digits that are mistaken for each other.
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


@dataclass(frozen=True)
class Contact:
    """How to reach the investor; given through the form only, so it is not masked."""

    name: str
    company: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the investor keeps; the PIN is shown this once."""

    code: str
    pin: str | None
    due_on: date
    text: str


@patient
def draft(conversation_id: uuid.UUID) -> dict[str, str]:
    """A proposed summary in both languages, {vi, en}, for the investor to edit."""
    asked = Message.objects.filter(conversation=conversation_id, author=Author.USER).order_by("-id")
    messages = list(asked[:_QUESTIONS])[::-1]
    records = [((message.understood or {}).get("decision") or {}).get("record") for message in messages]
    known = Record.objects.filter(pk__in={record for record in records if record}).order_by("id")
    names = list(known.values_list("name_vi", "name_en"))
    questions = "\n".join(f"- {message.text}" for message in messages)
    summaries = {}
    for place, language in enumerate(LANGUAGES):
        subjects = "\n".join(f"- {pair[place]}" for pair in names)
        parts = [GATEWAY.say("inquiry_questions", language, questions=questions)] if questions else []
        if subjects:
            parts.append(GATEWAY.say("inquiry_subjects", language, subjects=subjects))
        summaries[language] = "\n\n".join(parts)
    return summaries


def consent_texts() -> list[dict[str, object]]:
    """What is asked for, one purpose a tick; the first is needed, the other is free."""
    return [
        {
            "purpose": purpose.value,
            "text": GATEWAY.both(f"consent_{purpose.value}"),
            "required": purpose is Consent.Purpose.ANSWER_INQUIRY,
        }
        for purpose in Consent.Purpose
    ]


def send(
    conversation_id: uuid.UUID,
    client_id: str,
    summary: Mapping[str, str],
    contact: Contact,
    purposes: Sequence[str],
) -> Receipt:
    """Store an inquiry with its consents; raises a Problem when something is missing or it is not the web."""
    pin = f"{secrets.randbelow(1_000_000):06d}"
    # Hashing is slow on purpose: outside the transaction.
    return _store(conversation_id, client_id, dict(summary), contact, set(purposes), pin, make_password(pin))


@unit
def _store(
    conversation_id: uuid.UUID,
    client_id: str,
    summary: dict[str, str],
    contact: Contact,
    purposes: set[str],
    pin: str,
    pin_hash: str,
) -> Receipt:
    conversation = held(conversation_id)
    if conversation is None:
        raise problems.unauthorised()
    language = conversation.speaks
    earlier = Inquiry.objects.filter(conversation=conversation, client_id=client_id).first()
    if earlier is not None:
        return Receipt(earlier.code, None, earlier.due_on, _receipt_text(earlier, language))
    _check(conversation, summary, contact, purposes)
    today = calendar.now(settings.HEZA.today).date()
    inquiry = Inquiry.objects.create(
        code=f"HZ-{today:%y%m%d}-{''.join(secrets.choice(_ALPHABET) for _ in range(5))}",
        pin_hash=pin_hash,
        conversation=conversation,
        client_id=client_id,
        language=language,
        summary_vi=_written(summary["vi"]),
        summary_en=_written(summary["en"]),
        contact_name=clean(contact.name),
        contact_company=clean(contact.company),
        contact_email=contact.email.strip(),
        contact_phone=clean(contact.phone),
        due_on=calendar.add_working_days(today, ANSWER_WORKING_DAYS),
    )
    for purpose in sorted(purposes):
        _agree(conversation, purpose, language)
    # The code stands in the conversation; the PIN only in this one answer.
    write(conversation, notice("inquiry_receipt", conversation, **_facts(inquiry, language)), outbox=True)
    conversation.save()
    return Receipt(inquiry.code, pin, inquiry.due_on, _receipt_text(inquiry, language))


def _agree(conversation: Conversation, purpose: str, language: str) -> None:
    """A line of the ledger, unless this text was agreed to already; a newer one replaces an older."""
    valid = Consent.objects.filter(conversation=conversation.pk, purpose=purpose, withdrawn_at=None)
    if valid.filter(text_version=CONSENT_TEXT_VERSION).exists():
        return
    valid.update(withdrawn_at=timezone.now())
    Consent.objects.create(
        conversation=conversation.pk,
        purpose=purpose,
        text_version=CONSENT_TEXT_VERSION,
        channel=conversation.channel,
        language=language,
    )


def look_up(conversation_id: uuid.UUID, code: str, pin: str) -> Inquiry:
    """The inquiry; a wrong code or PIN is a 404 problem, too many of them a 429."""
    language = _language(conversation_id)
    normal = clean(code).upper()
    # Counted before the slow look: tries at one moment would all pass a check that counts afterwards.
    counted = _try(language, conversation_id, normal)
    inquiry = Inquiry.objects.filter(code=normal).prefetch_related("entries").first()
    # Hashed in either case, so that the time does not tell which codes exist.
    right = check_password(pin.strip(), inquiry.pin_hash) if inquiry else not make_password(pin)
    if inquiry is None or not right:
        raise problems.no_such_inquiry(language)
    tries.forgive(counted)
    return inquiry


@unit
def _try(language: str, conversation_id: uuid.UUID, code: str) -> list[int]:
    # Whoever tries the same code or from the same conversation waits here.
    held(conversation_id)
    Inquiry.objects.select_for_update().filter(code=code).first()
    return tries.count(language, code, str(conversation_id))


def add(conversation_id: uuid.UUID, code: str, pin: str, text: str) -> Inquiry:
    """Add something to an inquiry, as whoever holds code and PIN."""
    inquiry = look_up(conversation_id, code, pin)
    if not clean(text):
        raise problems.empty(inquiry.language)
    _add_entry(inquiry.pk, text, by_staff=False)
    return Inquiry.objects.prefetch_related("entries").get(pk=inquiry.pk)


@unit
def answer(
    inquiry_id: int,
    text: str,
    staff: AbstractUser,
    state: InquiryState | None = None,
    client_id: str = "",
) -> bool:
    """Staff answer, perhaps with a new state: the investor is told in the conversation, the log has a line.

    False when `client_id` names an answer there is. Raises PermissionDenied. What is told is the code alone;
    the answer is read with the PIN.
    """
    if not staff.has_perm(HANDLE):
        raise PermissionDenied(HANDLE)
    inquiry = _add_entry(inquiry_id, text, by_staff=True, state=state, client_id=client_id)
    if inquiry is None:
        return False
    conversation = held(inquiry.conversation_id)
    if conversation is not None:
        told = notice("inquiry_answered", conversation, code=inquiry.code)
        write(conversation, told, outbox=True)
        modes.record(conversation, "inquiry_answered", staff.pk, code=inquiry.code, state=inquiry.state)
        conversation.save()
    return True


@unit
def _add_entry(
    inquiry_id: int, text: str, *, by_staff: bool, state: InquiryState | None = None, client_id: str = ""
) -> Inquiry | None:
    """An addition; None when `client_id` names one there is."""
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry_id)
    if client_id and inquiry.entries.filter(client_id=client_id).exists():
        return None
    InquiryEntry.objects.create(inquiry=inquiry, text=_written(text), by_staff=by_staff, client_id=client_id)
    inquiry.state = state or inquiry.state
    inquiry.updated_at = timezone.now()
    inquiry.save(update_fields=["state", "updated_at"])
    return inquiry


@unit
def set_state(inquiry_id: int, state: InquiryState) -> InquiryState:
    """Change the state alone, by staff; gives back the one before."""
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry_id)
    earlier = InquiryState(inquiry.state)
    if earlier != state:
        inquiry.state, inquiry.updated_at = state, timezone.now()
        inquiry.save(update_fields=["state", "updated_at"])
    return earlier


def _check(
    conversation: Conversation, summary: Mapping[str, str], contact: Contact, purposes: set[str]
) -> None:
    language = conversation.speaks
    if conversation.channel != Channel.WEB:
        raise problems.web_only(language)
    if Consent.Purpose.ANSWER_INQUIRY not in purposes:
        raise problems.no_consent(language)
    if not clean(contact.name) or not (contact.email.strip() or clean(contact.phone)):
        raise problems.no_contact(language)
    if not all(clean(summary[each]) for each in LANGUAGES):
        raise problems.empty(language)


def _written(text: str) -> str:
    """Line breaks kept; personal data belongs in the form's own fields."""
    return "\n".join(mask(clean(line)).text for line in text.splitlines()).strip()


def _facts(inquiry: Inquiry, language: str) -> dict[str, object]:
    day = formats.day(inquiry.due_on.isoformat(), language)
    return {"code": inquiry.code, "due": day, "days": ANSWER_WORKING_DAYS}


def _receipt_text(inquiry: Inquiry, language: str) -> str:
    return GATEWAY.say("inquiry_receipt", language, **_facts(inquiry, language))


@patient
def _language(conversation_id: uuid.UUID) -> str:
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    return conversation.speaks if conversation else "vi"
