"""Officers in a chat, and what Telegram says of each delivery."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from bot.conversations import gateway, handoff, links, outbox, welcome
from bot.conversations.models import Channel, Conversation, Delivery
from tests.conversations.fake_door import FakeDoor
from tests.telegram.bot_api import BotApi
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import Bot, told, too_many, until

ANN = 1001


async def _officer() -> AbstractUser:
    return await sync_to_async(get_user_model().objects.create_superuser)("officer")


async def _do(deed: Any, staff: AbstractUser, *args: Any) -> Any:
    conversation = await Conversation.objects.aget()
    return await sync_to_async(deed)(conversation.pk, staff, *args)


async def _state(number: int = -1) -> str:
    states = [delivery.state async for delivery in Delivery.objects.order_by("pk")]
    return str(states[number])


async def _becomes(state: str) -> None:
    async with asyncio.timeout(30):
        while await _state() != state:
            await asyncio.sleep(0.02)


async def _greeted(telegram: BotApi) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/start")


async def test_an_officer_answers_and_gives_back(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    await _greeted(telegram)
    officer = await _officer()
    async with told(telegram, ANN, 3):
        await _do(handoff.claim, officer)
        await _do(handoff.reply, officer, "Chào bạn.\nTôi xem giúp.", "r1")
        await _do(handoff.reply, officer, "Xong rồi.", "r2")
    assert telegram.texts(ANN)[1:] == [
        "Cán bộ hỗ trợ đã vào cuộc trò chuyện và sẽ trả lời bạn từ bây giờ.",
        "Cán bộ hỗ trợ:\nChào bạn.\nTôi xem giúp.",
        "Cán bộ hỗ trợ:\nXong rồi.",
    ]
    await _becomes("sent")
    telegram.say(ANN, "cảm ơn")
    await until(lambda: not telegram.pending)
    await asyncio.sleep(0.2)
    # While a person answers, the assistant is silent.
    assert (len(telegram.in_chat(ANN)), fake_door.bodies()) == (4, [])
    async with told(telegram, ANN, 1):
        await _do(handoff.give_back, officer)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert telegram.texts(ANN)[-1] == "re: phí"


async def test_failed_tries_are_tried_again(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
    officer = await _officer()
    refusals = iter([Refusal(502, "Bad Gateway"), Refusal(0, "hangs up")])
    telegram.fault = lambda method, params: next(refusals, None) if method == "sendMessage" else None
    async with told(telegram, ANN, 1):
        await _do(handoff.claim, officer)
    await _becomes("sent")
    assert (await Delivery.objects.aget()).reason == "NetworkError"


async def test_a_chat_that_blocks_us_is_given_up(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
    officer = await _officer()
    telegram.blocked.add(ANN)
    await _do(handoff.claim, officer)
    await _becomes("failed")
    assert (await Delivery.objects.aget()).reason == "blocked"
    refused = len(telegram.refused)
    await _do(handoff.reply, officer, "Chào", "r1")
    await _becomes("failed")
    assert len(telegram.refused) == refused


async def test_a_conversation_that_has_moved_to_the_website_is_not_sent_here(
    bot: Bot, telegram: BotApi
) -> None:
    await _greeted(telegram)
    officer = await _officer()
    await bot.stop()
    await _do(handoff.claim, officer)
    conversation = await Conversation.objects.aget()
    code = await sync_to_async(links.make)(conversation.pk)
    await sync_to_async(links.redeem)(code, Channel.WEB)
    await bot.start()
    await asyncio.sleep(0.3)
    assert len(telegram.in_chat(ANN)) == 1
    # It waits for the page instead, which shows it.
    assert [(each.channel, each.state) async for each in Delivery.objects.all()] == [("web", "queued")]
    await gateway.history(conversation.pk, conversation.last_message_id + 1)
    assert await _state() == "delivered"


async def test_what_was_not_seen_on_the_website_comes_along(bot: Bot, telegram: BotApi) -> None:
    started = await sync_to_async(welcome.start)(language="en")
    officer = await _officer()
    await _do(handoff.claim, officer)
    seen = await _do(handoff.reply, officer, "You have seen this.", "r1")
    await sync_to_async(outbox.shown_up_to)(started.conversation, seen.pk)
    await _do(handoff.reply, officer, "You have not seen this.", "r2")
    code = await sync_to_async(links.make)(started.conversation)
    async with told(telegram, ANN, 2):
        telegram.say(ANN, f"/start c_{code}")
    await _becomes("sent")
    await asyncio.sleep(0.2)
    # In the order in which they were written.
    unseen, carried = telegram.texts(ANN)
    assert unseen.splitlines()[-1] == "You have not seen this."
    assert "goes on here" in carried


@pytest.mark.parametrize("refusal", [too_many(3600), Refusal(502, "Bad Gateway")])
async def test_after_the_last_try_what_follows_is_sent(
    bot: Bot, telegram: BotApi, monkeypatch: pytest.MonkeyPatch, refusal: Refusal
) -> None:
    await _greeted(telegram)
    officer = await _officer()
    monkeypatch.setattr(outbox, "MAX_ATTEMPTS", 1)
    telegram.fault = lambda method, params: refusal if "đã vào cuộc" in params.get("text", "") else None
    await _do(handoff.claim, officer)
    await _becomes("failed")
    async with told(telegram, ANN, 1):
        await _do(handoff.reply, officer, "Chào bạn.", "r1")
    assert telegram.texts(ANN)[-1] == "Cán bộ hỗ trợ:\nChào bạn."
    await _becomes("sent")
    assert await _state(0) == "failed"
