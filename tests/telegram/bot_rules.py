"""What the real Bot API server refuses in a message."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.telegram.html_check import BadHtml, read

Json = dict[str, Any]
_MOST_BYTES, _MOST_BUTTONS, _MOST_IN_A_ROW = 64, 100, 8
_TEXT, _CAPTION, _ENTITIES = 4096, 1024, 100
_COMMAND, _MOST_COMMANDS, _DESCRIPTION = re.compile(r"[a-z0-9_]{1,32}"), 100, 256


class Refusal(Exception):
    """A refused call; code 0 hangs up without an answer."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def visible(params: Json) -> str:
    """The words of a message as people see them."""
    text = params.get("text") or params.get("caption") or params.get("title") or ""
    return read(text).text if params.get("parse_mode") == "HTML" else text


def check_chat_text(method: str, params: Json) -> None:
    """Raise a Refusal when text or caption is not what Telegram takes."""
    try:
        text = visible(params)
        marks = read(params["text"]).entities if params.get("parse_mode") == "HTML" else 0
    except BadHtml as error:
        raise Refusal(400, f"Bad Request: can't parse entities: {error}") from error
    limit = _TEXT if method in {"sendMessage", "editMessageText"} else _CAPTION
    if len(text.encode("utf-16-le")) // 2 > limit:
        raise Refusal(400, "Bad Request: message is too long")
    # The real server drops what is over; here nobody shall rely on it.
    if marks > _ENTITIES:
        raise Refusal(400, "Bad Request: too many entities")
    if method in {"sendMessage", "editMessageText"} and not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")


def check_keyboard(params: Json) -> None:
    """Raise a Refusal when a button is not what Telegram takes."""
    markup = json.loads(params.get("reply_markup") or "{}")
    rows = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > _MOST_BUTTONS or any(len(row) > _MOST_IN_A_ROW for row in rows):
        raise Refusal(400, "Bad Request: too many buttons")
    for button in buttons:
        if not button["text"].strip():
            raise Refusal(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if "url" in button:
            continue
        if not 0 < len(button["callback_data"].encode()) <= _MOST_BYTES:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")


def check_commands(params: Json) -> None:
    """Raise a Refusal when a menu is not what Telegram takes."""
    commands = json.loads(params["commands"])
    if len(commands) > _MOST_COMMANDS or len({each["command"] for each in commands}) != len(commands):
        raise Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        if not _COMMAND.fullmatch(each["command"]):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 0 < len(each["description"]) <= _DESCRIPTION:
            raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    code = params.get("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise Refusal(400, "Bad Request: LANG_CODE_INVALID")
