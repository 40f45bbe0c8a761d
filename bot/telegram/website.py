"""The way from the chat to the website, where the conversation goes on."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CommandHandler, filters

from bot.conversations import links
from bot.conversations.database import run
from bot.telegram import chats, keyboard
from bot.telegram.commands import to_private
from bot.telegram.door import App, Context, Door, door_of
from bot.telegram.patience import patiently
from bot.telegram.places import Place, place_of
from bot.telegram.wording import TELEGRAM


def add(application: App) -> None:
    """Let the application know the command."""
    application.add_handler(CommandHandler("web", web, filters.UpdateType.MESSAGE))


async def web(update: Update, context: Context) -> None:
    """A link that opens this conversation on the website, once; in a group, the way to the private chat."""
    door, place = door_of(context), place_of(update)
    if place is None:
        return
    if place.is_group:
        await to_private(door, place, update)
        return
    talk = await patiently(lambda: run(chats.find, place))
    speaks = talk.speaks if talk else place.hint or "vi"
    name = "web_none" if not door.post.site else "web_open" if talk else "web_empty"
    under = await way(door, place, "web_button", speaks)
    await door.say(place, name, speaks, under=under)


async def to_form(door: Door, place: Place, language: str) -> InlineKeyboardMarkup | None:
    """The way to the form for an inquiry, with what has been asked as its draft."""
    return await way(door, place, "web_form", language, links.INQUIRY)


async def way(
    door: Door, place: Place, title: str, language: str, then: str = ""
) -> InlineKeyboardMarkup | None:
    """A button to the website: to the conversation of a private chat, otherwise to the start page.

    `title` is the name of its wording, `then` the form to open there; None without a public address.
    """
    site = door.post.site
    if not site:
        return None
    address = f"{site}/?language={language}"
    talk = None if place.is_group else await patiently(lambda: run(chats.find, place))
    if talk is not None:
        code = await patiently(lambda: run(links.make, talk.conversation))
        address = links.web_address(site, code, language, then)
    return keyboard.website(TELEGRAM.say(title, language), address)
