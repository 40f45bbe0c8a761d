"""Live events: one look at the database per process and moment, passed on to every open stream.

Where processes can tell each other (`news`), a look comes at once and concerns what was told, and the one at
everything is rare. A stream is never sent from memory: the look only tells that something is new, and the
stream then reads what came after the last message it sent. So nothing is lost or doubled, whichever process
wrote it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

from django.utils import timezone

from bot.conversations import metrics, news, outbox
from bot.conversations.database import patient, run
from bot.conversations.models import Conversation, Message
from bot.conversations.shown import ShownMessage, shown_all

log = logging.getLogger(__name__)

# Between looks at everything: without news, and with them.
LOOK_SECONDS, REST_SECONDS = 0.4, 5.0
# After news could not be heard.
RETRY_SECONDS = 2.0
HEARTBEAT_SECONDS = 15.0
_AT_ONCE = 500


@dataclass(frozen=True)
class _State:
    """What a stream has to know about its conversation; None in its place means that it was erased."""

    last_message_id: int
    mode: str
    typing_until: datetime | None


@dataclass(eq=False)
class _Stream:
    state: _State | None
    news: asyncio.Event = field(default_factory=asyncio.Event)


class _Hub:
    """The open streams of one event loop."""

    def __init__(self) -> None:
        self._streams: dict[uuid.UUID, set[_Stream]] = {}
        self._looking: asyncio.Task[None] | None = None
        # Conversations of which something new is told, and whether it is told at all.
        self._named: set[uuid.UUID] = set()
        self._woken = asyncio.Event()
        self._hearing = False
        self._all_at = 0.0

    def join(self, conversation: uuid.UUID, stream: _Stream) -> None:
        self._streams.setdefault(conversation, set()).add(stream)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        # What came between its own first look and now.
        self._name(conversation)

    def leave(self, conversation: uuid.UUID, stream: _Stream) -> None:
        streams = self._streams.get(conversation, set())
        streams.discard(stream)
        if not streams:
            self._streams.pop(conversation, None)

    async def _look(self) -> None:
        hearing = asyncio.create_task(self._hear())
        try:
            while self._streams:
                await self._wait(self._all_at - time.monotonic())
                everything = time.monotonic() >= self._all_at
                asked = list(self._streams if everything else self._named & self._streams.keys())
                self._named.clear()
                self._woken.clear()
                if everything:
                    self._all_at = time.monotonic() + (REST_SECONDS if self._hearing else LOOK_SECONDS)
                try:
                    states = await run(_states, asked)
                except Exception as error:
                    # Whatever it is, the next look sees all the same; ending here would silence every stream.
                    log.warning("events: no look at the database (%s)", type(error).__name__)
                    self._all_at = time.monotonic() + LOOK_SECONDS
                    continue
                for conversation in asked:
                    self._tell(conversation, states.get(conversation))
        finally:
            hearing.cancel()

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0)):
                await self._woken.wait()

    async def _hear(self) -> None:
        """Note what other processes tell; while none can be heard, looking often must do."""
        while news.can_be_heard():
            try:
                await self._note_news()
            except Exception as error:
                # A server that is away takes nothing but some speed, so nothing ends here.
                log.warning("events: no news (%s)", type(error).__name__)
            self._hearing, self._all_at = False, 0.0
            self._woken.set()
            await asyncio.sleep(RETRY_SECONDS)

    async def _note_news(self) -> None:
        async with aclosing(news.heard()) as words:
            async for conversation in words:
                self._hearing = True
                if conversation in self._streams:
                    self._name(conversation)

    def _name(self, conversation: uuid.UUID) -> None:
        self._named.add(conversation)
        self._woken.set()

    def _tell(self, conversation: uuid.UUID, state: _State | None) -> None:
        for stream in self._streams.get(conversation, ()):
            if stream.state != state:
                stream.state = state
                stream.news.set()


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, _Hub] = WeakKeyDictionary()


async def stream(conversation: uuid.UUID, after: int) -> AsyncIterator[str]:
    """Server-sent events after the message `after`: message, mode, typing, ping; ends when it is erased."""
    hub = _hubs.setdefault(asyncio.get_running_loop(), _Hub())
    first = (await run(_states, [conversation])).get(conversation)
    open_stream = _Stream(first)
    hub.join(conversation, open_stream)
    metrics.STREAMS.inc()
    try:
        await run(outbox.delivered, conversation, after)
        mode, typing = "", None
        while (state := open_stream.state) is not None:
            open_stream.news.clear()
            if state.mode != mode:
                mode = state.mode
                yield _event("mode", {"mode": mode})
            async for text, last in _new_messages(conversation, after, state.last_message_id):
                after = last
                yield text
            if state.typing_until != typing:
                typing = state.typing_until
                if typing and typing > timezone.now():
                    yield _event("typing", {"author": "staff", "until": typing.isoformat()})
            try:
                await asyncio.wait_for(open_stream.news.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield _event("ping", {})
    finally:
        hub.leave(conversation, open_stream)
        metrics.STREAMS.dec()


async def _new_messages(conversation: uuid.UUID, after: int, last: int) -> AsyncIterator[tuple[str, int]]:
    while after < last:
        messages = await run(_messages, conversation, after)
        if not messages:
            return
        for message in messages:
            after = message["id"]
            yield _event("message", dict(message), after), after
        await run(outbox.shown_up_to, conversation, after)


def _event(name: str, data: dict[str, object], identity: int | None = None) -> str:
    head = f"id: {identity}\n" if identity is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


@patient
def _states(conversations: list[uuid.UUID]) -> dict[uuid.UUID, _State]:
    found = {}
    for start in range(0, len(conversations), _AT_ONCE):
        rows = Conversation.objects.filter(pk__in=conversations[start : start + _AT_ONCE]).values_list(
            "pk", "last_message_id", "mode", "staff_typing_until"
        )
        found.update({pk: _State(last, mode, typing) for pk, last, mode, typing in rows})
    return found


@patient
def _messages(conversation: uuid.UUID, after: int) -> list[ShownMessage]:
    messages = Message.objects.filter(conversation=conversation, pk__gt=after).order_by("pk")
    return shown_all(messages[:_AT_ONCE])
