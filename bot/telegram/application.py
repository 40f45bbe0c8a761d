"""The bot put together, and its running: polling, or a webhook behind the reverse proxy."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ExtBot

from bot.common.settings import Settings
from bot.conversations import database
from bot.conversations import door as rasa
from bot.telegram import commands, menu, messages, personal, polling, presses, website
from bot.telegram.apology import on_error
from bot.telegram.door import App, Door, put_door
from bot.telegram.faults import where
from bot.telegram.intake import Intake
from bot.telegram.limits import ChatLimiter
from bot.telegram.post import Post

log = logging.getLogger(__name__)

# Channel posts, who joined a group and the like are not even sent to us.
UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
# Rather a late answer than the same message twice: a send that timed out may have arrived.
_READ_SECONDS, _CONNECT_SECONDS = 20.0, 10.0
_POLL_SECONDS = 25
_RETRY_SECONDS = 5.0
# The supervisor waits for four seconds in all.
_GRACE_SECONDS = 2.5
_FAULT_SECONDS = 15.0
# A token that is refused is looked at again, in case BotFather has changed it back.
_REFUSED_SECONDS = 300.0


def build(settings: Settings, limiter: ChatLimiter | None = None) -> tuple[App, Post]:
    """The application with all its handlers, and its postman; nothing is started."""
    intake = Intake()
    application: App = (
        Application.builder()
        .token(settings.telegram_token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .rate_limiter(limiter or ChatLimiter())
        .update_queue(intake)
        .job_queue(None)
        .connect_timeout(_CONNECT_SECONDS)
        .read_timeout(_READ_SECONDS)
        .write_timeout(_READ_SECONDS)
        .pool_timeout(_READ_SECONDS)
        .get_updates_request(
            polling.Fetching(connect_timeout=_CONNECT_SECONDS, read_timeout=_CONNECT_SECONDS)
        )
        .build()
    )
    intake.handle = application.process_update
    assert isinstance(application.bot, ExtBot)
    post = Post(application.bot, settings.public_url)
    put_door(application, Door(application, post))
    for room in (commands, personal, website, messages, presses):
        room.add(application)
    application.add_error_handler(on_error)
    return application, post


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Run the bot until `stop` is set. It never ends by itself: no fault of its own may stop the product."""
    while not stop.is_set():
        try:
            await serve(settings, stop)
        except Exception as error:  # noqa: PERF203 (it waits anyway)
            log.error("the bot has stopped: %s at %s", type(error).__name__, where(error))
            await _pause(_FAULT_SECONDS, stop)


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run the bot until `stop` is set; raises what has ended the fetching of updates before."""
    application, post = build(settings)
    assert isinstance(application.bot, ExtBot)
    try:
        if not await _reached(application, stop):
            return
        await application.start()
        watching = asyncio.create_task(post.watch())
        setting = asyncio.create_task(menu.set_menu(application.bot))
        try:
            await _stopped(stop, await _listen(application, settings))
        finally:
            setting.cancel()
            watching.cancel()
            await _close(application, post)
    finally:
        await rasa.close()
        database.close()


def webhook_secret(settings: Settings) -> str:
    """What Telegram must send along with each update; made from the installation's own secret."""
    return hmac.new(settings.secret.encode(), b"telegram-webhook", hashlib.sha256).hexdigest()


async def _reached(application: App, stop: asyncio.Event) -> bool:
    """Log in, trying until it works; False when told to stop before."""
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            log.error("TELEGRAM_TOKEN is not accepted by Telegram")
            pause = _REFUSED_SECONDS
        except TelegramError as error:
            log.warning("Telegram is not reached (%s)", type(error).__name__)
            pause = _RETRY_SECONDS
        else:
            return True
        # Its connections are open, although it is not there yet.
        await application.bot.shutdown()
        await _pause(pause, stop)
    return False


async def _pause(seconds: float, stop: asyncio.Event) -> None:
    """Wait, but not beyond the stop."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def _stopped(stop: asyncio.Event, fetching: asyncio.Task[Any] | None) -> None:
    """Wait for the stop; raises what has ended the fetching before, since nobody would be heard any more."""
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({stopping, fetching or stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
    if fetching is not None and not stop.is_set():
        fetching.result()
        raise RuntimeError("no updates are fetched any more")


async def _listen(application: App, settings: Settings) -> asyncio.Task[Any] | None:
    """Begin to take updates; the task that fetches them, None when Telegram brings them."""
    updater = application.updater
    assert updater is not None
    if not settings.telegram_webhook_url:
        await updater.start_polling(
            timeout=_POLL_SECONDS, bootstrap_retries=-1, allowed_updates=UPDATES, error_callback=_told
        )
        return polling.task()
    await updater.start_webhook(
        listen=settings.telegram_webhook_host,
        port=settings.telegram_webhook_port,
        url_path=urlsplit(settings.telegram_webhook_url).path.strip("/"),
        webhook_url=settings.telegram_webhook_url,
        secret_token=webhook_secret(settings),
        bootstrap_retries=-1,
        allowed_updates=UPDATES,
        # One after another, in order; each is only stored while Telegram waits.
        max_connections=1,
    )
    return None


async def _close(application: App, post: Post) -> None:
    """Take nothing more, finish what is being sent, leave the rest for the next start."""
    assert application.updater is not None
    if application.updater.running:
        try:
            await application.updater.stop()
        except Exception as error:
            # Of fetching that has ended by itself; the rest must be closed all the same.
            log.warning("updates: no more are fetched (%s)", type(error).__name__)
    await post.close()
    stopping = asyncio.create_task(application.stop())
    await asyncio.wait({stopping}, timeout=_GRACE_SECONDS)
    # What the assistant has not answered by now is left to the worker, and the reader is told.
    await rasa.close()
    await stopping
    await application.shutdown()


def _told(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("another process polls with the same TELEGRAM_TOKEN")
    else:
        log.warning("no updates for now (%s)", type(error).__name__)
