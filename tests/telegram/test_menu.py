"""Setting the menu: pauses are kept, and what is set is not set again."""

from __future__ import annotations

import asyncio

import pytest

from tests.telegram.bot_api import BotApi
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import Bot, Failing, too_many, until


@pytest.fixture
async def stopped(bot: Bot, telegram: BotApi) -> Bot:
    """A bot whose menu is being set anew at its next start."""
    await bot.stop()
    telegram.calls.clear()
    return bot


async def test_a_long_pause_is_kept(stopped: Bot, telegram: BotApi) -> None:
    telegram.fault = lambda method, _: too_many(3600) if method == "setMyDescription" else None
    await stopped.start()
    await until(lambda: telegram.methods("setMyDescription"))
    await asyncio.sleep(0.5)
    assert len(telegram.methods("setMyDescription")) == 1
    assert len(telegram.methods("setMyCommands")) == 2


async def test_after_a_fault_it_goes_on_where_it_was(stopped: Bot, telegram: BotApi) -> None:
    telegram.fault = Failing("setMyShortDescription", Refusal(502, "Bad Gateway"))
    await stopped.start()
    await until(lambda: len(telegram.methods("setMyShortDescription")) == 4)
    assert len(telegram.methods("setMyCommands")) == 6


async def test_what_is_never_taken_is_passed_over(
    stopped: Bot, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fault = Failing("setMyDescription", Refusal(400, "Bad Request: x"), Refusal(401, "Unauthorized"))
    await stopped.start()
    await until(lambda: len(telegram.methods("setMyShortDescription")) == 3)
    assert len(telegram.methods("setMyDescription")) == 3
    assert "not taken (" in caplog.text
