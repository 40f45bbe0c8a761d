"""What concerns the reader's data: a copy, and erasing everything. In private chats only."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from telegram import InputFile, Update
from telegram.error import Forbidden
from telegram.ext import CommandHandler, filters

from bot.conversations import erasure, owners, privacy
from bot.conversations.database import run
from bot.conversations.models import Channel
from bot.conversations.tasks import catch_up
from bot.telegram import chats, keyboard
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
    place = await _private(update, door)
    if place:
        door.beside(_send_data(door, place, await door.language_of(place)))


async def forget(update: Update, context: Context) -> None:
    """Ask whether really to erase."""
    door = door_of(context)
    place = await _private(update, door)
    if place:
        speaks = await door.language_of(place)
        door.beside(door.say(place, "forget_ask", speaks, under=keyboard.forgetting(speaks)))


async def forget_or_keep(door: Door, place: Place, choice: str) -> None:
    """What was chosen below the question."""
    speaks, kept = await door.language_of(place), await _kept(place)
    if not kept:
        await door.say(place, "nothing_kept", speaks)
    elif choice != "yes":
        await door.say(place, "kept", speaks)
    else:
        for conversation in kept:
            await _erase(conversation)
        await door.say(place, "forgotten", speaks)


async def _erase(conversation: uuid.UUID) -> None:
    if not await patiently(lambda: erasure.erase(conversation)):
        await run(catch_up)


async def _copy(conversation: uuid.UUID) -> dict[str, Any]:
    return await patiently(lambda: run(privacy.export, conversation))


async def _kept(place: Place) -> list[uuid.UUID]:
    """All conversations of the person: this chat's, earlier ones of it, and those held in groups."""
    return await patiently(lambda: run(owners.conversations_of, Channel.TELEGRAM, place.person))


async def _private(update: Update, door: Door) -> Place | None:
    """The place; when nothing is kept there, or in a group, that is said and there is nothing to do."""
    place = place_of(update)
    if place is None:
        return None
    if place.is_group:
        await to_private(door, place, update)
        return None
    if not await _kept(place):
        door.beside(door.say(place, "nothing_kept", await door.language_of(place)))
        return None
    return place


async def _send_data(door: Door, place: Place, speaks: str) -> None:
    latest, *others = [await _copy(conversation) for conversation in await _kept(place)]
    data = {**latest, "others": others}
    content = json.dumps(data, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder).encode()
    caption = TELEGRAM.say("mydata", speaks)
    try:
        await door.application.bot.send_document(
            place.chat_id, InputFile(content, _FILE), caption=caption, filename=_FILE
        )
    except Forbidden:
        await run(chats.block, place.ref)
