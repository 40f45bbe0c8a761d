"""What concerns the reader's data: a copy, and erasing everything. In private chats only."""

from __future__ import annotations

import json

from django.core.serializers.json import DjangoJSONEncoder
from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.conversations import erasure, privacy
from bot.conversations.database import run, unit
from bot.conversations.tasks import catch_up
from bot.telegram import chats, keyboard, notes
from bot.telegram.chats import Talk
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
    place, talk = await _private(update, door)
    if place and talk:
        await patiently(lambda: run(_keep_copy, place, talk))
        door.beside(door.post.deliver(place.ref))


@unit
def _keep_copy(place: Place, talk: Talk) -> None:
    """Make the copy; it goes with the conversation, should that be erased before it is sent."""
    copy = json.dumps(privacy.export(talk.conversation), ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
    notes.keep(place.ref, TELEGRAM.say("mydata", talk.speaks), file=copy, conversation=talk.conversation)


async def forget(update: Update, context: Context) -> None:
    """Ask whether really to erase."""
    door = door_of(context)
    place, talk = await _private(update, door)
    if place and talk:
        under = keyboard.forgetting(talk.speaks)
        await door.say(place, "forget_ask", talk.speaks, under=under)


async def forget_or_keep(door: Door, place: Place, choice: str) -> None:
    """What was chosen below the question."""
    talk = await patiently(lambda: run(chats.find, place))
    if talk is None:
        await door.say(place, "nothing_kept", place.hint or "vi")
    elif choice != "yes":
        await door.say(place, "kept", talk.speaks)
    else:
        await patiently(lambda: run(erasure.delete, talk.conversation, asked=True))
        await door.keep(place, "forgotten", talk.speaks)
        door.beside(_see_to_the_rest(door, place))


async def _see_to_the_rest(door: Door, place: Place) -> None:
    """Have the assistant forget too, here or by the worker."""
    try:
        if not await erasure.forget_pending():
            await run(catch_up)
    finally:
        await door.post.deliver(place.ref)


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
        await door.say(place, "nothing_kept", place.hint or "vi")
    return place, talk
