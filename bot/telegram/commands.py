"""Commands: most stand for a question to the assistant, a few are the door's own."""

from __future__ import annotations

import json

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.conversations.inbound import Inbound
from bot.conversations.models import ButtonToken
from bot.conversations.outgoing import Button
from bot.telegram import keyboard
from bot.telegram.asking import name_of_message
from bot.telegram.door import App, Context, Door, door_of
from bot.telegram.places import Place, place_of
from bot.telegram.start import start
from bot.telegram.wording import TELEGRAM

# Command → what it stands for at the assistant.
_QUESTIONS = {
    "help": "/help",
    "procedures": "/list_procedures",
    "zones": "/list_zones",
    "incentives": "/list_incentives",
}
# The same, but nothing for others' eyes.
_PRIVATE_QUESTIONS = {"track": "/dossier_status"}


def add(application: App) -> None:
    """Let the application know the commands; only fresh messages are commands, edits are not."""
    fresh = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("start", start, fresh))
    for name in _QUESTIONS:
        application.add_handler(CommandHandler(name, question, fresh))
    for name in (*_PRIVATE_QUESTIONS, "human"):
        application.add_handler(CommandHandler(name, private_question, fresh))
    application.add_handler(CommandHandler("language", language, fresh))
    application.add_handler(CommandHandler("privacy", privacy, fresh))


async def question(update: Update, context: Context) -> None:
    """Ask the assistant what the command stands for."""
    name = _name_of(update)
    await _ask(update, door_of(context), name, ButtonToken.Kind.PAYLOAD, _QUESTIONS[name])


async def private_question(update: Update, context: Context) -> None:
    """The same for what concerns the asker alone: in a group, the way to the private chat."""
    name, door, place = _name_of(update), door_of(context), place_of(update)
    if place and place.is_group:
        await to_private(door, place, update)
    elif name in _PRIVATE_QUESTIONS:
        await _ask(update, door, name, ButtonToken.Kind.PAYLOAD, _PRIVATE_QUESTIONS[name])
    else:
        # A person can be called while the assistant is away.
        await _ask(update, door, name, ButtonToken.Kind.PERSON)


async def language(update: Update, context: Context) -> None:
    """Offer both languages."""
    door, place = door_of(context), place_of(update)
    if place:
        speaks = await door.language_of(place)
        await door.say(place, "language_ask", speaks, under=keyboard.languages())


async def privacy(update: Update, context: Context) -> None:
    """What Telegram and we know of the reader."""
    door, place = door_of(context), place_of(update)
    if place:
        speaks = await door.language_of(place)
        await door.say(place, "privacy", speaks)


async def choose_language(door: Door, place: Place, speaks: str, name: str) -> None:
    """Speak this language from now on, as the assistant confirms."""
    payload = f"/set_language{json.dumps({'language': speaks})}"
    title = TELEGRAM.say(f"language_{speaks}", speaks)
    await door.ask(place, Inbound(name, command=Button(title, ButtonToken.Kind.PAYLOAD, payload)))


async def to_private(door: Door, place: Place, update: Update) -> None:
    """Show the way from a group to the private chat."""
    speaks = await door.language_of(place)
    message = update.effective_message
    under = keyboard.private(speaks, door.username)
    reply_to = message.message_id if message else None
    await door.say(place, "group_private", speaks, under=under, reply_to=reply_to)


async def _ask(update: Update, door: Door, name: str, kind: ButtonToken.Kind, value: str = "") -> None:
    place, message = place_of(update), update.effective_message
    if place is None or message is None:
        return
    title = TELEGRAM.say(f"command_{name}", await door.language_of(place))
    inbound = Inbound(name_of_message(door.bot_id, message.message_id), command=Button(title, kind, value))
    await door.ask(place, inbound, message.message_id)


def _name_of(update: Update) -> str:
    """The command without slash and bot name."""
    message = update.effective_message
    text = (message.text if message else "") or ""
    return text.split()[0].removeprefix("/").partition("@")[0].lower()
