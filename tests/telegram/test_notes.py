"""The door's own sentences: told after faults of the network and after the end of any process."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from bot.conversations import links, tasks, welcome
from bot.conversations.models import Conversation, PendingForget, PrivacyRequest
from bot.telegram import notes
from bot.telegram.models import Note
from tests.conversations.fake_door import FakeDoor
from tests.telegram.bot_api import BotApi
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import ANN, Bot, Failing, greeted, told, too_many, until

COMMANDS = {
    "/privacy": "Quyền riêng tư trên Telegram",
    "/language": "Bạn muốn tôi trả lời",
    "/mydata": "Đây là toàn bộ dữ liệu",
    "/forget": "Xóa toàn bộ các cuộc trò chuyện",
    "/weather": "Tôi không có lệnh này",
}


@pytest.mark.parametrize(("command", "words"), COMMANDS.items())
@pytest.mark.parametrize("refusal", [Refusal(502, "Bad Gateway"), Refusal(0, "hangs up"), too_many(30)])
async def test_own_words_are_told_after_a_fault(
    bot: Bot,
    telegram: BotApi,
    command: str,
    words: str,
    refusal: Refusal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.telegram.post.seconds_of", lambda error: 0.1)
    await greeted(telegram)
    telegram.fault = Failing("sendDocument" if command == "/mydata" else "sendMessage", refusal)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, command)
    assert telegram.texts(ANN)[-1].startswith(words)
    await until(lambda: not telegram.pending)
    await _nothing_kept()


@pytest.mark.parametrize(("command", "words"), COMMANDS.items())
async def test_own_words_are_told_after_a_kill(bot: Bot, telegram: BotApi, command: str, words: str) -> None:
    await greeted(telegram)
    telegram.fault = _nothing_sent
    telegram.say(ANN, command)
    await until(lambda: not telegram.pending)
    await bot.kill()
    telegram.fault = None
    async with told(telegram, ANN, 1):
        await bot.start()
    assert telegram.texts(ANN)[-1].startswith(words)
    assert len(telegram.in_chat(ANN)) == 2
    await _nothing_kept()


async def test_own_words_are_told_after_an_ordinary_stop(bot: Bot, telegram: BotApi) -> None:
    telegram.fault = _nothing_sent
    telegram.show(ANN, voice={"file_id": "x", "file_unique_id": "x", "duration": 3})
    await until(lambda: not telegram.pending)
    await bot.stop()
    telegram.fault = None
    async with told(telegram, ANN, 1):
        await bot.start()
    assert "chưa nghe được" in telegram.texts(ANN)[0]


async def test_a_carried_over_conversation_is_announced_after_a_fault(bot: Bot, telegram: BotApi) -> None:
    started = await sync_to_async(welcome.start)(language="en")
    code = await sync_to_async(links.make)(started.conversation)
    telegram.fault = Failing("sendMessage", Refusal(502, "Bad Gateway"))
    async with told(telegram, ANN, 1):
        telegram.say(ANN, f"/start c_{code}")
    assert "goes on here" in telegram.texts(ANN)[0]


async def test_words_and_answers_keep_their_order(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    telegram.fault = Failing("sendMessage", *[Refusal(502, "Bad Gateway")] * 3)
    async with told(telegram, ANN, 3):
        telegram.say(ANN, "một")
        await until(lambda: telegram.refused)
        telegram.say(ANN, "/privacy")
        telegram.say(ANN, "hai")
    assert [text[:5] for text in telegram.texts(ANN)[1:]] == ["re: m", "Quyền", "re: h"]


async def test_a_kill_after_the_press_does_not_undo_the_erasure(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await greeted(telegram)
    conversation = (await Conversation.objects.aget()).pk
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/forget")
    telegram.fault = _nothing_sent
    fake_door.shut()
    telegram.press(telegram.in_chat(ANN)[-1], "Xóa tất cả")
    await until(lambda: not telegram.pending)
    await bot.kill()
    assert await Conversation.objects.acount() == 0
    assert await PendingForget.objects.filter(pk=conversation).aexists()
    fake_door.open()
    telegram.fault = None
    async with told(telegram, ANN, 1):
        await bot.start()
    assert telegram.texts(ANN)[-1].startswith("Đã xóa mọi dữ liệu")
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)
    assert uuid.UUID(fake_door.bodies("forget")[-1]["sender"]) == conversation
    assert await PrivacyRequest.objects.filter(kind="erase").acount() == 1


async def test_a_copy_is_made_once_and_goes_with_the_conversation(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    telegram.fault = _nothing_sent
    telegram.say(ANN, "/mydata")
    await until(lambda: len([method for method, _ in telegram.refused if method == "sendDocument"]) > 2)
    assert await PrivacyRequest.objects.filter(kind="export").acount() == 1
    await Conversation.objects.all().adelete()
    await _nothing_kept()


async def test_who_blocks_us_is_told_nothing_more(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    telegram.blocked.add(ANN)
    telegram.say(ANN, "/privacy")
    await until(lambda: telegram.refused)
    await _nothing_kept()


async def test_after_a_day_it_is_not_worth_telling(transactional_db: None) -> None:
    await sync_to_async(notes.keep)("1", "cũ")
    await Note.objects.aupdate(at=timezone.now() - timedelta(days=1, minutes=1))
    assert await sync_to_async(notes.waiting)("1") == []
    assert await sync_to_async(notes.behind)() == []
    await sync_to_async(notes.keep)("2", "mới")
    assert [note.ref async for note in Note.objects.all()] == ["2"]


async def _nothing_kept() -> None:
    async with asyncio.timeout(30):
        while await Note.objects.aexists():
            await asyncio.sleep(0.02)


def _nothing_sent(method: str, params: object) -> Refusal | None:
    return Refusal(502, "Bad Gateway") if method.startswith("send") else None
