"""Pressed buttons. Telegram waits for an answer to each press, so each gets one."""

from __future__ import annotations

import logging

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler

from bot.common.problems import Problem
from bot.conversations.database import run
from bot.conversations.inbound import Accepted, Inbound
from bot.telegram import chats
from bot.telegram.asking import name_of_press
from bot.telegram.chats import Talk
from bot.telegram.commands import choose_language, to_private
from bot.telegram.door import App, Context, Door, door_of
from bot.telegram.keyboard import FORGET, LANGUAGE, NOTHING, PAGE
from bot.telegram.letters import Text
from bot.telegram.patience import patiently
from bot.telegram.personal import forget_or_keep
from bot.telegram.places import Place, place_of
from bot.telegram.sending import edit
from bot.telegram.wording import TELEGRAM

log = logging.getLogger(__name__)

_GONE = (401, 404)
_MOST_WORDS = 200
# Buttons whose answer is being made: who presses twice asks once.
_pressed: set[tuple[str, str]] = set()


def add(application: App) -> None:
    """Let the application know all kinds of buttons."""
    application.add_handler(CallbackQueryHandler(turn, rf"^{PAGE}:\d+:\d+$"))
    application.add_handler(CallbackQueryHandler(language, rf"^{LANGUAGE}:(vi|en)$"))
    application.add_handler(CallbackQueryHandler(forget, rf"^{FORGET}:(yes|no)$"))
    application.add_handler(CallbackQueryHandler(nothing, rf"^{NOTHING}$"))
    application.add_handler(CallbackQueryHandler(press))


async def press(update: Update, context: Context) -> None:
    """A button of the gateway's, known by its token; an old one is answered politely."""
    door, place, query = door_of(context), place_of(update), update.callback_query
    if place is None or query is None:
        return
    token = query.data or ""
    if (place.ref, token) in _pressed:
        door.beside(_confirm(query))
        return
    talk = await patiently(lambda: run(chats.find, place))
    if talk is None:
        door.beside(_confirm(query, await _refusal(door, place, token=token)))
        return
    if place.is_group and await patiently(lambda: run(chats.is_private_button, talk.conversation, token)):
        door.beside(_confirm(query))
        await to_private(door, place, update)
        return
    name = name_of_press(door.bot_id, query.id)
    try:
        accepted = await door.take(talk, Inbound(name, button=token))
    except Problem as problem:
        gone = problem.status in _GONE
        said = problem.detail[problem.language or talk.speaks]
        words = await _refusal(door, place, token=token) if gone else said
        door.beside(_confirm(query, words))
        return
    _pressed.add((place.ref, token))
    door.beside(_confirm(query))
    door.beside(_answer(door, place, talk, accepted, name, token))


async def turn(update: Update, context: Context) -> None:
    """Another page of a long list, in place of the one shown."""
    door, place, query = door_of(context), place_of(update), update.callback_query
    if place is None or query is None:
        return
    _, message_id, number = (query.data or "").split(":")
    letter = await patiently(lambda: run(chats.letter, place.ref, int(message_id)))
    texts = (
        [part for part in door.post.parts(letter, int(number)) if isinstance(part, Text)] if letter else []
    )
    if len(texts) == 1:
        door.beside(_turn(query, texts[0]))
    else:
        door.beside(_confirm(query, await _refusal(door, place, message_id=int(message_id))))


async def language(update: Update, context: Context) -> None:
    """A chosen language."""
    door, place, query = door_of(context), place_of(update), update.callback_query
    if place and query:
        door.beside(_confirm(query))
        speaks = (query.data or "").partition(":")[2]
        await choose_language(door, place, speaks, name_of_press(door.bot_id, query.id))


async def forget(update: Update, context: Context) -> None:
    """Erase, or not; the question goes, so that it is answered once."""
    door, place, query = door_of(context), place_of(update), update.callback_query
    if place and query:
        door.beside(_confirm(query))
        if not place.is_group:
            # Done before the press is confirmed to Telegram, so that no end of this process undoes it.
            await forget_or_keep(door, place, (query.data or "").partition(":")[2])
            door.beside(_without_buttons(query))


async def nothing(update: Update, context: Context) -> None:
    """A button that only shows something."""
    if update.callback_query:
        door_of(context).beside(_confirm(update.callback_query))


async def _answer(door: Door, place: Place, talk: Talk, accepted: Accepted, name: str, token: str) -> None:
    try:
        await door.answer(place, talk, accepted, name)
    finally:
        _pressed.discard((place.ref, token))


async def _turn(query: CallbackQuery, text: Text) -> None:
    await _confirm(query)
    try:
        await edit(query, text)
    except TelegramError as error:
        # Pressed twice, too old to be changed, or Telegram is away: then it can be pressed again.
        log.info("a page was not turned (%s)", type(error).__name__)


async def _without_buttons(query: CallbackQuery) -> None:
    if isinstance(query.message, Message):
        try:
            await query.edit_message_reply_markup(None)
        except TelegramError as error:
            log.info("buttons stay (%s)", type(error).__name__)


async def _confirm(query: CallbackQuery, words: str = "") -> None:
    """Stop the button's waiting sign, with words in a window when there are any."""
    try:
        await query.answer(words[:_MOST_WORDS] or None, show_alert=bool(words))
    except TelegramError as error:
        # Too old, or Telegram is away; nothing depends on it.
        log.info("a press was not confirmed (%s)", type(error).__name__)


async def _refusal(door: Door, place: Place, *, token: str = "", message_id: int = 0) -> str:
    """Why a button does nothing: it is somebody else's, or of another time."""
    of_others = await patiently(
        lambda: run(chats.is_of_others, place.ref, token=token, message_id=message_id)
    )
    name = "old_button"
    if place.is_group:
        name = "others_button" if of_others else "old_button_group"
    return TELEGRAM.say(name, await door.language_of(place))
