"""Carrying a conversation to another channel and back, by a code that works once and for ten minutes."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from bot.conversations import modes, outbox
from bot.conversations.database import unit
from bot.conversations.models import Channel, Conversation, Link
from bot.conversations.outgoing import held
from bot.conversations.owners import owned_by
from bot.conversations.tries import salted

LIFETIME = timedelta(minutes=10)
_TELEGRAM = "https://t.me/{bot}?start=c_{code}"
# The page works without JavaScript; where there is any, the chat element takes the code out of the address.
_WEB = "{site}/chat?language={language}&link={code}{then}"
# What is opened as soon as the conversation is there.
INQUIRY = "inquiry"


def channels() -> list[str]:
    """Where a conversation of the website can be carried to."""
    return [Channel.TELEGRAM.value] if settings.HEZA.telegram_bot else []


def address(code: str) -> str | None:
    """The link that opens the conversation in Telegram, where that is offered."""
    bot = settings.HEZA.telegram_bot
    return _TELEGRAM.format(bot=bot, code=code) if bot else None


def web_address(site: str, code: str, language: str, then: str = "") -> str:
    """The link that opens the conversation on the website `site`, and there the form `then`."""
    return _WEB.format(site=site, language=language, code=code, then=f"&then={then}" if then else "")


@unit
def make(conversation_id: uuid.UUID) -> str:
    """A code for this conversation, 22 characters that may stand in an address; earlier ones are void."""
    Link.objects.filter(conversation=conversation_id).delete()
    code = secrets.token_urlsafe(16)
    expires_at = timezone.now() + LIFETIME
    Link.objects.create(code_hash=salted(code), conversation_id=conversation_id, expires_at=expires_at)
    return code


@unit
def redeem(code: str, channel: Channel, channel_ref: str = "", owner: str = "") -> uuid.UUID | None:
    """The conversation a code stands for, moved to this channel; None when it is unknown, used or too old.

    What has not reached the investor yet goes along. The chat's own earlier conversation keeps its history
    and its `owner`, the person of the chat, but is no longer tied to the chat.
    """
    link = Link.objects.select_for_update().filter(pk=salted(code), expires_at__gt=timezone.now()).first()
    conversation = held(link.conversation_id) if link else None
    if link is None or conversation is None:
        return None
    link.delete()
    if channel_ref:
        others = Conversation.objects.filter(channel=channel, channel_ref=channel_ref)
        others.exclude(pk=conversation.pk).update(channel=Channel.WEB, channel_ref="")
    conversation.channel = channel
    conversation.channel_ref = channel_ref
    conversation.owner = owned_by(channel, owner) or conversation.owner
    modes.record(conversation, "moved", None, channel=channel)
    conversation.save()
    outbox.readdress(conversation)
    return conversation.pk
