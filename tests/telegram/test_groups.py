"""In a group the bot answers only whoever speaks to it, each in a talk of their own, and nothing personal."""

from __future__ import annotations

import asyncio

import pytest

from bot.conversations.models import Conversation
from bot.telegram import chats
from tests.conversations.fake_door import Body, FakeDoor, answer
from tests.telegram.bot_api import BotApi
from tests.telegram.conftest import Bot, told, until

GROUP, ANN, BOB = -100777, 1001, 1002


async def test_only_mentions_are_answered_as_replies(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    telegram.say_in_group(GROUP, ANN, "phí bao nhiêu nhỉ")
    telegram.say_in_group(GROUP, ANN, "@another_bot phí bao nhiêu")
    async with told(telegram, GROUP, 2):
        asked = telegram.say_in_group(GROUP, ANN, "@heza_test_bot phí bao nhiêu")
    intro, reply = telegram.in_chat(GROUP)
    assert "trợ lý tự động" in intro.text
    assert reply.text == "re: phí bao nhiêu"
    assert f'"message_id": {asked["message"]["message_id"]}' in reply.params["reply_parameters"]
    assert [body["text"] for body in fake_door.bodies()] == ["phí bao nhiêu"]


async def test_everybody_has_a_talk_of_their_own(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    fake_door.answering = lambda body: answer("vâng", buttons=[{"title": "Phí", "payload": "/help"}])
    async with told(telegram, GROUP, 4):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot một")
        telegram.say_in_group(GROUP, BOB, "@heza_test_bot hai")
    refs = {talk.channel_ref async for talk in Conversation.objects.all()}
    assert refs == {f"{GROUP}:{ANN}", f"{GROUP}:{BOB}"}
    of_ann = next(one for one in telegram.in_chat(GROUP) if one.buttons)
    telegram.press(of_ann, "Phí", user=BOB)
    await until(lambda: not telegram.unanswered)
    telegram.press(of_ann, "Phí", user=ANN)
    await until(lambda: not telegram.unanswered)
    answers = [call.get("text", "") for call in telegram.methods("answerCallbackQuery")]
    assert sorted(text[:30] for text in answers) == ["", "Nút này thuộc câu hỏi của ngườ"]


async def test_an_old_button_of_ones_own_is_not_called_somebody_elses(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    fake_door.answering = lambda body: answer("vâng", buttons=[{"title": "Phí", "payload": "/help"}])
    async with told(telegram, GROUP, 2):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot một")
    own = telegram.in_chat(GROUP)[-1]
    await Conversation.objects.all().adelete()
    for data in (None, "page:1:1"):
        telegram.press(own, "Phí", user=ANN, data=data)
        await until(lambda: not telegram.unanswered)
        last = telegram.methods("answerCallbackQuery")[-1]
        assert last["text"] == "Nút này không còn dùng được. Hãy nhắc tên tôi kèm câu hỏi của bạn."


async def test_somebody_elses_page_is_not_turned(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    lines = "\n".join(f"- **Khu {number}**" for number in range(30))
    fake_door.answering = lambda body: answer(lines)
    async with told(telegram, GROUP, 2):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot các khu")
    telegram.press(telegram.in_chat(GROUP)[-1], "▶", user=BOB)
    await until(lambda: not telegram.unanswered)
    assert telegram.methods("answerCallbackQuery")[-1]["text"].startswith("Nút này thuộc câu hỏi của người")


async def test_a_name_alone_is_asked_for_the_question(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, GROUP, 1):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot")
    assert "@heza_test_bot giấy phép lao động" in " ".join(telegram.texts(GROUP))


async def test_commands_are_answered_but_nothing_personal(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    async with told(telegram, GROUP, 2):
        telegram.say_in_group(GROUP, ANN, "/zones@heza_test_bot")
    for command in ("/track", "/human", "/mydata", "/forget", "/web"):
        async with told(telegram, GROUP, 1):
            telegram.say_in_group(GROUP, ANN, command)
        last = telegram.in_chat(GROUP)[-1]
        assert "nhắn riêng cho tôi" in last.text
        assert last.buttons[0]["url"] == "https://t.me/heza_test_bot"
    assert [body["payload"] for body in fake_door.bodies()] == ["/list_zones"]


async def test_a_look_up_asked_for_in_words_is_moved_to_the_private_chat(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    asks = answer("Mã hồ sơ của bạn là gì?")
    asks["understood"]["intent"]["name"] = "dossier_status"
    fake_door.answering = lambda body: asks if body.get("text") else answer("Đã dừng.")
    async with told(telegram, GROUP, 2):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot hồ sơ của tôi đến đâu rồi")
    await until(lambda: len(fake_door.bodies()) == 2)
    await asyncio.sleep(0.2)
    assert fake_door.bodies()[1]["payload"] == "/cancel"
    assert [text[:12] for text in telegram.texts(GROUP)] == ["Tôi là trợ l", "Việc này liê"]


REFUSED = ["Tôi là trợ l", "Việc này liê"]


def _understood(intent: str, text: str = "Tôi chuyển bạn.", handoff: str | None = None) -> Body:
    answered = answer(text, handoff=handoff)
    answered["understood"]["intent"]["name"] = intent
    return answered


@pytest.mark.parametrize(
    ("intent", "reason"),
    [("request_human", "asked"), ("complaint", "complaint"), ("nlu_fallback", "misunderstood")],
)
async def test_no_person_is_called_in_a_group(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, intent: str, reason: str
) -> None:
    fake_door.answering = lambda body: _understood(intent, handoff=reason)
    async with told(telegram, GROUP, 2):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot gặp cán bộ")
    await asyncio.sleep(0.2)
    assert [text[:12] for text in telegram.texts(GROUP)] == REFUSED
    assert telegram.in_chat(GROUP)[-1].buttons[0]["url"] == "https://t.me/heza_test_bot"
    assert (await Conversation.objects.aget()).mode == "bot"


@pytest.mark.parametrize("payload", ["/request_human", "/complaint", "/dossier_status"])
async def test_buttons_for_what_is_private_lead_to_the_private_chat(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, payload: str
) -> None:
    fake_door.answering = lambda body: answer("vâng", buttons=[{"title": "Riêng", "payload": payload}])
    async with told(telegram, GROUP, 2):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot một")
    async with told(telegram, GROUP, 1):
        telegram.press(telegram.in_chat(GROUP)[-1], "Riêng", user=ANN)
    assert telegram.texts(GROUP)[-1][:12] == REFUSED[-1]
    assert len(fake_door.bodies()) == 1
    await until(lambda: not telegram.unanswered)


async def test_the_button_for_a_person_leads_to_the_private_chat(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    # Nothing to say: the gateway itself offers a person.
    fake_door.answering = lambda body: {**answer(""), "messages": []}
    async with told(telegram, GROUP, 2):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot một")
    async with told(telegram, GROUP, 1):
        telegram.press(telegram.in_chat(GROUP)[-1], "Gặp cán bộ", user=ANN)
    assert telegram.texts(GROUP)[-1][:12] == REFUSED[-1]
    assert (await Conversation.objects.aget()).mode == "bot"


async def test_a_pin_is_not_answered_in_a_group(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    result = _understood("nlu_fallback", "Hồ sơ đã sẵn sàng.")
    result["understood"]["action"] = "dossier_form"
    fake_door.answering = lambda body: result if body.get("text") else answer("Đã dừng.")
    async with told(telegram, GROUP, 2):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot 482915")
    await asyncio.sleep(0.2)
    assert [text[:12] for text in telegram.texts(GROUP)] == REFUSED


async def test_a_form_that_was_left_open_is_closed_before_the_next_words(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = _understood("dossier_status", "Mã hồ sơ của bạn là gì?")
    fake_door.answering = lambda body: asks if "hồ sơ" in body.get("text", "") else answer("vâng")
    # The worker has answered it, who knows nothing of groups.
    with monkeypatch.context() as patched:
        patched.setattr(chats, "is_private", lambda message_id: False)
        async with told(telegram, GROUP, 2):
            telegram.say_in_group(GROUP, ANN, "@heza_test_bot hồ sơ của tôi")
    async with told(telegram, GROUP, 1):
        telegram.say_in_group(GROUP, ANN, "@heza_test_bot 482915")
    assert [body.get("payload") or body["text"] for body in fake_door.bodies()] == [
        "hồ sơ của tôi",
        "/cancel",
        "482915",
    ]


async def test_other_peoples_pictures_and_commands_are_left_alone(bot: Bot, telegram: BotApi) -> None:
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
    head = {"message_id": 5, "date": 1, "chat": {"id": GROUP, "type": "supergroup", "title": "Group"}}
    user = {"id": ANN, "is_bot": False, "first_name": "User"}
    telegram.push({"message": {**head, "from": user, "photo": photo}})
    telegram.say_in_group(GROUP, ANN, "/weather")
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/start")
    assert telegram.in_chat(GROUP) == []
