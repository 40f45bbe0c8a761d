"""Erasing a conversation: every row of it here, the database's log of changes, and the assistant's memory."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime

from bot.conversations import door, modes, privacy
from bot.conversations.database import patient, run, unit, wiped
from bot.conversations.door import RasaFault, RasaUnavailable
from bot.conversations.models import Conversation, PendingForget, PrivacyRequest
from bot.conversations.outgoing import held

log = logging.getLogger(__name__)


async def erase(conversation: uuid.UUID, *, asked: bool = True) -> bool:
    """Delete the conversation now; whether nothing is left of it, or the worker still has to see to that.

    `asked`: the person asks for it here, so it is entered in the register.
    """
    return await _forget(conversation, await run(delete, conversation, asked=asked))


async def forget_pending() -> bool:
    """Make the assistant forget what it still has to; whether nothing is left."""
    for conversation, marked_at in await run(_pending):
        if not await _forget(conversation, marked_at):
            return False
    return True


async def _forget(conversation: uuid.UUID, marked_at: datetime) -> bool:
    try:
        await door.forget(conversation)
    except (RasaUnavailable, RasaFault) as error:
        about = {"conversation": str(conversation)}
        log.warning("conversation %s: still to be forgotten (%s)", conversation, error, extra=about)
        return False
    if not await run(wiped):
        return False
    await run(_forgotten, conversation, marked_at)
    return True


@unit
def delete(conversation_id: uuid.UUID, *, asked: bool = False) -> datetime:
    """Delete the rows and have the assistant forget; `asked` by the person: entered in the register."""
    conversation = held(conversation_id)
    marked_at = PendingForget.mark(conversation_id)
    if conversation is not None:
        modes.record(conversation, "erased", None)
        if asked:
            privacy.register(conversation, PrivacyRequest.Kind.ERASE, done=True)
        Conversation.objects.filter(pk=conversation_id).delete()
    return marked_at


@unit
def _forgotten(conversation_id: uuid.UUID, marked_at: datetime) -> None:
    # Marked again meanwhile: an answer under way made the assistant remember again.
    PendingForget.objects.filter(pk=conversation_id, marked_at=marked_at).delete()


@patient
def _pending() -> list[tuple[uuid.UUID, datetime]]:
    return list(PendingForget.objects.values_list("pk", "marked_at"))
