"""What the investor sends: cleaned, masked, limited and stored before anybody is asked."""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from bot.common.masking import PIN, mask
from bot.common.text import clean, neutralise
from bot.conversations import emergency, modes, once, problems
from bot.conversations.database import unit
from bot.conversations.models import Author, ButtonToken, Conversation, Message, Mode, Progress
from bot.conversations.models.message import OPEN
from bot.conversations.outgoing import Button, held, notice, touch, write
from bot.conversations.queue import Work, take

MAX_CLIENT_ID = 64
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Inbound:
    """Free text, or the token of a pressed button; `client_id` names the message for repeats.

    `command` is what a channel's own command stands for; it never comes from outside.
    """

    client_id: str
    text: str = ""
    button: str = ""
    command: Button | None = None


@dataclass(frozen=True)
class Accepted:
    """The stored message, and the work on the queue when this caller is the one to do it."""

    message_id: int
    settled: bool
    work: Work | None


@dataclass(frozen=True)
class _Content:
    text: str
    payload: str = ""
    kind: ButtonToken.Kind = ButtonToken.Kind.TEXT
    masked: tuple[str, ...] = ()
    # The same text as the assistant gets it: with a PIN, which is not stored.
    told: str = ""


def accept(conversation_id: uuid.UUID, inbound: Inbound) -> Accepted:
    """Store one message; raises a Problem when it is refused. A repeated `client_id` stores nothing new."""
    content = _meant(inbound.command) if inbound.command else _written(inbound.text)
    return _store(conversation_id, inbound, clean(inbound.text), content)


def _written(text: str) -> _Content:
    return _Content(neutralise(text))


@unit
def _store(conversation_id: uuid.UUID, inbound: Inbound, visible: str, given: _Content) -> Accepted:
    conversation = held(conversation_id)
    if conversation is None:
        raise problems.unauthorised()
    known = Message.objects.filter(conversation=conversation).order_by("id")
    repeated_or_open = list(known.filter(Q(client_id=inbound.client_id) | Q(progress__in=OPEN)))
    for earlier in repeated_or_open:
        if earlier.client_id == inbound.client_id:
            return Accepted(earlier.pk, settled=False, work=None)
    if len(visible) > problems.MAX_LENGTH:
        raise problems.too_long(conversation.speaks, len(visible))
    content = _pressed(conversation, inbound.button) if inbound.button else _masked(conversation, given)
    if not content.text:
        raise problems.empty(conversation.speaks)
    _check_rate(conversation)
    if conversation.mode == Mode.CLOSED:
        modes.reopen(conversation)
    message = _create(conversation, inbound.client_id, content)
    emergency.show(conversation, conversation.speaks, message)
    work = take(conversation, [*repeated_or_open, message]) if message.progress == Progress.ASK else None
    conversation.save()
    return Accepted(message.pk, settled=message.progress != Progress.ASK, work=work)


def _masked(conversation: Conversation, given: _Content) -> _Content:
    """What is stored of a text; a bare number is a PIN when the assistant has just asked for one."""
    if given.payload or given.kind is not ButtonToken.Kind.TEXT:
        return given
    numbers = any(letter.isdigit() for letter in given.text)
    masked = mask(given.text, asked_for=_asked_for(conversation) if numbers else "")
    told = mask(given.text, leaving=(PIN,)).text if PIN in masked.kinds else ""
    return replace(given, text=masked.text, masked=masked.kinds, told=told)


def _asked_for(conversation: Conversation) -> str:
    asked = Message.objects.filter(conversation=conversation, author=Author.USER, understood__isnull=False)
    latest = asked.order_by("-id").values_list("understood", flat=True).first()
    return (latest or {}).get("asked_for") or ""


def _pressed(conversation: Conversation, token: str) -> _Content:
    button = ButtonToken.objects.filter(token=token, conversation=conversation).first()
    if button is None:
        raise problems.no_such_button(conversation.speaks)
    return _meant(Button(button.title, ButtonToken.Kind(button.kind), button.value))


def _meant(button: Button) -> _Content:
    payload = button.value if button.kind is ButtonToken.Kind.PAYLOAD else ""
    text = button.value if button.kind is ButtonToken.Kind.TEXT else button.title
    return _Content(text, payload, button.kind)


def _check_rate(conversation: Conversation) -> None:
    limit: int = settings.HEZA.rate_limit_per_minute
    if not limit:
        return
    now = timezone.now()
    recent = Message.objects.filter(
        conversation=conversation, author=Author.USER, created_at__gt=now - _MINUTE
    ).order_by("-id")[:limit]
    times = [message.created_at for message in recent.only("created_at")]
    if len(times) == limit:
        seconds = math.ceil((times[-1] + _MINUTE - now).total_seconds())
        raise problems.too_fast(conversation.speaks, max(seconds, 1))


def _create(conversation: Conversation, client_id: str, content: _Content) -> Message:
    # A PIN is asked for, so nobody is told not to send it.
    unasked = set(content.masked) - {PIN}
    earlier = Message.objects.filter(conversation=conversation, author=Author.USER)
    first_masked = bool(unasked) and not earlier.exclude(masked=[]).exclude(masked=[PIN]).exists()
    message = Message.objects.create(
        conversation=conversation,
        author=Author.USER,
        language=conversation.speaks,
        text=content.text,
        payload=content.payload,
        client_id=client_id,
        masked=list(content.masked),
        progress=_progress(conversation, content.kind),
    )
    touch(conversation, message)
    if content.told and message.progress == Progress.ASK:
        once.keep(message.pk, content.told)
    if first_masked:
        write(conversation, notice("masked", conversation), message)
    if content.kind is ButtonToken.Kind.PERSON:
        modes.call_person(conversation, reply_to=message)
    elif content.kind is ButtonToken.Kind.ASSISTANT:
        modes.stop_waiting(conversation, reply_to=message)
    return message


def _progress(conversation: Conversation, kind: ButtonToken.Kind) -> Progress:
    if kind in {ButtonToken.Kind.PERSON, ButtonToken.Kind.ASSISTANT}:
        return Progress.DONE
    return Progress.NOTE if conversation.mode == Mode.HUMAN else Progress.ASK
