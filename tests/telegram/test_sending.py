"""What Telegram and the network do to a message on its way: pauses, refusals, silence."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Any

import pytest

from bot.telegram import application as running
from bot.telegram.limits import ChatLimiter
from bot.telegram.models import Chat
from tests.conversations.fake_door import FakeDoor, answer
from tests.telegram.bot_api import BotApi, Json
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import ANN, Bot, Failing, greeted, told, too_many, until


async def test_telegrams_pauses_are_kept(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    telegram.fault = Failing("sendMessage", too_many(1), too_many(1))
    begun = asyncio.get_running_loop().time()
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert asyncio.get_running_loop().time() - begun > 2
    assert telegram.texts(ANN)[1:] == ["re: phí"]


async def test_a_long_pause_is_not_waited_for_in_place(
    bot: Bot, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.limits.LONGEST_PAUSE", 0.5)
    await greeted(telegram)
    telegram.fault = Failing("sendMessage", too_many(1))
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert telegram.texts(ANN)[1:] == ["re: phí"]


async def test_one_message_a_second_to_a_chat(telegram: BotApi, bot: Bot, monkeypatch: Any) -> None:
    await bot.stop()
    monkeypatch.setattr(running, "ChatLimiter", ChatLimiter)
    telegram.strict_rates = True
    await bot.start()
    async with told(telegram, ANN, 4):
        for number in range(3):
            telegram.say(ANN, f"q{number}")
    assert telegram.refused == []
    times = [one.at for one in telegram.in_chat(ANN)]
    assert all(later - earlier > 0.9 for earlier, later in itertools.pairwise(times))


async def test_who_blocks_us_hears_nothing_until_they_write(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await greeted(telegram)
    telegram.blocked.add(ANN)
    telegram.say(ANN, "phí")
    await until(lambda: any(refusal.code == 403 for _, refusal in telegram.refused))
    async with asyncio.timeout(30):
        while not (await Chat.objects.aget()).blocked:
            await asyncio.sleep(0.02)
    refused = len(telegram.refused)
    telegram.blocked.clear()
    await asyncio.sleep(0.3)
    assert len(telegram.refused) == refused
    assert len(telegram.in_chat(ANN)) == 1
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "tôi đã trở lại")
    assert telegram.texts(ANN)[1:] == ["re: tôi đã trở lại"]


async def test_telegram_away_for_a_while(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    await greeted(telegram)
    fake_door.seconds = 0.3
    telegram.say(ANN, "một")
    await fake_door.busy()
    telegram.shut()
    await asyncio.sleep(0.8)
    telegram.open()
    await until(lambda: len(telegram.in_chat(ANN)) == 2)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "hai")
    assert telegram.texts(ANN)[1:] == ["re: một", "re: hai"]


async def test_a_connection_that_breaks_off(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    telegram.fault = Failing("sendMessage", Refusal(0, "hangs up"), Refusal(502, "Bad Gateway"))
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert telegram.texts(ANN)[1:] == ["re: phí"]


async def test_a_call_that_is_never_answered(
    bot: Bot, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.stop()
    monkeypatch.setattr(running, "_READ_SECONDS", 0.4)
    await bot.start()
    await greeted(telegram)
    hanging = iter([1.0])

    def hangs(method: str, params: Json) -> Refusal | None:
        if method != "sendMessage" or not (seconds := next(hanging, 0.0)):
            return None
        time.sleep(seconds)
        return Refusal(0, "hangs up")

    telegram.fault = hangs
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert telegram.texts(ANN)[1:] == ["re: phí"]


async def test_html_that_telegram_does_not_take_is_sent_as_text(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    telegram.fault = Failing("sendMessage", Refusal(400, "Bad Request: can't parse entities: x"))
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "a < b")
    assert telegram.texts(ANN)[1] == "re: a < b"
    assert "parse_mode" not in telegram.in_chat(ANN)[1].params


async def test_one_message_that_can_never_be_sent_holds_up_nothing(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    telegram.fault = Failing("sendMessage", Refusal(400, "Bad Request: chat not found"))
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "một")
        telegram.say(ANN, "hai")
    assert telegram.texts(ANN)[1:] == ["re: hai"]


async def test_a_chat_that_becomes_a_supergroup_is_followed(bot: Bot, telegram: BotApi) -> None:
    old, new = -500, -100500

    def moved(method: str, params: Json) -> Refusal | None:
        if method == "sendMessage" and params["chat_id"] == str(old):
            return Refusal(
                400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new}
            )
        return None

    telegram.fault = moved
    async with told(telegram, new, 2):
        telegram.say_in_group(old, ANN, "@heza_test_bot phí")
    assert telegram.texts(new)[1] == "re: phí"


async def test_a_message_of_an_unknown_shape_is_sent_as_its_words(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await greeted(telegram)
    fake_door.answering = lambda body: answer("lời", blocks=[{"type": "table", "columns": None}])
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert telegram.texts(ANN)[1:] == ["lời"]
