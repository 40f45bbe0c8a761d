"""Conversations of chats, and how far each chat has been told; every function is short database work."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from bot.common import names
from bot.conversations import links, outbox, welcome
from bot.conversations.database import patient, unit
from bot.conversations.models import (
    Author,
    ButtonToken,
    Channel,
    Conversation,
    Delivery,
    DeliveryState,
    Message,
)
from bot.conversations.shown import ShownMessage, shown
from bot.telegram.asking import Asked, asked_in, is_in_place_of
from bot.telegram.models import Chat
from bot.telegram.places import Place, place_at

# What leads to codes of the asker's own, or to an officer who is told of the asker's case.
PRIVATE_INTENTS = ("dossier_status", "request_human", "complaint")
_DOSSIER_INTENT = "dossier_status"
# The form for code and PIN goes on with what follows, whatever that looks like.
_DOSSIER_ACTIONS = (names.DOSSIER_FORM, names.action_of("dossier_result"))


@dataclass(frozen=True)
class Talk:
    """The conversation of a place; `begun_by` is the message that opened it."""

    conversation: uuid.UUID
    speaks: str
    begun_by: int | None


@dataclass(frozen=True)
class Waiting:
    """A message that the chat has not been told, so many parts of it already sent, and what it answers.

    `private`: not for others' eyes; `silent`: nobody waits for it.
    """

    message: ShownMessage
    parts_sent: int
    answers: Asked | None
    private: bool = False
    silent: bool = False


@patient
def find(place: Place) -> Talk | None:
    """The conversation of a place; whoever writes can be written to again."""
    chat = Chat.objects.filter(
        conversation__channel=Channel.TELEGRAM, conversation__channel_ref=place.ref
    ).select_related("conversation")
    found = chat.first()
    if found is None:
        return None
    if found.blocked:
        unit(chat.filter(blocked=True).update)(blocked=False)
    return Talk(found.conversation_id, found.conversation.speaks, found.begun_by)


@unit
def begin(place: Place, message_id: int | None) -> Talk:
    """A new conversation; its first words wait to be sent, but not in a group, where they are too long."""
    started = welcome.start(
        Channel.TELEGRAM,
        place.ref,
        platform_language=place.hint,
        owner=place.person,
        others_read=place.is_group,
    )
    cursor = started.messages[-1].pk if place.is_group else 0
    Chat.objects.create(conversation_id=started.conversation, cursor=cursor, begun_by=message_id)
    return Talk(started.conversation, place.hint or "vi", message_id)


@unit
def carry_over(code: str, place: Place, message_id: int) -> Talk | None:
    """Go on here with the conversation of a link; what was seen elsewhere is not said again."""
    identity = links.redeem(code, Channel.TELEGRAM, place.ref, owner=place.person)
    if identity is None:
        return None
    conversation = Conversation.objects.get(pk=identity)
    unseen = outbox.first_unseen(identity)
    cursor = conversation.last_message_id if unseen is None else unseen - 1
    Chat.objects.update_or_create(
        conversation=conversation,
        defaults={"cursor": cursor, "parts": 0, "begun_by": message_id, "blocked": False},
    )
    return Talk(identity, conversation.speaks, message_id)


@patient
def waiting(ref: str) -> list[Waiting]:
    """What the chat must still be told, in order; nothing while it has blocked us."""
    chat = Chat.objects.filter(
        conversation__channel=Channel.TELEGRAM, conversation__channel_ref=ref, blocked=False
    ).first()
    if chat is None:
        return []
    messages = (
        Message.objects.filter(conversation=chat.conversation_id, pk__gt=chat.cursor)
        .exclude(author=Author.USER)
        .select_related("reply_to")
        .order_by("pk")
    )
    in_group = place_at(ref).is_group
    return [
        _waiting(message, chat.parts if place == 0 else 0, in_group=in_group)
        for place, message in enumerate(messages)
    ]


def _waiting(message: Message, parts: int, *, in_group: bool) -> Waiting:
    asked = message.reply_to
    if asked is None:
        return Waiting(shown(message), parts, None)
    return Waiting(
        shown(message),
        parts,
        asked_in(asked.client_id),
        private=in_group and _is_private(asked),
        silent=is_in_place_of(asked.client_id),
    )


@patient
def is_private(message_id: int) -> bool:
    """Whether a message was understood as something that is not talked about in a group."""
    return _is_private(Message.objects.get(pk=message_id))


@patient
def open_form(conversation: uuid.UUID) -> str | None:
    """The name of the last message, when it is about a dossier and the form for it may still be open."""
    last = Message.objects.filter(conversation=conversation, author=Author.USER).order_by("-pk").first()
    if last is None or is_in_place_of(last.client_id) or not _is_about_dossier(last):
        return None
    return last.client_id


@patient
def is_private_button(conversation: uuid.UUID, token: str) -> bool:
    """Whether a button stands for something that is not done in a group."""
    button = ButtonToken.objects.filter(pk=token, conversation=conversation).first()
    if button is None:
        return False
    intent = button.value.removeprefix("/").partition("{")[0]
    return button.kind == ButtonToken.Kind.PERSON or intent in PRIVATE_INTENTS


def _is_private(message: Message) -> bool:
    handoff = (message.understood or {}).get("handoff")
    return bool(handoff) or _intent(message) in PRIVATE_INTENTS or _is_about_dossier(message)


def _is_about_dossier(message: Message) -> bool:
    action = (message.understood or {}).get("action")
    return _intent(message) == _DOSSIER_INTENT or action in _DOSSIER_ACTIONS


def _intent(message: Message) -> str | None:
    name: str | None = ((message.understood or {}).get("intent") or {}).get("name")
    return name


@unit
def sent_part(message_id: int) -> None:
    """One more part of the message has reached Telegram."""
    Chat.objects.filter(conversation__messages=message_id).update(parts=F("parts") + 1)


@unit
def sent(message_id: int) -> None:
    """The whole message has reached Telegram."""
    _pass(message_id)
    outbox.sent(message_id)


@unit
def give_up(message_id: int, reason: str) -> None:
    """The message can never be sent."""
    _pass(message_id)
    if Delivery.objects.filter(pk=message_id, state=DeliveryState.QUEUED).exists():
        outbox.failed(message_id, reason, final=True)


@unit
def put_off(message_id: int, reason: str) -> bool:
    """A try has failed; another one may succeed. Whether it was the last, so that what follows is sent."""
    unsent = Delivery.objects.filter(pk=message_id, state__in=(DeliveryState.QUEUED, DeliveryState.FAILED))
    given_up = unsent.exists() and outbox.failed(message_id, reason)
    if given_up:
        _pass(message_id)
    return given_up


@unit
def block(ref: str) -> None:
    """The chat has blocked us: what waits is given up, and nothing more is sent."""
    conversation = _conversations(ref).first()
    if conversation is None:
        return
    Chat.objects.filter(conversation=conversation).update(
        blocked=True, cursor=conversation.last_message_id, parts=0
    )
    queued = Delivery.objects.filter(conversation=conversation, state=DeliveryState.QUEUED)
    for message_id in list(queued.values_list("pk", flat=True)):
        outbox.failed(message_id, "blocked", final=True)


@patient
def is_blocked(ref: str) -> bool:
    """Whether nothing may be sent to the chat."""
    return Chat.objects.filter(conversation__channel_ref=ref, blocked=True).exists()


@patient
def anything_due() -> bool:
    """Whether the outbox holds something for this channel; looking takes no lock."""
    due = Delivery.objects.filter(state=DeliveryState.QUEUED, next_try_at__lte=timezone.now())
    return due.filter(channel=Channel.TELEGRAM).exists()


@patient
def with_something_due(limit: int = 50) -> list[str]:
    """The chats for which the outbox holds something; nothing is taken, so no try is used up."""
    due = Delivery.objects.filter(
        channel=Channel.TELEGRAM, state=DeliveryState.QUEUED, next_try_at__lte=timezone.now()
    ).exclude(conversation__channel_ref="")
    refs = due.order_by("pk").values_list("conversation__channel_ref", flat=True)
    return list(dict.fromkeys(refs[:limit]))


@patient
def behind() -> list[str]:
    """Chats that may not have been told everything, after a restart."""
    chats = Chat.objects.filter(conversation__channel=Channel.TELEGRAM, blocked=False).exclude(
        conversation__channel_ref=""
    )
    told_less = chats.filter(cursor__lt=F("conversation__last_message_id"))
    return list(told_less.values_list("conversation__channel_ref", flat=True))


@patient
def letter(ref: str, message_id: int) -> Waiting | None:
    """A message of this chat's conversation as it was sent, None for any other."""
    found = Message.objects.filter(
        pk=message_id, conversation__channel=Channel.TELEGRAM, conversation__channel_ref=ref
    )
    message = found.select_related("reply_to").first()
    return _waiting(message, 0, in_group=place_at(ref).is_group) if message else None


@patient
def is_of_others(ref: str, *, token: str = "", message_id: int = 0) -> bool:
    """Whether a button, or the message that it belongs to, is in somebody else's conversation."""
    tokens = ButtonToken.objects.filter(token=token)
    messages = Message.objects.filter(pk=message_id)
    return any(each.exclude(conversation__channel_ref=ref).exists() for each in (tokens, messages))


@patient
def latest_form(conversation: uuid.UUID, name: str) -> str | None:
    """The text of a message as it was last edited, None when it is not known."""
    forms = _forms(conversation, name)
    return forms[-1].text if forms else None


@patient
def overtaken(conversation: uuid.UUID, name: str) -> bool:
    """Whether a message has not come yet, but its edited form has, and is being answered."""
    forms = _forms(conversation, name)
    return bool(forms) and all(message.client_id != name for message in forms)


def _forms(conversation: uuid.UUID, name: str) -> list[Message]:
    """A message's first form and its edits, latest last."""
    known = Message.objects.filter(conversation=conversation)
    return list(known.filter(Q(client_id=name) | Q(client_id__startswith=f"{name}e")).order_by("pk"))


def _conversations(ref: str) -> QuerySet[Conversation]:
    return Conversation.objects.filter(channel=Channel.TELEGRAM, channel_ref=ref)


def _pass(message_id: int) -> None:
    """Move the cursor on; never back."""
    Chat.objects.filter(conversation__messages=message_id, cursor__lt=message_id).update(
        cursor=message_id, parts=0
    )
