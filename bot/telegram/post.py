"""The postman: brings every chat what it has not been told, in order, one message at a time."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Any
from weakref import WeakValueDictionary

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.conversations import outbox
from bot.conversations.database import run
from bot.conversations.models import Channel
from bot.conversations.tries import salted
from bot.telegram import chats, keyboard, letters
from bot.telegram.chats import Waiting
from bot.telegram.faults import where
from bot.telegram.letters import Part
from bot.telegram.limits import seconds_of
from bot.telegram.places import Place, place_at
from bot.telegram.sending import Address, send
from bot.telegram.wording import TELEGRAM

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


class Post:
    """Sends letters through one bot; `site` is the public address for links."""

    def __init__(self, bot: ExtBot[int], site: str) -> None:
        self.bot, self.site = bot, site
        self.closing = False
        # Telegram could not be reached the last time.
        self.away = False
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        # Chats that must be tried again: when, and how often it has failed.
        self._due: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._moved: dict[int, int] = {}
        self._rounds: set[asyncio.Task[None]] = set()

    async def deliver(self, ref: str) -> None:
        """Send all that waits for a chat. What fails is tried again later, whoever asks."""
        lock = self._locks.setdefault(ref, asyncio.Lock())
        async with lock:
            try:
                for letter in await run(chats.waiting, ref):
                    await self._send_letter(ref, letter)
            except _Stopped:
                return
            except Exception as error:
                # Of a database that is away, too: the cursor stays where it is.
                self._later(ref, None)
                log.warning("chat %s: not sent (%s)", _hash(ref), type(error).__name__)
                return
        self._failures.pop(ref, None)

    async def say(self, place: Place, parts: Sequence[Part], reply_to: int | None = None) -> bool:
        """Send words that belong to no conversation; whether Telegram took them."""
        try:
            for part in parts:
                await self._send(Address(place.chat_id, reply_to), part)
        except _Stopped:
            return False
        except Forbidden:
            await run(chats.block, place.ref)
        except TelegramError as error:
            log.warning("chat %s: own words not sent (%s)", _hash(place.ref), type(error).__name__)
        else:
            return True
        return False

    async def watch(self) -> None:
        """Until cancelled: look for what others have put into the outbox and what must be tried again."""
        await self._start_with(lambda: run(chats.behind))
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = time.monotonic()
            for ref in [ref for ref, when in self._due.items() if when <= now]:
                del self._due[ref]
                self._deliver_soon(ref)
            # While Telegram is away no tries are used up.
            if not self.away:
                await self._start_with(self._of_outbox)

    async def close(self) -> None:
        """Finish what is being sent; the rest stays for the next start."""
        self.closing = True
        await asyncio.gather(*self._rounds, return_exceptions=True)

    async def _start_with(self, look: Any) -> None:
        try:
            for ref in await look():
                self._deliver_soon(ref)
        except Exception as error:
            # Whatever it is, the next look sees all the same; ending here would silence every chat.
            log.warning("outbox: no look at the database (%s)", type(error).__name__)

    async def _of_outbox(self) -> list[str]:
        if not await run(chats.anything_due):
            return []
        refs = []
        for parcel in await run(outbox.take_due, Channel.TELEGRAM):
            if not parcel.channel_ref:
                await run(chats.give_up, parcel.message_id, "moved")
            elif await run(chats.is_blocked, parcel.channel_ref):
                await run(chats.give_up, parcel.message_id, "blocked")
            else:
                refs.append(parcel.channel_ref)
        return list(dict.fromkeys(refs))

    def _deliver_soon(self, ref: str) -> None:
        task = asyncio.create_task(self.deliver(ref))
        self._rounds.add(task)
        task.add_done_callback(self._rounds.discard)

    async def _send_letter(self, ref: str, letter: Waiting) -> None:
        message = letter.message
        place = place_at(ref)
        edited = letter.answers is not None and letter.answers.edited
        # In a group, and after an edit, it must be seen which message is answered.
        reply_to = letter.answers.message_id if letter.answers and (place.is_group or edited) else None
        parts = self._parts(letter, edited=edited)
        try:
            for number, part in enumerate(parts[letter.parts_sent :], start=letter.parts_sent):
                await self._send(Address(place.chat_id, None if number else reply_to), part)
                if number < len(parts) - 1:
                    await run(chats.sent_part, message["id"])
        except Forbidden:
            log.info("chat %s: has blocked us", _hash(ref))
            await run(chats.block, ref)
            raise _Stopped from None
        except RetryAfter as error:
            await self._put_off(ref, message["id"], error, seconds_of(error))
            return
        except BadRequest as error:
            log.error("chat %s: message %d can never be sent", _hash(ref), message["id"])
            await run(chats.give_up, message["id"], error.message)
            return
        except TelegramError as error:
            self.away = isinstance(error, NetworkError)
            await self._put_off(ref, message["id"], error, None)
            return
        await run(chats.sent, message["id"])

    def _parts(self, letter: Waiting, *, edited: bool) -> Sequence[Part]:
        language = letter.message["language"] or "vi"
        if letter.silent:
            return ()
        if letter.private:
            under = keyboard.private(language, self.bot.username)
            return letters.own(TELEGRAM.say("group_private", language), self.site, under)
        lead = TELEGRAM.say("correction", language) if edited else ""
        try:
            return letters.parts(letter.message, self.site, lead=lead)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            # A message of a shape not known here: its words alone, rather than a chat that waits for ever.
            log.error(
                "message %d not drawn: %s at %s", letter.message["id"], type(error).__name__, where(error)
            )
            return letters.own(letter.message["text"], self.site)

    async def _put_off(self, ref: str, message_id: int, error: TelegramError, pause: float | None) -> None:
        """Try again later; returns when that was the last try and the next message may be sent."""
        reason = type(error).__name__
        if await run(chats.put_off, message_id, reason):
            log.error("chat %s: message %d is given up (%s)", _hash(ref), message_id, reason)
            # Nothing is tried again here that could find out that Telegram is back.
            self.away = False
            return
        log.warning("chat %s: not sent yet (%s)", _hash(ref), reason)
        self._later(ref, pause)
        raise _Stopped from None

    async def _send(self, to: Address, part: Part) -> None:
        if self.closing:
            raise _Stopped
        to = Address(self._moved.get(to.chat_id, to.chat_id), to.reply_to)
        try:
            await send(self.bot, to, part)
        except ChatMigrated as error:
            # The group has become a larger one; replies to its old messages are gone.
            self._moved[to.chat_id] = error.new_chat_id
            await send(self.bot, Address(error.new_chat_id), part)
        self.away = False

    def _later(self, ref: str, pause: float | None) -> None:
        failures = self._failures[ref] = self._failures.get(ref, 0) + 1
        growing = min(_FIRST_PAUSE * 2 ** (failures - 1), _LONGEST_PAUSE)
        self._due[ref] = time.monotonic() + (growing if pause is None else pause)


class _Stopped(Exception):
    """Nothing more is sent to this chat now."""


def _hash(ref: str) -> str:
    """A name for logs."""
    return salted(ref)[:8]
