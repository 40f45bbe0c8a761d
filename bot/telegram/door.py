"""From a chat to the gateway and back: what all handlers share.

A message is stored before its update is confirmed; the answer is made and brought beside.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from telegram import InlineKeyboardMarkup
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import Application, ContextTypes

from bot.common.problems import Problem
from bot.conversations import gateway
from bot.conversations.database import run
from bot.conversations.inbound import Accepted, Inbound
from bot.conversations.models import ButtonToken
from bot.conversations.outgoing import Button
from bot.telegram import chats, notes
from bot.telegram.asking import name_in_place_of
from bot.telegram.chats import Talk
from bot.telegram.patience import patiently
from bot.telegram.places import Place
from bot.telegram.post import Post
from bot.telegram.wording import TELEGRAM

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE

# After so long it is said that the answer comes later.
PATIENCE_SECONDS = 8.0
# Telegram shows "typing" for five seconds.
_TYPING_SECONDS = 4.0
_TOO_FAST, _GONE = 429, 401
_KEY = "door"
# Sentences that have a link of their own.
_WITH_LINK = ("privacy",)


class Door:
    """One bot's way into the gateway."""

    def __init__(self, application: App, post: Post) -> None:
        self.application, self.post = application, post
        # Whoever floods us is told once, not each time.
        self._told_until: dict[str, float] = {}
        # What is being answered in each place, and the places that know that it takes a while.
        self._waiting: dict[str, set[asyncio.Future[Any]]] = {}
        self._told_to_wait: set[str] = set()

    @property
    def bot_id(self) -> int:
        """The bot's number at Telegram."""
        return int(self.application.bot.id)

    @property
    def username(self) -> str:
        """The bot's name at Telegram, without @."""
        return str(self.application.bot.username)

    def beside(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something that nobody has to wait for; faults go to the one error handler."""
        self.application.create_task(work)

    async def talk_of(self, place: Place, message_id: int | None) -> Talk:
        """The conversation of a place; a new one greets, in a group with one line."""
        talk = await patiently(lambda: run(chats.find, place))
        if talk is None:
            talk = await patiently(lambda: run(chats.begin, place, message_id))
            if place.is_group:
                await self.say(place, "group_intro", talk.speaks)
        return talk

    async def ask(self, place: Place, inbound: Inbound, message_id: int | None = None) -> None:
        """Store a message, then have it answered beside; a refusal is told."""
        talk = await self.talk_of(place, message_id)
        try:
            if place.is_group and (form := await patiently(lambda: run(chats.open_form, talk.conversation))):
                # Whoever answered then has not closed it: what comes now must not be taken for a PIN.
                await self._drop(talk, form)
            accepted = await self.take(talk, inbound)
        except Problem as problem:
            if problem.status != _GONE:
                await self.refuse(place, problem, talk.speaks)
                return
            # Erased between finding and storing.
            talk = await self.talk_of(place, message_id)
            accepted = await self.take(talk, inbound)
        self.beside(self.answer(place, talk, accepted, inbound.client_id))

    async def take(self, talk: Talk, inbound: Inbound) -> Accepted:
        """Store a message; raises the gateway's Problem, except that of a busy database."""
        return await patiently(lambda: gateway.take(talk.conversation, inbound))

    async def answer(self, place: Place, talk: Talk, accepted: Accepted, name: str) -> None:
        """Have a stored message answered, and bring the answer. `name` is the message's in the gateway."""
        try:
            async with self._typing(place):
                await self._patiently_answered(place, talk, accepted)
            if place.is_group and await run(chats.is_private, accepted.message_id):
                await self._drop(talk, name)
        except Problem:
            # The database is busy; the message is stored and the worker answers it.
            log.warning("an answer is left to the worker")
        await self.post.deliver(place.ref)

    async def say(
        self,
        place: Place,
        name: str,
        language: str,
        /,
        under: InlineKeyboardMarkup | None = None,
        reply_to: int | None = None,
        **values: object,
    ) -> None:
        """Store one of the door's own sentences, then have it brought beside."""
        await self.keep(place, name, language, under, reply_to, **values)
        self.beside(self.post.deliver(place.ref))

    async def keep(
        self,
        place: Place,
        name: str,
        language: str,
        /,
        under: InlineKeyboardMarkup | None = None,
        reply_to: int | None = None,
        **values: object,
    ) -> None:
        """Store a sentence, followed by its link where it has one; `post.deliver` brings it."""
        text = TELEGRAM.say(name, language, **values)
        if self.post.site and name in _WITH_LINK:
            text = f"{text}\n\n{TELEGRAM.say(f'{name}_link', language)}"
        await patiently(lambda: run(notes.keep, place.ref, text, under=under, reply_to=reply_to))

    async def refuse(self, place: Place, problem: Problem, language: str) -> None:
        """Tell why a message was not taken."""
        if problem.status == _TOO_FAST:
            now = time.monotonic()
            if self._told_until.get(place.ref, 0.0) > now:
                return
            self._told_until[place.ref] = now + float(problem.headers.get("Retry-After", "60"))
        text = problem.detail[problem.language or language]
        await patiently(lambda: run(notes.keep, place.ref, text))
        self.beside(self.post.deliver(place.ref))

    async def language_of(self, place: Place) -> str:
        """The language to speak in a place, also without a conversation."""
        talk = await patiently(lambda: run(chats.find, place))
        return talk.speaks if talk else place.hint or "vi"

    async def _patiently_answered(self, place: Place, talk: Talk, accepted: Accepted) -> None:
        """Have a message answered; after a while say that it takes longer, once for all that waits."""
        answering = asyncio.ensure_future(gateway.answer(talk.conversation, accepted))
        waiting = self._waiting.setdefault(place.ref, set())
        waiting.add(answering)
        try:
            done, _ = await asyncio.wait({answering}, timeout=PATIENCE_SECONDS)
            if not done and place.ref not in self._told_to_wait:
                self._told_to_wait.add(place.ref)
                if not await self.post.mention(place, TELEGRAM.say("working", talk.speaks), answering.done):
                    self._told_to_wait.discard(place.ref)
            await answering
        finally:
            waiting.discard(answering)
            if not waiting:
                self._waiting.pop(place.ref, None)
                self._told_to_wait.discard(place.ref)

    async def _drop(self, talk: Talk, name: str) -> None:
        """Have the assistant stop asking for what is not asked in a group; nobody is told its answer."""
        button = Button(TELEGRAM.say("group_button", talk.speaks), ButtonToken.Kind.PAYLOAD, "/cancel")
        await gateway.receive(talk.conversation, Inbound(name_in_place_of(name), command=button))

    @asynccontextmanager
    async def _typing(self, place: Place) -> AsyncIterator[None]:
        """The chat shows that an answer is being written, for as long as it is."""
        task = asyncio.create_task(self._keep_typing(place.chat_id))
        try:
            yield
        finally:
            task.cancel()

    async def _keep_typing(self, chat_id: int) -> None:
        while True:
            try:
                await self.application.bot.send_chat_action(chat_id, ChatAction.TYPING)
            except (Forbidden, BadRequest):
                # It will not be wanted in four seconds either.
                return
            except TelegramError as error:
                log.info("no sign of typing (%s)", type(error).__name__)
            await asyncio.sleep(_TYPING_SECONDS)


def put_door(application: App, door: Door) -> None:
    """Keep the door where handlers find it."""
    application.bot_data[_KEY] = door


def door_of(context: Context) -> Door:
    """The door of the bot an update has come to."""
    door: Door = context.bot_data[_KEY]
    return door
