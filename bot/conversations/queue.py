"""The open messages of a conversation, worked off in order by one holder of its lease at a time.

The lease is a mark in the conversation's row, so any number of web processes and workers may compete
for it, and a holder that died is succeeded when its time is over.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from bot.conversations.answers import store_answer, store_apology
from bot.conversations.database import patient, unit
from bot.conversations.door import Answered
from bot.conversations.models import Conversation, Message, Mode, PendingForget, Progress
from bot.conversations.models.message import OPEN
from bot.conversations.outgoing import held, notice, person_button, write

# Beyond Rasa's time-out: storing the answer must still fall into the lease.
MARGIN_SECONDS = 15.0
MAX_FAULTS = 3
_CHANGED_BY_ANSWER = (
    "language",
    "language_choice",
    "mode",
    "handoff_reason",
    "waiting_since",
    "last_message_id",
    "updated_at",
    "lease",
    "lease_until",
)


@dataclass(frozen=True)
class Work:
    """The message that is next, for the holder of the lease."""

    conversation: uuid.UUID
    lease: str
    message_id: int
    progress: Progress
    author: str
    text: str
    payload: str
    hint: str | None


@dataclass(frozen=True)
class Turn:
    """What a look at the queue gave: work, or `settled`; neither of them means that somebody is at it."""

    settled: bool = False
    work: Work | None = None


def take(conversation: Conversation, open_messages: Iterable[Message]) -> Work | None:
    """Take the lease when it is free and something is open; the caller holds the row and saves it."""
    now = timezone.now()
    if conversation.mode == Mode.HUMAN or (conversation.lease_until and conversation.lease_until > now):
        return None
    first = next(iter(open_messages), None)
    return _lease(conversation, first, uuid.uuid4().hex) if first else None


@unit
def look(conversation_id: uuid.UUID, message_id: int | None) -> Turn:
    """Whether the message is settled (None: whether nothing is open), else the lease if it can be had."""
    conversation = held(conversation_id)
    if conversation is None:
        return Turn(settled=True)
    if message_id is not None and not _open(conversation).filter(pk=message_id, deferred=False).exists():
        return Turn(settled=True)
    work = take(conversation, _open(conversation)[:1])
    if work is None:
        return Turn(settled=conversation.mode == Mode.HUMAN or not _open(conversation).exists())
    conversation.save()
    return Turn(work=work)


@unit
def finish(work: Work, answered: Answered | None, message_id: int | None) -> Turn:
    """Store the answer (None: a note was taken) and go on to the next, until `message_id` is settled.

    `message_id` None means a worker, which goes on to the end and whose answers go through the outbox.
    """
    conversation = _held_or_forgotten(work)
    if conversation is None:
        return Turn(settled=True)
    message = _open(conversation).filter(pk=work.message_id).first()
    if conversation.lease != work.lease or message is None:
        return Turn()
    if answered is not None:
        store_answer(conversation, message, answered, outbox=message_id is None or message.deferred)
    return _next(conversation, message, work.lease, message_id)


@unit
def give_up(work: Work, message_id: int | None) -> Turn:
    """Rasa answered with an error: another try later, or an apology when it has had enough of them."""
    conversation = _held_or_forgotten(work)
    if conversation is None:
        return Turn(settled=True)
    message = _open(conversation).filter(pk=work.message_id).first()
    if message is None or conversation.lease != work.lease:
        return Turn()
    message.faults += 1
    message.save(update_fields=["faults"])
    if message.faults < MAX_FAULTS:
        return _put_off(conversation, outbox=message_id is None)
    if message.progress == Progress.ASK:
        store_apology(conversation, message, outbox=message_id is None or message.deferred)
    return _next(conversation, message, work.lease, message_id)


@unit
def put_off(work: Work, message_id: int | None) -> Turn:
    """Rasa is not there: tell the investor once a message that the answer comes later, and let go."""
    conversation = _held_or_forgotten(work)
    if conversation is None or conversation.lease != work.lease:
        return Turn(settled=conversation is None)
    return _put_off(conversation, outbox=message_id is None)


@patient
def unanswered() -> list[uuid.UUID]:
    """Conversations with open messages that nobody is at, longest waiting first."""
    now = timezone.now()
    open_messages = (
        Message.objects.filter(progress__in=OPEN)
        .exclude(conversation__mode=Mode.HUMAN)
        .exclude(conversation__lease_until__gt=now)
        .order_by("id")
        .values_list("conversation_id", flat=True)
    )
    return list(dict.fromkeys(open_messages))


def _held_or_forgotten(work: Work) -> Conversation | None:
    """The row; if it was erased meanwhile, the assistant has just learnt of it again and must forget."""
    conversation = held(work.conversation)
    if conversation is None:
        PendingForget.mark(work.conversation)
    return conversation


def _open(conversation: Conversation) -> QuerySet[Message]:
    return Message.objects.filter(conversation=conversation, progress__in=OPEN).order_by("id")


def _next(conversation: Conversation, done: Message, lease: str, message_id: int | None) -> Turn:
    done.progress = Progress.DONE
    done.save(update_fields=["progress", "language", "understood", "milliseconds"])
    over = done.pk == message_id or conversation.mode == Mode.HUMAN
    following = None if over else _open(conversation).first()
    if following is None:
        _release(conversation)
    work = _lease(conversation, following, lease) if following else None
    conversation.save(update_fields=_CHANGED_BY_ANSWER)
    return Turn(settled=following is None, work=work)


def _put_off(conversation: Conversation, *, outbox: bool) -> Turn:
    for message in _open(conversation).filter(progress=Progress.ASK, deferred=False):
        button = person_button(conversation.speaks)
        write(conversation, notice("later", conversation, button), message, outbox=outbox)
        message.deferred = True
        message.save(update_fields=["deferred"])
    _release(conversation)
    conversation.save()
    return Turn(settled=True)


def _lease(conversation: Conversation, message: Message, lease: str) -> Work:
    seconds = settings.HEZA.rasa_timeout + MARGIN_SECONDS
    conversation.lease = lease
    conversation.lease_until = timezone.now() + timedelta(seconds=seconds)
    return Work(
        conversation=conversation.pk,
        lease=lease,
        message_id=message.pk,
        progress=Progress(message.progress),
        author=message.author,
        text=message.text,
        payload=message.payload,
        hint=conversation.hint,
    )


def _release(conversation: Conversation) -> None:
    conversation.lease = ""
    conversation.lease_until = None
