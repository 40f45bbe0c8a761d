"""A person and the bot: first words, questions, buttons, corrections, what is not text."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from asgiref.sync import sync_to_async

from bot.conversations import links
from bot.conversations.models import Channel, Conversation, Message
from bot.telegram.models import Chat
from tests.conversations.fake_door import FakeDoor, answer
from tests.telegram.bot_api import BotApi
from tests.telegram.conftest import SITE, Bot, told, until
from tests.telegram.updates import entities, private, user_of

ANN, BOB = 1001, 1002
PICTURE = {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]}
VOICE = {"voice": {"file_id": "x", "file_unique_id": "x", "duration": 3}}
PLACE = {"location": {"latitude": 20.8, "longitude": 106.7}}
CONTACT = {"contact": {"phone_number": "0912345678", "first_name": "X"}}
DICE = {"dice": {"emoji": "🎲", "value": 3}}


async def test_the_first_words_then_the_answer(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "phí bao nhiêu")
    welcome, reply = telegram.in_chat(ANN)
    assert "trợ lý tự động" in welcome.text
    assert "automated assistant" in welcome.text
    assert f'href="{SITE}/privacy?language=vi"' in welcome.params["text"]
    assert len(welcome.buttons) == 4
    assert reply.text == "re: phí bao nhiêu"
    assert telegram.methods("sendChatAction")[0]["action"] == "typing"


async def test_start_greets_and_asks_nobody(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/start")
    await asyncio.sleep(0.1)
    assert len(telegram.in_chat(ANN)) == 1
    assert fake_door.calls == []
    assert (await Conversation.objects.aget()).channel == "telegram"


async def test_pressed_buttons_are_asked_and_answered(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    button = {"title": "Lệ phí", "payload": '/select_record{"record":"irc_issue","aspect":"fee"}'}
    fake_door.answering = lambda body: answer("10 ngày", buttons=[button])
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "bao lâu")
    async with told(telegram, ANN, 1):
        telegram.press(telegram.in_chat(ANN)[-1], "Lệ phí")
    assert fake_door.bodies()[-1]["payload"] == button["payload"]
    await until(lambda: not telegram.unanswered)


async def test_buttons_live_on_after_a_restart(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/start")
    await bot.stop()
    await bot.start()
    async with told(telegram, ANN, 1):
        telegram.press(telegram.in_chat(ANN)[0], "Cấp giấy")
    assert telegram.texts(ANN)[-1].startswith("re: Cấp giấy chứng nhận đăng ký đầu tư")


async def test_an_old_button_is_refused_politely(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/start")
    telegram.press(telegram.in_chat(ANN)[0], "", data="of-another-time")
    await until(lambda: not telegram.unanswered)
    shown = telegram.methods("answerCallbackQuery")[-1]
    assert shown["text"].startswith("Nút này không còn dùng được")
    assert shown["show_alert"] == "True" or shown["show_alert"] == "true"


async def test_pressing_twice_asks_once(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/start")
    fake_door.seconds = 0.4
    async with told(telegram, ANN, 1):
        telegram.press(telegram.in_chat(ANN)[0], "Cấp giấy")
        telegram.press(telegram.in_chat(ANN)[0], "Cấp giấy")
    await asyncio.sleep(0.3)
    assert len(fake_door.bodies()) == 1
    assert not telegram.unanswered


async def test_pages_are_turned_in_the_message(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    lines = "\n".join(f"- **Khu {number}**" for number in range(30))
    fake_door.answering = lambda body: answer(f"30 khu:\n{lines}")
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "các khu")
    shown = telegram.in_chat(ANN)[-1]
    assert "Khu 9" in shown.text
    assert "Khu 10" not in shown.text
    telegram.press(shown, "▶")
    await until(lambda: telegram.sent[-1].method == "editMessageText")
    assert telegram.sent[-1].message_id == shown.message_id
    assert "Khu 10" in telegram.sent[-1].text
    assert "Khu 9\n" not in telegram.sent[-1].text
    # Somebody else's page is not shown.
    telegram.say(BOB, "/start")
    await until(lambda: telegram.in_chat(BOB))
    telegram.press(telegram.in_chat(BOB)[0], "", data=shown.button("▶")["callback_data"])
    await until(lambda: not telegram.unanswered)
    assert [one.chat_id for one in telegram.sent if one.method == "editMessageText"] == [ANN]


async def test_an_edit_is_answered_as_a_correction(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 2):
        asked = telegram.say(ANN, "phi la bao nhieu")
    async with told(telegram, ANN, 1):
        telegram.edit(asked, "phí thẩm định là bao nhiêu")
    reply = telegram.in_chat(ANN)[-1]
    assert reply.text == "Trả lời cho tin nhắn bạn vừa sửa\n\nre: phí thẩm định là bao nhiêu"
    assert f'"message_id": {asked["message"]["message_id"]}' in reply.params["reply_parameters"]


async def test_an_edit_that_changes_nothing_is_no_question(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    async with told(telegram, ANN, 2):
        asked = telegram.say(ANN, "phí bao nhiêu")
    telegram.edit(asked, "phí bao nhiêu")
    await until(lambda: not telegram.pending)
    await asyncio.sleep(0.1)
    assert len(fake_door.bodies()) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (PICTURE, "chưa xem được ảnh"),
        ({"document": {"file_id": "x", "file_unique_id": "x"}}, "chưa xem được ảnh"),
        (VOICE, "chưa nghe được"),
        (PLACE, "không dùng vị trí"),
        (CONTACT, "không được nhận qua Telegram"),
        (DICE, "chỉ đọc được chữ"),
        (
            {
                "sticker": {
                    "file_id": "x",
                    "file_unique_id": "x",
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            },
            "chỉ đọc được chữ",
        ),
    ],
)
async def test_what_is_not_text_is_declined(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, fields: dict[str, Any], words: str
) -> None:
    async with told(telegram, ANN, 1):
        telegram.show(ANN, **fields)
    assert words in telegram.texts(ANN)[0]
    assert fake_door.calls == []
    assert await Message.objects.acount() == 0


async def test_a_contact_is_sent_to_the_form_on_the_website(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 1):
        telegram.show(ANN, contact={"phone_number": "0912345678", "first_name": "X"})
    assert telegram.in_chat(ANN)[0].buttons[0]["url"] == f"{SITE}/?language=vi"


@pytest.mark.parametrize("fields", [PICTURE, VOICE, PLACE, CONTACT, DICE])
async def test_who_has_asked_finds_the_form_filled_in(
    bot: Bot, telegram: BotApi, fields: dict[str, Any]
) -> None:
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "phí bao nhiêu")
    async with told(telegram, ANN, 1):
        telegram.show(ANN, **fields)
    (button,) = telegram.in_chat(ANN)[-1].buttons
    address = urlsplit(button["url"])
    given = parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{SITE}/chat"
    assert (given["language"], given["then"]) == (["vi"], ["inquiry"])
    opened = await sync_to_async(links.redeem)(given["link"][0], Channel.WEB)
    assert opened == (await Conversation.objects.aget()).pk


@pytest.mark.parametrize("group", [False, True])
async def test_what_is_first_heard_as_an_edit_is_answered(bot: Bot, telegram: BotApi, group: bool) -> None:
    chat_id = -100777 if group else ANN
    chat = {"id": chat_id, "type": "supergroup", "title": "Group"} if group else private(ANN)
    words = "@heza_test_bot phí" if group else "phí"
    head = {"message_id": 900, "date": 1, "chat": chat, "from": user_of(ANN), "text": words}
    async with told(telegram, chat_id, 2):
        telegram.push({"edited_message": {**head, "edit_date": 2, **entities(words)}})
    assert telegram.texts(chat_id)[-1].endswith("re: phí")


async def test_words_below_a_picture_are_answered_and_albums_declined_once(
    bot: Bot, telegram: BotApi
) -> None:
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
    async with told(telegram, ANN, 3):
        telegram.show(ANN, photo=photo, caption="phí bao nhiêu", media_group_id="a1")
        telegram.show(ANN, photo=photo, media_group_id="a1")
    await asyncio.sleep(0.1)
    texts = telegram.texts(ANN)
    assert texts[-1] == "re: phí bao nhiêu"
    assert sum("chưa xem được ảnh" in text for text in texts) == 1


async def test_what_nobody_says_to_us_is_ignored(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    head = {"message_id": 5, "date": 1, "chat": {"id": -100500, "type": "channel", "title": "News"}}
    user = {"id": ANN, "is_bot": False, "first_name": "User"}
    group = {"id": -7, "type": "group", "title": "Group"}
    member = {"user": user, "status": "member"}
    telegram.push({"channel_post": {**head, "text": "phí"}})
    telegram.push({"message": {**head, "chat": group, "from": user, "new_chat_members": [user]}})
    telegram.push({"message": {**head, "chat": group, "from": {**user, "is_bot": True}, "text": "phí"}})
    telegram.push(
        {
            "my_chat_member": {
                "chat": {"id": ANN, "type": "private"},
                "from": user,
                "date": 1,
                "old_chat_member": {"user": user, "status": "left"},
                "new_chat_member": member,
            }
        }
    )
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "phí")
    assert len(fake_door.bodies()) == 1
    assert {one.chat_id for one in telegram.sent} == {ANN}


async def test_personal_data_is_masked_before_it_is_kept(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 3):
        telegram.say(ANN, "số của tôi 0912345678, phí bao nhiêu", code="vi")
    assert "0912345678" not in (await Message.objects.aget(author="user")).text
    assert any("che dữ liệu cá nhân" in text for text in telegram.texts(ANN))


async def test_a_forced_intent_is_only_an_unknown_command(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/restart")
    assert "không có lệnh này" in telegram.texts(ANN)[0]
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "\u00a0/restart", entities=[])
    assert fake_door.bodies() == [{**fake_door.bodies()[0], "text": "restart"}]


async def test_the_apps_language_is_only_a_hint(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "IRC", code="ko")
    assert fake_door.bodies()[0]["language"] == "en"
    fake_door.answering = lambda body: answer("vâng", language="vi")
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí bao nhiêu", code="ko")
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "IRC", code="ko")
    assert fake_door.bodies()[2]["language"] == "vi"


async def test_two_people_are_two_conversations(bot: Bot, telegram: BotApi) -> None:
    telegram.say(ANN, "một")
    telegram.say(BOB, "hai")
    await until(lambda: len(telegram.in_chat(ANN)) == len(telegram.in_chat(BOB)) == 2)
    assert (telegram.texts(ANN)[1], telegram.texts(BOB)[1]) == ("re: một", "re: hai")
    assert await Chat.objects.acount() == 2
