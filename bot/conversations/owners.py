"""Whose conversations belong together: those held in the chats of one person, wherever they went since.

Only the chat itself can ask for them. A web token opens its one conversation and no other: it may belong to
somebody else, who has sent the link that carried the conversation over.
"""

from __future__ import annotations

import uuid

from bot.conversations.database import patient
from bot.conversations.models import Channel, Conversation
from bot.conversations.tries import salted


def owned_by(channel: Channel, person: str) -> str:
    """How a person of a channel stands in the database; '' when the channel knows nobody."""
    return salted(f"{channel.value}:{person}") if person else ""


@patient
def conversations_of(channel: Channel, person: str) -> list[uuid.UUID]:
    """Everything a person of a channel has said there or carried there, the last touched first."""
    owned = Conversation.objects.filter(owner=owned_by(channel, person))
    return list(owned.order_by("-updated_at").values_list("pk", flat=True)) if person else []
