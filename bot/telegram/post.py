"""The postman: brings every chat what it has not been told, in order, one message at a time."""

from __future__ import annotations

import asyncio
import heapq
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from weakref import WeakValueDictionary

from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.conversations import outbox
from bot.conversations.database import run
from bot.conversations.models import Channel
from bot.conversations.tries import salted
from bot.telegram import chats, keyboard, letters, notes
from bot.telegram.chats import Waiting
from bot.telegram.faults import where
from bot.telegram.letters import Copy, Part
from bot.telegram.limits import seconds_of
from bot.telegram.models import Note
from bot.telegram.places import Place, place_at
from bot.telegram.sending import Address, send
from bot.telegram.wording import TELEGRAM

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
_AWAY_SECONDS = 5.0
_FILE = "conversation.json"
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
        async with self._lock(ref):
            try:
                for each in await _waiting(ref):
                    if isinstance(each, Note):
                        await self._send_note(ref, each)
                    else:
                        await self._send_letter(ref, each)
            except _Stopped:
                return
            except Exception as error:
                # Of a database that is away, too: the cursor stays where it is.
                self._later(ref, None)
                log.warning("chat %s: not sent (%s)", _hash(ref), type(error).__name__)
                return
        self._failures.pop(ref, None)

    async def mention(self, place: Place, text: str, unless: Callable[[], bool]) -> bool:
        """Send words that are worth something only now, unless that is over; whether they were sent."""
        async with self._lock(place.ref):
            if unless():
                return False
            try:
                for part in letters.own(text, self.site):
                    await self._send(Address(place.chat_id), part)
            except _Stopped:
                return False
            except TelegramError as error:
                log.info("chat %s: not mentioned (%s)", _hash(place.ref), type(error).__name__)
                return False
        return True

    async def watch(self) -> None:
        """Until cancelled: look for what others have put into the outbox and what must be tried again."""
        begun, next_look = False, 0.0
        while True:
            begun = begun or await self._start_with(self._behind)
            await asyncio.sleep(LOOK_SECONDS)
            now = time.monotonic()
            for ref in [ref for ref, when in self._due.items() if when <= now]:
                del self._due[ref]
                self._deliver_soon(ref)
            if not self.away:
                await self._start_with(self._of_outbox)
            elif now >= next_look:
                # No tries are used up; but it may be one chat only that cannot be reached.
                next_look = now + _AWAY_SECONDS
                await self._start_with(self._not_tried_yet)

    async def close(self) -> None:
        """Finish what is being sent; the rest stays for the next start."""
        self.closing = True
        await asyncio.gather(*self._rounds, return_exceptions=True)

    async def _start_with(self, look: Callable[[], Awaitable[list[str]]]) -> bool:
        """Deliver to the chats that are found; whether there was a look at all."""
        try:
            for ref in await look():
                self._deliver_soon(ref)
        except Exception as error:
            # Whatever it is, the next look sees all the same; ending here would silence every chat.
            log.warning("outbox: no look at the database (%s)", type(error).__name__)
            return False
        return True

    async def _behind(self) -> list[str]:
        return list(dict.fromkeys([*await run(chats.behind), *await run(notes.behind)]))

    async def _not_tried_yet(self) -> list[str]:
        return [ref for ref in await run(chats.with_something_due) if ref not in self._due]

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

    async def _send_note(self, ref: str, note: Note) -> None:
        place = place_at(ref)
        under = InlineKeyboardMarkup.de_json(note.keyboard, None) if note.keyboard else None
        file = Copy(note.file, _FILE, note.text)
        try:
            for part in [file] if note.file else letters.own(note.text, self.site, under):
                await self._send(Address(place.chat_id, note.reply_to), part)
        except Forbidden:
            await self._block(ref)
        except BadRequest as error:
            log.error("chat %s: own words can never be sent (%s)", _hash(ref), error.message)
        except TelegramError as error:
            log.warning("chat %s: own words not sent yet (%s)", _hash(ref), type(error).__name__)
            self._later(ref, seconds_of(error) if isinstance(error, RetryAfter) else None)
            raise _Stopped from None
        await run(notes.done, note.pk)

    async def _block(self, ref: str) -> None:
        log.info("chat %s: has blocked us", _hash(ref))
        await run(chats.block, ref)
        await run(notes.drop, ref)
        raise _Stopped from None

    async def _send_letter(self, ref: str, letter: Waiting) -> None:
        message = letter.message
        place = place_at(ref)
        edited = letter.answers is not None and letter.answers.edited
        # In a group, and after an edit, it must be seen which message is answered.
        reply_to = letter.answers.message_id if letter.answers and (place.is_group or edited) else None
        parts = self.parts(letter)
        try:
            for number, part in enumerate(parts[letter.parts_sent :], start=letter.parts_sent):
                await self._send(Address(place.chat_id, None if number else reply_to), part)
                if number < len(parts) - 1:
                    await run(chats.sent_part, message["id"])
        except Forbidden:
            await self._block(ref)
        except RetryAfter as error:
            await self._put_off(ref, message["id"], error, seconds_of(error))
            return
        except BadRequest as error:
            log.error("chat %s: message %d can never be sent", _hash(ref), message["id"])
            await run(chats.give_up, message["id"], error.message)
            return
        except TelegramError as error:
            await self._put_off(ref, message["id"], error, None)
            return
        await run(chats.sent, message["id"])

    def parts(self, letter: Waiting, page: int = 0) -> Sequence[Part]:
        """What a letter is sent as, or a page of it."""
        language = letter.message["language"] or "vi"
        if letter.silent:
            return ()
        if letter.private:
            under = keyboard.private(language, self.bot.username)
            return letters.own(TELEGRAM.say("group_private", language), self.site, under)
        edited = letter.answers is not None and letter.answers.edited
        lead = TELEGRAM.say("correction", language) if edited else ""
        try:
            return letters.parts(letter.message, self.site, page=page, lead=lead)
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
            try:
                await send(self.bot, to, part)
            except ChatMigrated as error:
                # The group has become a larger one; replies to its old messages are gone.
                self._moved[to.chat_id] = error.new_chat_id
                await send(self.bot, Address(error.new_chat_id), part)
        except TelegramError as error:
            # A refusal is an answer too, although the library counts some among the network's errors.
            self.away = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
            raise
        self.away = False

    def _lock(self, ref: str) -> asyncio.Lock:
        return self._locks.setdefault(ref, asyncio.Lock())

    def _later(self, ref: str, pause: float | None) -> None:
        failures = self._failures[ref] = self._failures.get(ref, 0) + 1
        growing = min(_FIRST_PAUSE * 2 ** (failures - 1), _LONGEST_PAUSE)
        self._due[ref] = time.monotonic() + (growing if pause is None else pause)


async def _waiting(ref: str) -> list[Waiting | Note]:
    """What a chat must be told, in the order in which it was written."""
    told: list[Waiting | Note] = [*await run(chats.waiting, ref)]
    own: list[Waiting | Note] = [*await run(notes.waiting, ref)]
    return list(heapq.merge(told, own, key=_written_at))


def _written_at(each: Waiting | Note) -> datetime:
    return each.at if isinstance(each, Note) else datetime.fromisoformat(each.message["created_at"])


class _Stopped(Exception):
    """Nothing more is sent to this chat now."""


def _hash(ref: str) -> str:
    """A name for logs."""
    return salted(ref)[:8]
