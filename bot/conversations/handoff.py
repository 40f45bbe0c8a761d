"""What staff do with a conversation: call, claim, transfer, answer, give back, close; each leaves a line.

Every function is one transaction, raises PermissionDenied without the permission, and `NotYours` or
`NoConversation` when the state of things forbids it.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from bot.common.text import clean
from bot.conversations import modes
from bot.conversations.database import unit
from bot.conversations.models import (
    AuditLine,
    Author,
    Conversation,
    HandoffReason,
    Message,
    Mode,
    Progress,
)
from bot.conversations.outgoing import Draft, held, notice, write
from bot.conversations.wording import GATEWAY

ANSWER = "conversations.answer_investors"
SUPERVISE = "conversations.supervise_conversations"
_TYPING_SECONDS = 6


class NoConversation(Exception):
    """It does not exist, or was erased."""


class NotYours(Exception):
    """Somebody else is in charge, or nobody is."""


class NothingSaid(Exception):
    """An answer without visible text."""


@unit
def call(conversation_id: uuid.UUID, staff: AbstractUser) -> None:
    """Put the conversation among those that wait for a person."""
    conversation = _held(conversation_id, staff)
    modes.call_person(conversation, HandoffReason.STAFF, outbox=True, staff=staff.pk)
    conversation.save()


@unit
def claim(conversation_id: uuid.UUID, staff: AbstractUser) -> None:
    """Take the conversation over: from now on the assistant is silent. Claiming one's own changes nothing."""
    conversation = _held(conversation_id, staff)
    if conversation.mode == Mode.HUMAN:
        if conversation.assigned_to_id == staff.pk:
            return
        raise NotYours
    conversation.mode = Mode.HUMAN
    conversation.assigned_to_id = staff.pk
    # What the assistant has not answered yet is for the person now; Rasa gets it as history later.
    Message.objects.filter(conversation=conversation, progress=Progress.ASK).update(progress=Progress.NOTE)
    conversation.lease, conversation.lease_until = "", None
    write(conversation, notice("claimed", conversation, name=display_name(staff, conversation)), outbox=True)
    modes.record(conversation, "claimed", staff.pk)
    conversation.save()


@unit
def transfer(conversation_id: uuid.UUID, staff: AbstractUser, to: AbstractUser) -> None:
    """Pass the conversation to a colleague who may answer."""
    conversation = _in_charge(conversation_id, staff)
    _check(to, ANSWER)
    conversation.assigned_to_id = to.pk
    write(conversation, notice("transferred", conversation, name=display_name(to, conversation)), outbox=True)
    modes.record(conversation, "transferred", staff.pk, to=to.pk)
    conversation.save()


@unit
def reply(conversation_id: uuid.UUID, staff: AbstractUser, text: str, client_id: str) -> Message:
    """Answer the investor; the same `client_id` again sends nothing more. Line breaks are kept."""
    conversation = _in_charge(conversation_id, staff)
    earlier = Message.objects.filter(conversation=conversation, client_id=client_id).first()
    if earlier is not None:
        return earlier
    lines = [clean(line) for line in text.splitlines()]
    visible = "\n".join(lines).strip()
    if not visible:
        raise NothingSaid
    name = display_name(staff, conversation)
    draft = Draft(Author.STAFF, visible, conversation.speaks, author_name=name)
    message = write(conversation, draft, outbox=True, staff=staff.pk)
    message.client_id = client_id
    message.progress = Progress.NOTE
    message.save(update_fields=["client_id", "progress"])
    conversation.staff_typing_until = None
    conversation.save()
    return message


@unit
def typing(conversation_id: uuid.UUID, staff: AbstractUser) -> None:
    """Let the investor see for some seconds that a person is writing."""
    conversation = _in_charge(conversation_id, staff)
    conversation.staff_typing_until = timezone.now() + timedelta(seconds=_TYPING_SECONDS)
    conversation.save(update_fields=["staff_typing_until"])


@unit
def give_back(conversation_id: uuid.UUID, staff: AbstractUser) -> None:
    """Let the assistant answer again; it learns what was said meanwhile before the next question."""
    conversation = _in_charge(conversation_id, staff)
    _give_back(conversation, "returned", staff.pk)


@unit
def close(conversation_id: uuid.UUID, staff: AbstractUser) -> None:
    """End the conversation; who writes again is answered by the assistant."""
    conversation = _held(conversation_id, staff)
    if conversation.mode == Mode.HUMAN:
        _check_charge(conversation, staff)
    modes.to_assistant(conversation)
    conversation.mode = Mode.CLOSED
    conversation.closed_at = timezone.now()
    write(conversation, notice("closed", conversation), outbox=True)
    modes.record(conversation, "closed", staff.pk)
    conversation.save()


def give_back_silent(before: datetime) -> int:
    """Return conversations that have been silent since `before` to the assistant; how many.

    While an investor's message is unanswered staff are silent: what the investor adds changes nothing.
    """
    held_by_people = Conversation.objects.filter(mode=Mode.HUMAN, created_at__lt=before)
    return sum(
        _give_back_if_silent(each, before) for each in list(held_by_people.values_list("pk", flat=True))
    )


def display_name(staff: AbstractUser, conversation: Conversation) -> str:
    """The name the investor sees: the officer's own when it is given, otherwise the office's."""
    return staff.get_full_name().strip() or GATEWAY.say("name_staff", conversation.speaks)


@unit
def _give_back_if_silent(conversation_id: uuid.UUID, before: datetime) -> bool:
    conversation = held(conversation_id)
    if conversation is None or conversation.mode != Mode.HUMAN or _silent_since(conversation) >= before:
        return False
    _give_back(conversation, "returned_silence", None)
    return True


def _silent_since(conversation: Conversation) -> datetime:
    """Since when an investor's message is unanswered or, with all answered, since when nothing was said."""
    said = Message.objects.filter(conversation=conversation)
    answered = said.filter(author=Author.STAFF).aggregate(last=Max("pk"))["last"] or 0
    waiting = said.filter(author=Author.USER, pk__gt=answered).order_by("pk").first()
    if waiting is None:
        return conversation.updated_at
    # What was said before somebody took charge waits since then.
    lines = AuditLine.objects.filter(conversation=conversation.pk, action__in=("claimed", "transferred"))
    charge = lines.aggregate(last=Max("at"))["last"]
    moments = (waiting.created_at, charge, conversation.staff_typing_until)
    return max(moment for moment in moments if moment is not None)


def _give_back(conversation: Conversation, said: str, staff: int | None) -> None:
    modes.to_assistant(conversation)
    write(conversation, notice(said, conversation), outbox=True)
    modes.record(conversation, said, staff)
    conversation.save()


def _in_charge(conversation_id: uuid.UUID, staff: AbstractUser) -> Conversation:
    conversation = _held(conversation_id, staff)
    _check_charge(conversation, staff)
    return conversation


def _check_charge(conversation: Conversation, staff: AbstractUser) -> None:
    supervises = conversation.mode == Mode.HUMAN and staff.has_perm(SUPERVISE)
    if conversation.assigned_to_id != staff.pk and not supervises:
        raise NotYours


def _held(conversation_id: uuid.UUID, staff: AbstractUser) -> Conversation:
    _check(staff, ANSWER)
    conversation = held(conversation_id)
    if conversation is None:
        raise NoConversation
    return conversation


def _check(staff: AbstractUser, permission: str) -> None:
    if not staff.has_perm(permission):
        raise PermissionDenied(permission)
