"""What Telegram shows of the bot by itself: the menus of commands, and what stands in an empty chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.common.wording import LANGUAGES
from bot.telegram.limits import seconds_of
from bot.telegram.wording import TELEGRAM

log = logging.getLogger(__name__)

_GROUP = ("help", "language", "procedures", "zones", "incentives", "privacy")
_PRIVATE = (
    "help",
    "procedures",
    "zones",
    "incentives",
    "track",
    "human",
    "web",
    "language",
    "privacy",
    "mydata",
    "forget",
)
_RETRY_SECONDS = 5.0
Call = Callable[[], Awaitable[object]]


async def set_menu(bot: ExtBot[int]) -> None:
    """Until all is set: each call once, after a failure from there on, and not before Telegram allows it."""
    for call in _calls(bot):
        while (pause := await _pause_after(call)) is not None:
            await asyncio.sleep(pause)


def _calls(bot: ExtBot[int]) -> Iterator[Call]:
    """Private chats and groups, in each language; English for other languages."""
    private, group = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
    for code, speaks in ((None, "en"), *((each, each) for each in LANGUAGES)):
        yield partial(bot.set_my_commands, _menu(_PRIVATE, speaks), private, code)
        yield partial(bot.set_my_commands, _menu(_GROUP, speaks), group, code)
        yield partial(bot.set_my_description, TELEGRAM.say("description", speaks), code)
        yield partial(bot.set_my_short_description, TELEGRAM.say("about", speaks), code)


async def _pause_after(call: Call) -> float | None:
    """Make the call; the seconds after which it must be made again, None when it is done or never will be."""
    try:
        await call()
    except BadRequest as error:
        log.error("the menu of commands is not taken (%s)", error.message)
    except InvalidToken:
        # Said where updates are fetched; the bot then starts anew, and so does this.
        pass
    except TelegramError as error:
        log.warning("the menu of commands is not taken yet (%s)", type(error).__name__)
        return seconds_of(error) if isinstance(error, RetryAfter) else _RETRY_SECONDS
    return None


def _menu(names: tuple[str, ...], speaks: str) -> list[BotCommand]:
    return [BotCommand(name, TELEGRAM.say(f"command_{name}", speaks)) for name in names]
