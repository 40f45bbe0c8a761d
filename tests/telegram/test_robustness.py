"""What Telegram, networks and processes do to a bot: nothing asked is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from bot.conversations import database, tasks
from bot.conversations.models import Conversation, Message
from bot.telegram import application as running
from bot.telegram.limits import ChatLimiter
from bot.telegram.models import Chat
from tests.conversations.fake_door import FakeDoor
from tests.telegram.bot_api import TOKEN, BotApi, Json
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import Bot, told, until

ANN, BOB = 1001, 1002


class Failing:
    """Lets calls of a method fail so many times."""

    def __init__(self, method: str, *refusals: Refusal) -> None:
        self.method, self.refusals = method, list(refusals)

    def __call__(self, method: str, params: Json) -> Refusal | None:
        return self.refusals.pop(0) if method == self.method and self.refusals else None


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


async def _greeted(telegram: BotApi, person: int = ANN) -> None:
    async with told(telegram, person, 1):
        telegram.say(person, "/start")


async def test_answers_stay_in_order_however_fast_one_asks(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
    async with told(telegram, ANN, 10):
        for number in range(10):
            telegram.say(ANN, f"q{number}")
    assert telegram.texts(ANN)[1:] == [f"re: q{number}" for number in range(10)]


async def test_a_slow_answer_holds_up_nobody_else(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    await _greeted(telegram, ANN)
    await _greeted(telegram, BOB)
    fake_door.seconds = 1.0
    telegram.say(ANN, "chậm")
    await fake_door.busy()
    fake_door.seconds = 0.0
    async with told(telegram, BOB, 1):
        telegram.say(BOB, "nhanh")
    assert len(telegram.in_chat(ANN)) == 1
    await until(lambda: len(telegram.in_chat(ANN)) == 2)


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


async def test_an_edit_that_overtakes_its_message(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    await _greeted(telegram)
    user = {"id": ANN, "is_bot": False, "first_name": "User"}
    chat = {"id": ANN, "type": "private"}
    message = {"message_id": 900, "date": 1, "chat": chat, "from": user, "text": "phi"}
    async with told(telegram, ANN, 1):
        telegram.push({"edited_message": {**message, "text": "phí", "edit_date": 2}}, 901)
    telegram.push({"message": message}, 900)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "sau")
    assert [body["text"] for body in fake_door.bodies()] == ["phí", "sau"]


async def test_telegrams_pauses_are_kept(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
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
    await _greeted(telegram)
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
    await _greeted(telegram)
    telegram.blocked.add(ANN)
    telegram.say(ANN, "phí")
    await until(lambda: any(refusal.code == 403 for _, refusal in telegram.refused))
    async with asyncio.timeout(5):
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
    await _greeted(telegram)
    fake_door.seconds = 0.3
    telegram.say(ANN, "một")
    await fake_door.busy()
    telegram.shut()
    await asyncio.sleep(0.8)
    telegram.open()
    await until(lambda: len(telegram.in_chat(ANN)) == 2, 20)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "hai")
    assert telegram.texts(ANN)[1:] == ["re: một", "re: hai"]


async def test_a_connection_that_breaks_off(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
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
    await _greeted(telegram)
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


async def test_what_could_not_be_noted_is_sent_again(
    bot: Bot, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill between the send and the note of it: rather twice than never."""
    from bot.telegram import chats

    await _greeted(telegram)
    deaths = iter([RuntimeError("no note")])

    async def dying(*args: Any) -> Any:
        if args[0] is chats.sent and (death := next(deaths, None)):
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
    await asyncio.sleep(0.3)
    telegram.open()
    await _greeted(telegram)
    assert "Telegram is not reached" in caplog.text


async def test_a_refused_token_is_said_and_harms_nothing(
    bot: Bot, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.stop()
    await bot.start(telegram_token="1:wrong")
    await until(lambda: "not accepted" in caplog.text)
    await bot.stop()
    assert "1:wrong" not in caplog.text


async def test_what_is_asked_while_the_bot_is_away(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
    await bot.stop()
    for number in range(3):
        telegram.say(ANN, f"q{number}")
    await bot.start()
    await until(lambda: len(telegram.in_chat(ANN)) == 4)
    assert telegram.texts(ANN)[1:] == ["re: q0", "re: q1", "re: q2"]


async def test_a_bot_that_dies_before_it_has_sent_the_answer(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await _greeted(telegram)
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
    await _greeted(telegram)
    parts = [f"{number} " + "chữ " * 900 for number in range(3)]
    telegram.say(ANN, "x" * 10)
    await until(lambda: len(telegram.in_chat(ANN)) == 2)

    def answering(body: Json) -> Json:
        from tests.conversations.fake_door import answer

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
    await _greeted(telegram)
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
    await _greeted(telegram)
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
    await _greeted(telegram)
    fake_door.seconds = 1.0
    telegram.say(ANN, "phí")
    await fake_door.busy()
    await asyncio.wait_for(bot.stop(), 0.9)
    fake_door.seconds = 0.0
    await bot.start()
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)
    await until(lambda: len(telegram.in_chat(ANN)) == 3)
    assert telegram.texts(ANN)[2] == "re: phí"


async def test_a_locked_database_confirms_nothing(
    bot: Bot, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.conversations import gateway
    from bot.conversations.problems import busy

    await _greeted(telegram)
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
    await _greeted(telegram)
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


async def test_an_answer_after_an_outage_comes_by_itself(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    await _greeted(telegram)
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
    await _greeted(telegram)
    async with told(telegram, ANN, 3):
        for number in range(8):
            telegram.say(ANN, f"q{number}")
    await until(lambda: not telegram.pending)
    await asyncio.sleep(0.2)
    assert sum("gửi tin hơi nhanh" in text for text in telegram.texts(ANN)) == 1


async def test_a_text_that_is_too_long_is_refused_with_the_limit(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "dài " * 400)
    assert "quá giới hạn 1000" in telegram.texts(ANN)[1]


async def test_html_that_telegram_does_not_take_is_sent_as_text(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
    telegram.fault = Failing("sendMessage", Refusal(400, "Bad Request: can't parse entities: x"))
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "a < b")
    assert telegram.texts(ANN)[1] == "re: a < b"
    assert "parse_mode" not in telegram.in_chat(ANN)[1].params


async def test_one_message_that_can_never_be_sent_holds_up_nothing(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
    telegram.fault = Failing("sendMessage", Refusal(400, "Bad Request: chat not found"))
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "một")
        telegram.say(ANN, "hai")
    assert telegram.texts(ANN)[1:] == ["re: hai"]


async def test_another_poller_is_reported(
    bot: Bot, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fault = Failing("getUpdates", Refusal(409, "Conflict: terminated by other getUpdates request"))
    channel = {"id": -100500, "type": "channel", "title": "News"}
    telegram.push({"channel_post": {"message_id": 5, "date": 1, "chat": channel, "text": "x"}})
    await until(lambda: "another process polls" in caplog.text)
    await _greeted(telegram)


async def test_faults_are_logged_without_words_and_token(
    bot: Bot, telegram: BotApi, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.telegram.faults import Without

    caplog.handler.addFilter(Without(TOKEN))
    caplog.set_level(logging.DEBUG)
    await _greeted(telegram)

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


async def test_the_pool_is_left_clean(bot: Bot, telegram: BotApi) -> None:
    await _greeted(telegram)
    await bot.stop()
    assert await database.run(Chat.objects.count) == 1
