"""What is written, corrected, or sent in another form than text."""

from __future__ import annotations

from collections import OrderedDict

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.common.masking import mask
from bot.common.text import neutralise
from bot.conversations.database import run
from bot.conversations.inbound import Inbound
from bot.telegram import chats
from bot.telegram.asking import name_of_message
from bot.telegram.door import App, Context, Door, door_of
from bot.telegram.patience import patiently
from bot.telegram.places import Place, place_of, without_mention
from bot.telegram.website import to_form

_ALBUMS = 500
_KINDS = {
    "photo": "photo",
    "document": "photo",
    "animation": "photo",
    "voice": "voice",
    "audio": "voice",
    "video": "voice",
    "video_note": "voice",
    "sticker": "sticker",
    "dice": "sticker",
    "location": "location",
    "venue": "location",
    "contact": "contact",
}
# Albums come as several messages and are declined once.
_albums: OrderedDict[str, None] = OrderedDict()


def add(application: App) -> None:
    """Let the application know them; after the commands, which are messages too."""
    fresh, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
    application.add_handler(MessageHandler(fresh & filters.COMMAND, unknown_command))
    application.add_handler(MessageHandler(fresh & filters.TEXT, text))
    application.add_handler(MessageHandler(edited & (filters.TEXT | filters.CAPTION), correction))
    # Who joined or left, what was pinned and the like is nobody's question.
    application.add_handler(MessageHandler(fresh & ~filters.StatusUpdate.ALL, other))


async def text(update: Update, context: Context) -> None:
    """A question."""
    door, place, message = door_of(context), place_of(update), update.message
    if place is None or message is None:
        return
    asked = _said(door, place, message)
    if asked is None:
        return
    if place.is_group and not asked:
        speaks = await door.language_of(place)
        await door.say(place, "group_empty", speaks, reply_to=message.message_id, name=door.username)
        return
    await _ask(door, place, message, asked)


async def correction(update: Update, context: Context) -> None:
    """An edited question is answered anew; the answer says so."""
    door, place, message = door_of(context), place_of(update), update.edited_message
    if place is None or message is None or message.edit_date is None:
        return
    asked = _said(door, place, message)
    talk = await patiently(lambda: run(chats.find, place))
    if not asked or asked.startswith("/"):
        return
    if talk is not None:
        conversation, name = talk.conversation, name_of_message(door.bot_id, message.message_id)
        known = await patiently(lambda: run(chats.latest_form, conversation, name))
        # Telegram also calls it an edit when a preview has been added.
        if known == mask(neutralise(asked)).text:
            return
    edited = int(message.edit_date.timestamp())
    inbound = Inbound(name_of_message(door.bot_id, message.message_id, edited), asked)
    await door.ask(place, inbound, message.message_id)


async def other(update: Update, context: Context) -> None:
    """Pictures, voices, places and contacts are declined; words below them are answered."""
    door, place, message = door_of(context), place_of(update), update.message
    if place is None or message is None:
        return
    asked = _said(door, place, message) if message.caption or place.is_group else ""
    if asked is None:
        return
    if not _known_album(message):
        await _decline(door, place, message, await door.language_of(place))
    if asked:
        await _ask(door, place, message, asked)


async def unknown_command(update: Update, context: Context) -> None:
    """Say that there is no such command; in a group it is probably another bot's."""
    door, place = door_of(context), place_of(update)
    if place and not place.is_group:
        await door.say(place, "unknown_command", await door.language_of(place))


def _said(door: Door, place: Place, message: Message) -> str | None:
    """The words to us; None for a group's talk that is not meant for us."""
    if place.is_group:
        return without_mention(message, door.username)
    return message.text or message.caption or ""


async def _ask(door: Door, place: Place, message: Message, asked: str) -> None:
    name = name_of_message(door.bot_id, message.message_id)
    talk = await patiently(lambda: run(chats.find, place))
    if talk:
        conversation = talk.conversation
        if await patiently(lambda: run(chats.overtaken, conversation, name)):
            return
    await door.ask(place, Inbound(name, asked), message.message_id)


async def _decline(door: Door, place: Place, message: Message, speaks: str) -> None:
    found = next((kind for field, kind in _KINDS.items() if getattr(message, field, None)), "other")
    under = await to_form(door, place, speaks)
    await door.say(place, f"declined_{found}", speaks, under=under, reply_to=message.message_id)


def _known_album(message: Message) -> bool:
    album = message.media_group_id
    if album is None:
        return False
    known = album in _albums
    _albums[album] = None
    if len(_albums) > _ALBUMS:
        _albums.popitem(last=False)
    return known
