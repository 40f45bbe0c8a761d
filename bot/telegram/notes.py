"""The door's own sentences on their way to a chat: kept until they are told, whatever process dies."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils import timezone
from telegram import InlineKeyboardMarkup

from bot.conversations.database import patient, unit
from bot.telegram.models import Note

# What could not be told for a day is not worth telling any more.
_KEPT = timedelta(days=1)


@unit
def keep(
    ref: str,
    text: str,
    *,
    under: InlineKeyboardMarkup | None = None,
    reply_to: int | None = None,
    file: str = "",
    conversation: uuid.UUID | None = None,
) -> None:
    """Keep a sentence in Markdown, with its buttons; `file`: the content of a file that it goes with."""
    Note.objects.filter(at__lt=_oldest()).delete()
    Note.objects.create(
        ref=ref,
        text=text,
        keyboard=under.to_dict() if under else None,
        reply_to=reply_to,
        file=file,
        conversation_id=conversation,
    )


@patient
def waiting(ref: str) -> list[Note]:
    """What a chat must still be told, in order."""
    return list(Note.objects.filter(ref=ref, at__gte=_oldest()).order_by("pk"))


@patient
def behind() -> list[str]:
    """Chats that must still be told something, after a restart."""
    return list(Note.objects.filter(at__gte=_oldest()).values_list("ref", flat=True).distinct())


@unit
def done(note_id: int) -> None:
    """It has been told, or never can be."""
    Note.objects.filter(pk=note_id).delete()


@unit
def drop(ref: str) -> None:
    """The chat wants to hear nothing."""
    Note.objects.filter(ref=ref).delete()


def _oldest() -> datetime:
    return timezone.now() - _KEPT
