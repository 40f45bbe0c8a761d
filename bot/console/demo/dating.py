"""Moving conversations into the fortnight before: working hours mostly, weekends little, nights hardly."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db.models import F, Max
from django.utils import timezone

from bot.conversations.database import unit
from bot.conversations.models import (
    AuditLine,
    Author,
    Conversation,
    Delivery,
    DeliveryState,
    Feedback,
    Message,
)

DAYS = 14
# How much is asked in each hour of the day, and on each day of the week, Monday first.
_HOURS = (1, 1, 0, 0, 0, 1, 2, 5, 14, 18, 16, 9, 4, 12, 17, 16, 11, 6, 4, 4, 5, 4, 3, 2)
_WEEK = (10, 12, 11, 11, 9, 3, 2)


def moments(count: int, now: datetime, chance: Random) -> Iterator[datetime]:
    """So many moments of the fortnight before `now`, in no order."""
    local = timezone.localtime(now)
    days = [local - timedelta(days=back) for back in range(1, DAYS)]
    weights = [_WEEK[day.weekday()] for day in days]
    for day in chance.choices(days, weights, k=count):
        hour = chance.choices(range(24), _HOURS)[0]
        yield day.replace(hour=hour, minute=chance.randrange(60), second=chance.randrange(60))


@unit
def move(conversation: uuid.UUID, to: datetime, channel: str, chance: Random, wait: int = 0) -> None:
    """Let the conversation begin at `to`, with pauses to read; a person comes after `wait` minutes."""
    moved: dict[int, timedelta] = {}
    begun = to - Conversation.objects.get(pk=conversation).created_at
    shift = begun
    for message in Message.objects.filter(conversation=conversation).order_by("id"):
        if message.author == Author.USER:
            shift += timedelta(seconds=chance.randint(20, 90))
        elif message.author == Author.STAFF:
            shift += timedelta(seconds=chance.randint(40, 120))
        elif message.author == Author.SYSTEM and message.reply_to_id is None:
            # The notice that a person has come, which answers no message.
            shift += timedelta(minutes=wait)
            wait = 0
        moved[message.pk] = shift
        message.created_at += shift
        message.save(update_fields=["created_at"])
    last = max(moved.values(), default=begun)
    _move_log(conversation, moved, last)
    Feedback.objects.filter(message__conversation=conversation).update(created_at=F("created_at") + last)
    Delivery.objects.filter(conversation=conversation).update(state=DeliveryState.DELIVERED, channel=channel)
    latest = Message.objects.filter(conversation=conversation).aggregate(at=Max("created_at"))["at"]
    row = Conversation.objects.get(pk=conversation)
    row.created_at, row.updated_at, row.channel = to, latest or to, channel
    row.waiting_since = row.waiting_since + last if row.waiting_since else None
    row.closed_at = row.closed_at + last if row.closed_at else None
    row.save()


def _move_log(conversation: uuid.UUID, moved: dict[int, timedelta], last: timedelta) -> None:
    """The lines of the log move with the message they follow."""
    times = list(Message.objects.filter(pk__in=moved).order_by("id").values_list("pk", "created_at"))
    original = {pk: at - moved[pk] for pk, at in times}
    for line in AuditLine.objects.filter(conversation=conversation).order_by("id"):
        before = [pk for pk, at in original.items() if at <= line.at]
        shift = moved[max(before)] if before else last
        # Lines are never changed through the model; a demonstration's are written anew where they belong.
        AuditLine.objects.filter(pk=line.pk).update(at=line.at + shift)
