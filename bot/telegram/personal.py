"""What concerns the reader's data: a copy, and erasing everything. In private chats only."""

from __future__ import annotations

import json
import uuid

from django.core.serializers.json import DjangoJSONEncoder
from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.conversations import erasure, owners, privacy
from bot.conversations.database import run, unit
from bot.conversations.models import Channel
from bot.conversations.tasks import catch_up
from bot.telegram import keyboard, notes
from bot.telegram.commands import to_private
from bot.telegram.door import App, Context, Door, door_of
from bot.telegram.patience import patiently
from bot.telegram.places import Place, place_of
from bot.telegram.wording import TELEGRAM


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
        speaks = await door.language_of(place)
        await patiently(lambda: run(_keep_copy, place, speaks))
        door.beside(door.post.deliver(place.ref))


@unit
def _keep_copy(place: Place, speaks: str) -> None:
    """Make the copy; it goes with the conversation, should that be erased before it is sent."""
    held = owners.conversations_of(Channel.TELEGRAM, place.person)
    latest, *others = [privacy.export(conversation) for conversation in held]
    copy = json.dumps({**latest, "others": others}, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
    notes.keep(place.ref, TELEGRAM.say("mydata", speaks), file=copy, conversation=held[0])


async def forget(update: Update, context: Context) -> None:
    """Ask whether really to erase."""
    door = door_of(context)
    place = await _private(update, door)
    if place:
        speaks = await door.language_of(place)
        await door.say(place, "forget_ask", speaks, under=keyboard.forgetting(speaks))


async def forget_or_keep(door: Door, place: Place, choice: str) -> None:
    """What was chosen below the question."""
    speaks, kept = await door.language_of(place), await _kept(place)
    if not kept:
        await door.say(place, "nothing_kept", speaks)
    elif choice != "yes":
        await door.say(place, "kept", speaks)
    else:
        for conversation in kept:
            await _delete(conversation)
        await door.keep(place, "forgotten", speaks)
        door.beside(_see_to_the_rest(door, place))


async def _delete(conversation: uuid.UUID) -> None:
    await patiently(lambda: run(erasure.delete, conversation, asked=True))


async def _see_to_the_rest(door: Door, place: Place) -> None:
    """Have the assistant forget too, here or by the worker."""
    try:
        if not await erasure.forget_pending():
            await run(catch_up)
    finally:
        await door.post.deliver(place.ref)


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
        await door.say(place, "nothing_kept", await door.language_of(place))
        return None
    return place
