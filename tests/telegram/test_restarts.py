"""Processes that stop, die and come back: nothing asked is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from bot.conversations import database, tasks
from bot.conversations.models import Conversation, Message
from bot.telegram import application as running
from bot.telegram import chats
from bot.telegram.models import Chat
from tests.conversations.fake_door import FakeDoor, answer
from tests.telegram.bot_api import BotApi, Json
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import ANN, Bot, greeted, told, until


async def test_what_comes_twice_is_answered_once(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    async with told(telegram, ANN, 2):
        update = telegram.say(ANN, "một")
    telegram.push({"message": update["message"]}, update["update_id"])
    await bot.kill()
    await bot.start()
    telegram.push({"message": update["message"]}, update["update_id"])
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "hai")
    assert telegram.texts(ANN)[1:] == ["re: một", "re: hai"]
    assert len(fake_door.bodies()) == 2


async def test_what_telegram_brings_again_by_itself_is_answered_once(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await greeted(telegram)
    telegram.forgetful = True
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "/privacy")
        telegram.say(ANN, "một")
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "hai")
    assert [text[:6] for text in telegram.texts(ANN)[1:]] == ["Quyền ", "re: mộ", "re: ha"]
    assert len(fake_door.bodies()) == 2
    assert not telegram.forgetful


async def test_what_could_not_be_noted_is_sent_again(
    bot: Bot, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill between the send and the note of it: rather twice than never."""
    await greeted(telegram)
    deaths = iter([RuntimeError("no note")])

    async def dying(*args: Any) -> Any:
        asked = telegram.texts(ANN)[-1] == "re: phí"
        if args[0] is chats.sent and asked and (death := next(deaths, None)):
            raise death
        return await database.run(*args)

    monkeypatch.setattr("bot.telegram.post.run", dying)
    telegram.say(ANN, "phí")
    async with told(telegram, ANN, 3):
        telegram.say(ANN, "hai")
    assert telegram.texts(ANN)[1:] == ["re: phí", "re: phí", "re: hai"]


async def test_it_waits_for_telegram_to_be_there_at_the_start(
    bot: Bot, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.stop()
    telegram.shut()
    await bot.start()
    await until(lambda: "Telegram is not reached" in caplog.text)
    telegram.open()
    await greeted(telegram)


async def test_a_refused_token_is_said_and_harms_nothing(
    bot: Bot, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.stop()
    await bot.start(telegram_token="1:wrong")
    await until(lambda: "not accepted" in caplog.text)
    await bot.stop()
    assert "1:wrong" not in caplog.text


async def test_what_is_asked_while_the_bot_is_away(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    await bot.stop()
    for number in range(3):
        telegram.say(ANN, f"q{number}")
    await bot.start()
    await until(lambda: len(telegram.in_chat(ANN)) == 4)
    assert telegram.texts(ANN)[1:] == ["re: q0", "re: q1", "re: q2"]


async def test_a_bot_that_dies_before_it_has_sent_the_answer(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await greeted(telegram)
    telegram.fault = lambda method, params: Refusal(502, "x") if method == "sendMessage" else None
    telegram.say(ANN, "phí")
    await until(lambda: any(method == "sendMessage" for method, _ in telegram.refused))
    await bot.kill()
    telegram.fault = None
    await bot.start()
    await until(lambda: len(telegram.in_chat(ANN)) == 2)
    assert telegram.texts(ANN)[1:] == ["re: phí"]


async def test_a_long_answer_goes_on_where_it_was_broken_off(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await greeted(telegram)
    parts = [f"{number} " + "chữ " * 900 for number in range(3)]
    telegram.say(ANN, "x" * 10)
    await until(lambda: len(telegram.in_chat(ANN)) == 2)

    def answering(body: Json) -> Json:
        return answer("\n\n".join(parts))

    fake_door.answering = answering
    calls = iter([None, Refusal(502, "x")])
    telegram.fault = lambda method, params: next(calls, None) if method == "sendMessage" else None
    async with told(telegram, ANN, 3):
        telegram.say(ANN, "dài")
    assert [text[0] for text in telegram.texts(ANN)[2:]] == ["0", "1", "2"]


async def test_a_bot_killed_while_the_assistant_thinks(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, configure: Any
) -> None:
    configure(rasa_timeout=0.5)
    await greeted(telegram)
    fake_door.seconds = 0.4
    telegram.say(ANN, "phí")
    await fake_door.busy()
    # Stored: Telegram may be told that it has arrived, and the worker answers when nobody else does.
    await Conversation.objects.aupdate(lease="", lease_until=None)
    assert (await Message.objects.aget(author="user")).progress == "ask"
    await bot.kill()
    fake_door.seconds = 0.0
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)
    await bot.start()
    await until(lambda: len(telegram.in_chat(ANN)) == 2)
    await asyncio.sleep(0.2)
    assert telegram.texts(ANN)[1:] == ["re: phí"]


async def test_an_ordinary_stop_waits_for_the_assistant(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await greeted(telegram)
    fake_door.seconds = 0.5
    telegram.say(ANN, "phí")
    await fake_door.busy()
    await bot.stop()
    assert (await Message.objects.aget(author="user")).progress == "done"
    await bot.start()
    await until(lambda: len(telegram.in_chat(ANN)) == 2)
    assert telegram.texts(ANN)[1:] == ["re: phí"]


async def test_a_stop_does_not_wait_for_long(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_GRACE_SECONDS", 0.1)
    await greeted(telegram)
    fake_door.seconds = 20.0
    telegram.say(ANN, "phí")
    await fake_door.busy()
    await asyncio.wait_for(bot.stop(), 15)
    fake_door.seconds = 0.0
    await bot.start()
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)
    await until(lambda: len(telegram.in_chat(ANN)) == 3)
    assert telegram.texts(ANN)[2] == "re: phí"


async def test_the_pool_is_left_clean(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    await bot.stop()
    assert await database.run(Chat.objects.count) == 1
