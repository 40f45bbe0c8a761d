"""Word from process to process that a conversation has something new, where a server can pass it on.

Redis when it is set, else PostgreSQL; with SQLite alone there is neither, and looking often must do. It is
only a hint: who hears it looks at the tables, and a word that is lost is made up for by the next look.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import lru_cache, partial

import psycopg
import redis
import redis.asyncio
from django.conf import settings
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from bot.conversations.models import Conversation

log = logging.getLogger(__name__)

CHANNEL = "heza_news"
# A Redis that hangs must not hold up who has something to say.
_REDIS_SECONDS = 0.5


@receiver([post_save, post_delete], sender=Conversation)
def announce(instance: Conversation, **_: object) -> None:
    """The row has changed, and everybody may know as soon as that is committed."""
    if settings.HEZA.redis_url:
        transaction.on_commit(partial(_publish, str(instance.pk)))
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Sent at the commit, together with what it is about, or not at all.
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(instance.pk)])


def can_be_heard() -> bool:
    """Whether there is a server that passes word on."""
    return bool(settings.HEZA.redis_url) or connection.vendor == "postgresql"


async def heard() -> AsyncGenerator[uuid.UUID | None]:
    """Conversations with something new as they are told; None first: from here on nothing is missed.

    Raises what the server's client raises when the connection fails or breaks.
    """
    words = _from_redis() if settings.HEZA.redis_url else _from_postgresql()
    async with aclosing(words):
        async for word in words:
            yield uuid.UUID(word) if word else None


def _publish(word: str) -> None:
    try:
        _redis(settings.HEZA.redis_url).publish(CHANNEL, word)
    except redis.RedisError as error:
        log.warning("news: not passed on (%s)", type(error).__name__)


@lru_cache(maxsize=1)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=_REDIS_SECONDS, socket_connect_timeout=_REDIS_SECONDS)


async def _from_redis() -> AsyncGenerator[str]:
    async with redis.asyncio.Redis.from_url(settings.HEZA.redis_url) as client, client.pubsub() as channel:
        await channel.subscribe(CHANNEL)
        async for message in channel.listen():
            if message["type"] == "subscribe":
                yield ""
            elif message["type"] == "message":
                yield message["data"].decode()


async def _from_postgresql() -> AsyncGenerator[str]:
    given = connection.get_connection_params()
    ours = {name: value for name, value in given.items() if name not in {"cursor_factory", "context"}}
    async with await psycopg.AsyncConnection.connect(**ours, autocommit=True) as listener:
        await listener.execute(f"LISTEN {CHANNEL}")
        yield ""
        async for notification in listener.notifies():
            yield notification.payload
