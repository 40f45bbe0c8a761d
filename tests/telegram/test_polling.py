"""Fetching updates: a refusal is not the end, and one that cannot be read holds up no other."""

from __future__ import annotations

import json
import logging

import pytest
from telegram.error import TelegramError

from bot.telegram.faults import Without
from bot.telegram.polling import Fetching
from tests.telegram.bot_api import TOKEN, BotApi, Json
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import ANN, Bot, Failing, greeted, told, until

WORDS = "bí mật của tôi"
CHAT = {"id": ANN, "type": "private"}
USER = {"id": ANN, "is_bot": False, "first_name": "User"}
# Without the number that every message has.
UNREADABLE: Json = {"message": {"from": USER, "chat": CHAT, "date": 1, "text": WORDS}}


@pytest.mark.parametrize("code", [401, 404])
async def test_a_refusal_while_fetching_is_got_over(bot: Bot, telegram: BotApi, code: int) -> None:
    await greeted(telegram)
    telegram.fault = Failing("getUpdates", Refusal(code, "refused"))
    telegram.say(ANN, "một")
    await until(lambda: telegram.refused)
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "hai")
    assert telegram.texts(ANN)[1:] == ["re: một", "re: hai"]


async def test_an_update_that_cannot_be_read_is_passed_over(
    bot: Bot, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    await greeted(telegram)
    before = len(telegram.methods("getUpdates"))
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "một")
        telegram.push(UNREADABLE)
        telegram.say(ANN, "hai")
    assert telegram.texts(ANN)[1:] == ["re: một", "re: hai"]
    await until(lambda: not telegram.pending)
    assert len(telegram.methods("getUpdates")) - before < 10
    assert "passed over" in caplog.text
    assert WORDS not in caplog.text


def test_without_a_number_the_library_waits() -> None:
    with pytest.raises(TelegramError):
        Fetching.parse_json_payload(json.dumps({"ok": True, "result": [{"message": 1}]}).encode())


@pytest.mark.parametrize(
    "said", ["Error while parsing updates! Received data was %r", "Received data was *not* processed! %r"]
)
def test_the_librarys_records_keep_only_its_own_words(said: str) -> None:
    record = logging.LogRecord("telegram.Bot", logging.CRITICAL, "", 1, said, ([UNREADABLE],), None)
    assert Without(TOKEN).filter(record)
    assert record.getMessage() == said
