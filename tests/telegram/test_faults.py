"""What nobody has foreseen: whoever has asked is told, and the log holds no words."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from bot.telegram.faults import keep_out_of_logs
from tests.telegram.bot_api import TOKEN, BotApi
from tests.telegram.conftest import ANN, Bot, greeted, told, until

LIBRARIES = ("httpx", "httpcore", "telegram", "tornado.access", "apscheduler")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    async def take(*_: object) -> None:
        raise RuntimeError("x")

    monkeypatch.setattr("bot.telegram.door.gateway.take", take)


@pytest.mark.parametrize(("code", "words"), [("vi", "Xin lỗi, hệ thống gặp lỗi"), ("en", "Sorry, something")])
async def test_a_fault_is_told_in_the_readers_language(
    bot: Bot, telegram: BotApi, broken: None, code: str, words: str
) -> None:
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "phí", code=code)
    assert telegram.texts(ANN)[1].startswith(words)
    assert "/human" in telegram.texts(ANN)[1]


async def test_a_press_that_fails_is_answered_and_told(bot: Bot, telegram: BotApi, broken: None) -> None:
    await greeted(telegram)
    async with told(telegram, ANN, 1):
        telegram.press(telegram.in_chat(ANN)[0], "Cấp giấy")
    assert telegram.texts(ANN)[1].startswith("Xin lỗi")
    await until(lambda: not telegram.unanswered)


@pytest.fixture
def levels() -> Iterator[None]:
    """Levels and filters are those of all tests: put back afterwards."""
    loggers = [logging.getLogger(name) for name in LIBRARIES]
    before = [logger.level for logger in loggers]
    filters = [(handler, list(handler.filters)) for handler in logging.getLogger().handlers]
    yield
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)
    for handler, had in filters:
        handler.filters = had


async def test_calls_are_not_in_the_log(
    bot: Bot, telegram: BotApi, levels: None, caplog: pytest.LogCaptureFixture
) -> None:
    keep_out_of_logs(TOKEN)
    assert all(logging.getLogger(name).level == logging.WARNING for name in LIBRARIES)
    with caplog.at_level(logging.DEBUG):
        await greeted(telegram)
    assert not [record for record in caplog.records if record.name.startswith(LIBRARIES)]
