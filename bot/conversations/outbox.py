"""The outbox: what must still reach the investor, tried again with growing pauses, given up after a while."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bot.conversations.database import patient, unit
from bot.conversations.models import Channel, Conversation, Delivery, DeliveryState
from bot.conversations.shown import ShownMessage, shown

MAX_ATTEMPTS = 8
# Seconds until a message is tried again: 4, 8, 16 … at most ten minutes.
_FIRST_PAUSE, _LONGEST_PAUSE = 4, 600
_REASON_LENGTH = 200
_NOT_SENT = (DeliveryState.QUEUED, DeliveryState.FAILED)


@dataclass(frozen=True)
class Parcel:
    """A message to be sent, and the chat it goes to."""

    message_id: int
    conversation: uuid.UUID
    channel_ref: str
    message: ShownMessage


@unit
def take_due(channel: Channel, limit: int = 50) -> list[Parcel]:
    """Messages that are due on a channel, oldest first; no other sender gets them until the pause is over.

    A chat's messages stay in order: while one waits for its next try, those after it wait too.
    """
    now = timezone.now()
    queued = Delivery.objects.filter(channel=channel, state=DeliveryState.QUEUED)
    held_up = queued.filter(next_try_at__gt=now).values("conversation")
    due = queued.exclude(conversation__in=held_up).select_related("message", "conversation").order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    parcels = []
    for delivery in due[:limit]:
        delivery.attempts += 1
        pause = min(_FIRST_PAUSE * 2 ** (delivery.attempts - 1), _LONGEST_PAUSE)
        delivery.next_try_at = now + timedelta(seconds=pause)
        delivery.save(update_fields=["attempts", "next_try_at"])
        conversation = delivery.conversation
        parcels.append(
            Parcel(delivery.pk, conversation.pk, conversation.channel_ref, shown(delivery.message))
        )
    return parcels


@unit
def sent(*message_ids: int) -> None:
    """The channel has taken the messages, perhaps after we had given them up."""
    Delivery.objects.filter(pk__in=message_ids, state__in=_NOT_SENT).update(
        state=DeliveryState.SENT, updated_at=timezone.now()
    )


def shown_up_to(conversation_id: uuid.UUID, message_id: int) -> None:
    """An event stream has sent everything up to this message."""
    _advance(conversation_id, message_id, DeliveryState.SENT, _NOT_SENT)


def delivered(conversation_id: uuid.UUID, message_id: int) -> None:
    """The investor's side has shown that it holds everything up to this message."""
    _advance(
        conversation_id,
        message_id,
        DeliveryState.DELIVERED,
        (*_NOT_SENT, DeliveryState.SENT),
    )


@unit
def failed(message_id: int, reason: str, *, final: bool = False) -> bool:
    """A try failed; `final` when no other can succeed, such as a chat that blocked us.

    True when the message is given up now.
    """
    delivery = Delivery.objects.select_for_update().get(pk=message_id)
    delivery.reason = reason[:_REASON_LENGTH]
    delivery.updated_at = timezone.now()
    if final or delivery.attempts >= MAX_ATTEMPTS:
        delivery.state = DeliveryState.FAILED
    delivery.save(update_fields=["reason", "updated_at", "state"])
    return delivery.state == DeliveryState.FAILED


def readdress(conversation: Conversation) -> None:
    """The conversation goes on at another channel: what is still to be sent is sent there, tried anew."""
    Delivery.objects.filter(conversation=conversation, state=DeliveryState.QUEUED).update(
        channel=conversation.channel, attempts=0, next_try_at=timezone.now()
    )


def first_unseen(conversation_id: uuid.UUID) -> int | None:
    """The earliest message that has not reached the investor; None when all that was put here has."""
    queued = Delivery.objects.filter(conversation=conversation_id, state=DeliveryState.QUEUED)
    return queued.order_by("pk").values_list("pk", flat=True).first()


def _advance(
    conversation_id: uuid.UUID, message_id: int, state: DeliveryState, before: tuple[DeliveryState, ...]
) -> None:
    # Looked at first: mostly there is nothing to change, and reading takes no lock.
    open_ones = Delivery.objects.filter(conversation=conversation_id, pk__lte=message_id, state__in=before)
    if patient(open_ones.exists)():
        unit(open_ones.update)(state=state, updated_at=timezone.now())
