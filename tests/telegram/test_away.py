"""Telegram away, for all or for one chat only: nobody else is kept from being told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model

from bot.conversations import database, handoff
from bot.conversations.models import Conversation, Delivery
from bot.conversations.problems import busy
from bot.telegram import chats
from tests.telegram.bot_api import BotApi, Json
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import ANN, BOB, Bot, greeted, told, too_many, until

AWAY = Refusal(502, "Bad Gateway")


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.post._AWAY_SECONDS", 0.2)


class Only:
    """Faults of one chat, the last of them again and again."""

    def __init__(self, chat_id: int, *refusals: Refusal) -> None:
        self.chat_id, self.refusals, self.seen = chat_id, list(refusals), 0

    def __call__(self, method: str, params: Json) -> Refusal | None:
        if method != "sendMessage" or params["chat_id"] != str(self.chat_id):
            return None
        self.seen += 1
        return self.refusals[min(self.seen, len(self.refusals)) - 1]


async def _an_officer_takes(person: int) -> None:
    officer = await sync_to_async(get_user_model().objects.create_superuser)("officer")
    conversation = await Conversation.objects.aget(channel_ref=str(person))
    await sync_to_async(handoff.claim)(conversation.pk, officer)


@pytest.mark.parametrize(
    "last",
    [Refusal(403, "Forbidden: blocked"), Refusal(400, "Bad Request: chat not found"), too_many(3600), AWAY],
)
async def test_one_chats_faults_silence_no_other(
    bot: Bot, telegram: BotApi, last: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await greeted(telegram, ANN)
    await greeted(telegram, BOB)
    if last is not AWAY:
        # What resets it is the refusal itself, not the look at the outbox that is due sometime.
        monkeypatch.setattr("bot.telegram.post._AWAY_SECONDS", 1000.0)
    faults = telegram.fault = Only(ANN, AWAY, last)
    telegram.say(ANN, "phí")
    await until(lambda: faults.seen >= 2)
    async with told(telegram, BOB, 1):
        await _an_officer_takes(BOB)


async def test_no_tries_are_used_up_meanwhile(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram, ANN)
    await greeted(telegram, BOB)
    telegram.fault = lambda method, _: AWAY if method == "sendMessage" else None
    telegram.say(ANN, "phí")
    await until(lambda: telegram.refused)
    await asyncio.sleep(0.2)
    await _an_officer_takes(BOB)
    refused = len(telegram.refused)
    await until(lambda: len(telegram.refused) > refused + 4)
    assert [each.attempts async for each in Delivery.objects.filter(channel="telegram")] == [0]
    telegram.fault = None
    await until(lambda: len(telegram.in_chat(ANN)) == len(telegram.in_chat(BOB)) == 2)


async def test_the_look_at_the_start_is_made_again(
    bot: Bot, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    await greeted(telegram)
    telegram.fault = lambda method, _: AWAY if method == "sendMessage" else None
    telegram.say(ANN, "phí")
    await until(lambda: telegram.refused)
    await bot.kill()
    telegram.fault = None
    locked = iter([busy(), busy()])
    run = database.run

    async def looking(work: Any, *args: Any) -> Any:
        if work is chats.behind and (problem := next(locked, None)):
            raise problem
        return await run(work, *args)

    monkeypatch.setattr("bot.telegram.post.run", looking)
    async with told(telegram, ANN, 1):
        await bot.start()
    assert telegram.texts(ANN)[1:] == ["re: phí"]


async def test_nobody_is_shown_typing_after_a_block(
    bot: Bot, telegram: BotApi, fake_door: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await greeted(telegram)
    monkeypatch.setattr("bot.telegram.door._TYPING_SECONDS", 0.02)
    telegram.calls.clear()
    fake_door.seconds = 0.5
    telegram.fault = lambda method, _: Refusal(403, "Forbidden: x") if method == "sendChatAction" else None
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert len(telegram.methods("sendChatAction")) == 1
