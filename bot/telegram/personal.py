"""What concerns the reader's data: a copy, and erasing everything. In private chats only."""

from __future__ import annotations

import json

from django.core.serializers.json import DjangoJSONEncoder
from telegram import InputFile, Update
from telegram.error import Forbidden
from telegram.ext import CommandHandler, filters

from bot.conversations import erasure, privacy
from bot.conversations.database import run
from bot.conversations.tasks import catch_up
from bot.telegram import chats, keyboard
from bot.telegram.chats import Talk
from bot.telegram.commands import to_private
from bot.telegram.door import App, Context, Door, door_of
from bot.telegram.patience import patiently
from bot.telegram.places import Place, place_of
from bot.telegram.wording import TELEGRAM

_FILE = "conversation.json"


def add(application: App) -> None:
    """Let the application know the commands."""
    fresh = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("mydata", mydata, fresh))
    application.add_handler(CommandHandler("forget", forget, fresh))


async def mydata(update: Update, context: Context) -> None:
    """Send everything that is kept, as a file."""
    door = door_of(context)
    place, talk = await _private(update, door)
    if place and talk:
        door.beside(_send_data(door, place, talk))


async def forget(update: Update, context: Context) -> None:
    """Ask whether really to erase."""
    door = door_of(context)
    place, talk = await _private(update, door)
    if place and talk:
        under = keyboard.forgetting(talk.speaks)
        door.beside(door.say(place, "forget_ask", talk.speaks, under=under))


async def forget_or_keep(door: Door, place: Place, choice: str) -> None:
    """What was chosen below the question."""
    talk = await patiently(lambda: run(chats.find, place))
    if talk is None:
        await door.say(place, "nothing_kept", place.hint or "vi")
    elif choice != "yes":
        await door.say(place, "kept", talk.speaks)
    else:
        conversation = talk.conversation
        if not await patiently(lambda: erasure.erase(conversation)):
            await run(catch_up)
        await door.say(place, "forgotten", talk.speaks)


async def _private(update: Update, door: Door) -> tuple[Place | None, Talk | None]:
    """Place and conversation; without one, or in a group, that is said and there is nothing to do."""
    place = place_of(update)
    if place is None:
        return None, None
    if place.is_group:
        await to_private(door, place, update)
        return None, None
    talk = await patiently(lambda: run(chats.find, place))
    if talk is None:
        door.beside(door.say(place, "nothing_kept", place.hint or "vi"))
    return place, talk


async def _send_data(door: Door, place: Place, talk: Talk) -> None:
    data = await patiently(lambda: run(privacy.export, talk.conversation))
    content = json.dumps(data, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder).encode()
    caption = TELEGRAM.say("mydata", talk.speaks)
    try:
        await door.application.bot.send_document(
            place.chat_id, InputFile(content, _FILE), caption=caption, filename=_FILE
        )
    except Forbidden:
        await run(chats.block, place.ref)
