"""What people and the assistant do at once: order, corrections, floods, late answers; and what is logged."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from bot.conversations import gateway, tasks
from bot.conversations.problems import busy
from bot.telegram.faults import Without
from tests.conversations.fake_door import FakeDoor
from tests.telegram.bot_api import TOKEN, BotApi
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import ANN, BOB, Bot, Failing, greeted, told, until


async def test_answers_stay_in_order_however_fast_one_asks(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    async with told(telegram, ANN, 10):
        for number in range(10):
            telegram.say(ANN, f"q{number}")
    assert telegram.texts(ANN)[1:] == [f"re: q{number}" for number in range(10)]


async def test_a_slow_answer_holds_up_nobody_else(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    await greeted(telegram, ANN)
    await greeted(telegram, BOB)
    fake_door.seconds = 1.0
    telegram.say(ANN, "chậm")
    await fake_door.busy()
    fake_door.seconds = 0.0
    async with told(telegram, BOB, 1):
        telegram.say(BOB, "nhanh")
    assert len(telegram.in_chat(ANN)) == 1
    await until(lambda: len(telegram.in_chat(ANN)) == 2)


async def test_an_edit_that_overtakes_its_message(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    await greeted(telegram)
    user = {"id": ANN, "is_bot": False, "first_name": "User"}
    chat = {"id": ANN, "type": "private"}
    message = {"message_id": 900, "date": 1, "chat": chat, "from": user, "text": "phi"}
    async with told(telegram, ANN, 1):
        telegram.push({"edited_message": {**message, "text": "phí", "edit_date": 2}}, 901)
    telegram.push({"message": message}, 900)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "sau")
    assert [body["text"] for body in fake_door.bodies()] == ["phí", "sau"]


async def test_a_locked_database_confirms_nothing(
    bot: Bot, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    await greeted(telegram)
    monkeypatch.setattr("bot.telegram.patience._PAUSE_SECONDS", 0.05)
    take = gateway.take
    busy_ones = iter([busy(), busy()])

    async def locked(*args: Any) -> Any:
        if problem := next(busy_ones, None):
            assert telegram.pending
            raise problem
        return await take(*args)

    monkeypatch.setattr(gateway, "take", locked)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert telegram.texts(ANN)[1:] == ["re: phí"]


async def test_a_late_answer_is_announced(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await greeted(telegram)
    monkeypatch.setattr("bot.telegram.door.PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr("bot.telegram.door._TYPING_SECONDS", 0.1)
    fake_door.seconds = 0.6
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "phí")
    assert telegram.texts(ANN)[1:] == [
        "Tôi vẫn đang tìm câu trả lời. Bạn không cần gửi lại; câu trả lời sẽ xuất hiện tại đây.",
        "re: phí",
    ]
    assert len(telegram.methods("sendChatAction")) > 3


async def test_a_late_answer_is_announced_once_for_all(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await greeted(telegram)
    monkeypatch.setattr("bot.telegram.door.PATIENCE_SECONDS", 0.2)
    fake_door.seconds = 0.4
    for number in range(4):
        telegram.say(ANN, f"q{number}")
    await until(lambda: telegram.texts(ANN)[-1] == "re: q3")
    await asyncio.sleep(0.2)
    assert [text[:5] for text in telegram.texts(ANN)[1:]] == ["Tôi v", "re: q", "re: q", "re: q", "re: q"]
    # The next time it takes long, that is said again.
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "q4")
    assert telegram.texts(ANN)[-2].startswith("Tôi vẫn đang tìm")


async def test_an_answer_is_not_announced_after_it(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await greeted(telegram)
    monkeypatch.setattr("bot.telegram.door.PATIENCE_SECONDS", 0.2)
    fake_door.seconds = 0.5
    # The chat's turn is taken by a message on its way for as long as the answer takes.
    telegram.fault = lambda method, params: time.sleep(0.8) if params.get("text", "")[:2] == "<b" else None
    telegram.say(ANN, "/privacy")
    telegram.say(ANN, "q")
    await until(lambda: telegram.texts(ANN)[-1] == "re: q")
    await asyncio.sleep(0.2)
    assert [text[:5] for text in telegram.texts(ANN)[1:]] == ["Quyền", "re: q"]


async def test_an_answer_after_an_outage_comes_by_itself(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await greeted(telegram)
    fake_door.shut()
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert "sự cố kỹ thuật" in telegram.texts(ANN)[1]
    fake_door.open()
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)
    await until(lambda: len(telegram.in_chat(ANN)) == 3)
    assert telegram.texts(ANN)[2] == "re: phí"


async def test_a_flood_is_told_once(bot: Bot, telegram: BotApi, configure: Any) -> None:
    configure(rate_limit_per_minute=2)
    await greeted(telegram)
    async with told(telegram, ANN, 3):
        for number in range(8):
            telegram.say(ANN, f"q{number}")
    await until(lambda: not telegram.pending)
    await asyncio.sleep(0.2)
    assert sum("gửi tin hơi nhanh" in text for text in telegram.texts(ANN)) == 1


async def test_a_text_that_is_too_long_is_refused_with_the_limit(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "dài " * 400)
    assert "quá giới hạn 1000" in telegram.texts(ANN)[1]


async def test_another_poller_is_reported(
    bot: Bot, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fault = Failing("getUpdates", Refusal(409, "Conflict: terminated by other getUpdates request"))
    channel = {"id": -100500, "type": "channel", "title": "News"}
    telegram.push({"channel_post": {"message_id": 5, "date": 1, "chat": channel, "text": "x"}})
    await until(lambda: "another process polls" in caplog.text)
    await greeted(telegram)


@pytest.fixture
def cleaned(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """A log as the bot's process keeps it; its handler is that of all tests, so the filter goes again."""
    without = Without(TOKEN)
    caplog.handler.addFilter(without)
    yield caplog
    caplog.handler.removeFilter(without)


async def test_faults_are_logged_without_words_and_token(
    bot: Bot, telegram: BotApi, cleaned: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog = cleaned
    caplog.set_level(logging.DEBUG)
    await greeted(telegram)

    async def broken(*args: object) -> None:
        raise RuntimeError("bí mật trong lỗi")

    monkeypatch.setattr("bot.telegram.door.gateway.take", broken)
    telegram.say(ANN, "câu hỏi bí mật")
    await until(lambda: "RuntimeError at" in caplog.text)
    logging.getLogger("httpx").warning("HTTP Request: POST https://api.telegram.org/bot%s/x", TOKEN)
    assert "bí mật" not in " ".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("telegram")
    )
    assert TOKEN not in caplog.handler.stream.getvalue()
    assert "botTOKEN/x" in caplog.text
