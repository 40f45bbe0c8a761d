"""One part of a letter to one chat."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.telegram.letters import Copy, File, Part, Picture, Text, Venue
from bot.telegram.plaintext import without_tags

log = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Address:
    """A chat, and the message in it that is replied to, if any."""

    chat_id: int
    reply_to: int | None = None


async def send(bot: ExtBot[int], to: Address, part: Part) -> None:
    """Send a part; raises TelegramError. What Telegram cannot show is sent in a simpler form."""
    reply = ReplyParameters(to.reply_to, allow_sending_without_reply=True) if to.reply_to else None
    if isinstance(part, Text):
        await _text(bot, to.chat_id, part, reply)
    elif isinstance(part, Venue):
        await _venue(bot, to.chat_id, part, reply)
    elif isinstance(part, Copy):
        content = InputFile(part.content.encode(), part.name)
        await bot.send_document(to.chat_id, content, caption=part.caption, reply_parameters=reply)
    else:
        await _attachment(bot, to.chat_id, part, reply)


async def edit(query: CallbackQuery, part: Text) -> None:
    """Put a text in place of the message whose button was pressed; raises TelegramError."""
    await query.edit_message_text(
        part.html, ParseMode.HTML, reply_markup=part.keyboard, link_preview_options=_NO_PREVIEW
    )


async def _text(bot: ExtBot[int], chat_id: int, part: Text, reply: ReplyParameters | None) -> None:
    try:
        await _message(bot, chat_id, part.html, part.keyboard, reply, ParseMode.HTML)
    except BadRequest as error:
        if "entities" not in error.message.lower():
            raise
        log.error("Telegram does not take our HTML (%s); sent without", type(error).__name__)
        await _message(bot, chat_id, without_tags(part.html), part.keyboard, reply, None)


async def _message(
    bot: ExtBot[int],
    chat_id: int,
    text: str,
    keyboard: InlineKeyboardMarkup | None,
    reply: ReplyParameters | None,
    mode: ParseMode | None,
) -> None:
    await bot.send_message(
        chat_id,
        text,
        parse_mode=mode,
        reply_markup=keyboard,
        reply_parameters=reply,
        link_preview_options=_NO_PREVIEW,
    )


async def _venue(bot: ExtBot[int], chat_id: int, part: Venue, reply: ReplyParameters | None) -> None:
    try:
        await bot.send_venue(
            chat_id, part.latitude, part.longitude, part.title, part.address, reply_parameters=reply
        )
    except BadRequest:
        # In words, rather than giving up what comes after it.
        await _message(bot, chat_id, f"{part.title}\n{part.address}", None, reply, None)


async def _attachment(
    bot: ExtBot[int], chat_id: int, part: Picture | File, reply: ReplyParameters | None
) -> None:
    try:
        if isinstance(part, Picture):
            await bot.send_photo(chat_id, part.url, caption=part.caption, reply_parameters=reply)
        else:
            await bot.send_document(chat_id, part.url, caption=part.caption, reply_parameters=reply)
    except BadRequest:
        # Telegram fetches it itself and may not reach us.
        await _message(bot, chat_id, f"{part.caption}\n{part.url}", None, reply, None)
