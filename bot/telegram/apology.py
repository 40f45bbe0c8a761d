"""What nobody has foreseen: in the log, and whoever has asked is told that it was not handled."""

from __future__ import annotations

from contextlib import suppress

from telegram import Update
from telegram.error import TelegramError

from bot.telegram import faults
from bot.telegram.door import Context, door_of
from bot.telegram.places import place_of


async def on_error(update: object, context: Context) -> None:
    """The one error handler. Of work beside an update there is none; what was asked is stored then."""
    if context.error is None:
        return
    faults.note(context.error)
    if not isinstance(update, Update):
        return
    if update.callback_query:
        with suppress(TelegramError):
            await update.callback_query.answer()
    place = place_of(update)
    if place:
        door = door_of(context)
        await door.say(place, "failed", await door.language_of(place))
