"""Updates over a webhook: only from whoever knows the secret, and confirmed once they are stored."""

from __future__ import annotations

import socket
from contextlib import suppress

import httpx
import pytest
from django.conf import settings

from bot.conversations.models import Message
from bot.launch import ports
from bot.telegram.application import webhook_secret
from tests.telegram.bot_api import BotApi
from tests.telegram.conftest import Bot, until

ANN = 1001
SECRET = "X-Telegram-Bot-Api-Secret-Token"


async def test_updates_come_by_webhook_with_the_secret(bot: Bot, telegram: BotApi) -> None:
    await bot.stop()
    port = ports.free()
    await bot.start(
        telegram_webhook_url="https://heza.example.vn/telegram/updates", telegram_webhook_port=port
    )
    await until(lambda: telegram.webhook and _listens(port))
    assert telegram.webhook["url"] == "https://heza.example.vn/telegram/updates"
    assert telegram.webhook["secret_token"] == webhook_secret(settings.HEZA)
    assert telegram.webhook["max_connections"] == "1"
    update = telegram.say(ANN, "phí")
    url = f"http://127.0.0.1:{port}/telegram/updates"
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        for headers in ({}, {SECRET: "guessed"}):
            refused = await client.post(url, json=update, headers=headers)
            assert refused.status_code == 403
        assert await Message.objects.acount() == 0
        right = {SECRET: webhook_secret(settings.HEZA)}
        assert (await client.post(url, json=update, headers=right)).status_code == 200
        assert await Message.objects.filter(author="user").acount() == 1
        await client.post(url, json=update, headers=right)
    await until(lambda: len(telegram.in_chat(ANN)) == 2)
    assert telegram.texts(ANN)[1] == "re: phí"


async def test_in_a_container_updates_are_taken_on_its_own_address(bot: Bot, telegram: BotApi) -> None:
    await bot.stop()
    port = ports.free()
    url = "https://heza.example.vn/telegram/updates"
    await bot.start(telegram_webhook_url=url, telegram_webhook_host="127.0.0.2", telegram_webhook_port=port)
    await until(lambda: telegram.webhook and _listens(port, "127.0.0.2"))
    assert not _listens(port)


# The library leaves the socket open that it could not bind.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_port_that_is_taken_is_tried_again(
    bot: Bot, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.stop()
    port = ports.free()
    with socket.create_server(("127.0.0.1", port)):
        await bot.start(telegram_webhook_url="https://heza.example.vn/t", telegram_webhook_port=port)
        await until(lambda: "the bot has stopped: OSError" in caplog.text)
    await until(lambda: telegram.webhook)


def _listens(port: int, host: str = "127.0.0.1") -> bool:
    with suppress(OSError), socket.create_connection((host, port), 1):
        return True
    return False
