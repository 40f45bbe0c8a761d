"""Buttons under a message. What a button carries is a token of the gateway's, at most 64 bytes.

The door's own buttons say what they do by name (`page:12:2`): a press of theirs changes nothing that the
presser could not change otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.conversations.shown import ShownMessage
from bot.telegram.rich import units
from bot.telegram.wording import TELEGRAM

PAGE, LANGUAGE, FORGET, NOTHING = "page", "language", "forget", "nothing"
# Two such titles stand beside each other on a telephone.
_SHORT = 18
_MOST_BUTTONS = 90
_MOST_BYTES = 64
Rows = list[list[InlineKeyboardButton]]


def keyboard(
    message: ShownMessage, number: int = 0, count: int = 1, *, language: str
) -> InlineKeyboardMarkup | None:
    """The message's buttons, below the means to turn the page when there are several."""
    rows = _turning(message["id"], number, count, language) if count > 1 else []
    buttons = [
        InlineKeyboardButton(button["title"], callback_data=button["payload"])
        for button in message["buttons"][:_MOST_BUTTONS]
        # One that Telegram does not take would keep the whole message from being sent.
        if button["title"].strip() and len(button["payload"].encode()) <= _MOST_BYTES
    ]
    rows += _rows(buttons)
    return InlineKeyboardMarkup(rows) if rows else None


def languages() -> InlineKeyboardMarkup:
    """The choice of a language."""
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    TELEGRAM.say(f"language_{each}", each), callback_data=f"{LANGUAGE}:{each}"
                )
                for each in ("vi", "en")
            ]
        ]
    )


def forgetting(language: str) -> InlineKeyboardMarkup:
    """Whether really to erase."""
    titles = {"yes": "forget_yes", "no": "forget_no"}
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(TELEGRAM.say(title, language), callback_data=f"{FORGET}:{choice}")]
            for choice, title in titles.items()
        ]
    )


def private(language: str, username: str) -> InlineKeyboardMarkup:
    """The way from a group to the chat with the bot alone."""
    title = TELEGRAM.say("group_button", language)
    return InlineKeyboardMarkup([[InlineKeyboardButton(title, url=f"https://t.me/{username}")]])


def website(title: str, address: str) -> InlineKeyboardMarkup:
    """The way to the website. A button, since the app fetches addresses in texts to show a preview."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(title, url=address)]])


def _turning(message_id: int, number: int, count: int, language: str) -> Rows:
    def to(title: str, page: int) -> InlineKeyboardButton:
        inside = 0 <= page < count
        data = f"{PAGE}:{message_id}:{page}" if inside else NOTHING
        return InlineKeyboardButton(title if inside else "·", callback_data=data)

    here = TELEGRAM.say("page", language, page=number + 1, pages=count)
    return [[to("◀", number - 1), InlineKeyboardButton(here, callback_data=NOTHING), to("▶", number + 1)]]


def _rows(buttons: Sequence[InlineKeyboardButton]) -> Rows:
    return [list(row) for row in _packed(buttons)]


def _packed(buttons: Sequence[InlineKeyboardButton]) -> Iterator[Sequence[InlineKeyboardButton]]:
    """Short titles two in a row, long ones alone."""
    waiting: InlineKeyboardButton | None = None
    for button in buttons:
        if units(button.text) > _SHORT:
            if waiting:
                yield [waiting]
            waiting = None
            yield [button]
        elif waiting:
            yield [waiting, button]
            waiting = None
        else:
            waiting = button
    if waiting:
        yield [waiting]
