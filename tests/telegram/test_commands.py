"""Commands, links into the chat, and what a reader may ask about their data."""

from __future__ import annotations

import asyncio
import json
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from asgiref.sync import sync_to_async

from bot.conversations import links, welcome
from bot.conversations.models import Channel, Conversation, Message, PrivacyRequest
from bot.registry.models import Record
from bot.telegram.models import Chat
from tests.conversations.fake_door import FakeDoor
from tests.telegram.bot_api import BotApi
from tests.telegram.conftest import SITE, Bot, told, until

ANN = 1001


async def test_menus_for_each_language_and_kind_of_chat(bot: Bot, telegram: BotApi) -> None:
    await until(lambda: len(telegram.methods("setMyShortDescription")) == 3)
    menus = {
        (json.loads(call["scope"])["type"], call.get("language_code")): json.loads(call["commands"])
        for call in telegram.methods("setMyCommands")
    }
    assert len(menus) == 6
    names = [command["command"] for command in menus["all_private_chats", "vi"]]
    assert names == [
        *("help", "procedures", "zones", "incentives", "track", "human", "web"),
        *("language", "privacy", "mydata", "forget"),
    ]
    in_groups = {command["command"] for command in menus["all_group_chats", None]}
    assert in_groups.isdisjoint({"track", "human", "web", "mydata", "forget"})
    assert menus["all_private_chats", "vi"][1]["description"] == "Thủ tục hành chính"
    assert menus["all_private_chats", None][1]["description"] == "Administrative procedures"
    for call in telegram.methods("setMyDescription"):
        assert len(call["description"]) <= 512
    for call in telegram.methods("setMyShortDescription"):
        assert len(call["short_description"]) <= 120


@pytest.mark.parametrize(
    ("command", "payload", "title"),
    [
        ("/help", "/help", "Tôi hỏi được gì?"),
        ("/procedures", "/list_procedures", "Thủ tục hành chính"),
        ("/zones@heza_test_bot", "/list_zones", "Khu kinh tế, khu công nghiệp"),
        ("/incentives", "/list_incentives", "Ưu đãi đầu tư"),
        ("/track", "/dossier_status", "Tra cứu hồ sơ"),
    ],
)
async def test_commands_ask_the_assistant(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor, command: str, payload: str, title: str
) -> None:
    async with told(telegram, ANN, 2):
        telegram.say(ANN, command)
    assert fake_door.bodies()[0]["payload"] == payload
    assert (await Message.objects.aget(author="user")).text == title


async def test_a_person_is_called_while_the_assistant_is_away(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    fake_door.shut()
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "/human")
    assert "chuyển yêu cầu của bạn đến cán bộ" in telegram.texts(ANN)[1]
    assert (await Conversation.objects.aget()).mode == "waiting"
    async with told(telegram, ANN, 1):
        telegram.press(telegram.in_chat(ANN)[1], "Tiếp tục với trợ lý")
    assert (await Conversation.objects.aget()).mode == "bot"


async def test_the_language_is_chosen_by_button(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/language")
    async with told(telegram, ANN, 2):
        telegram.press(telegram.in_chat(ANN)[0], "English")
    assert fake_door.bodies()[0]["payload"] == '/set_language{"language": "en"}'


async def test_a_link_opens_a_record(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    await Record.objects.acreate(
        id="ip-nam-cau-kien", kind="zone", name_vi="Nam Cầu Kiền", name_en="Nam Cau Kien", published=True
    )
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "/start r_ip-nam-cau-kien")
    assert json.loads(fake_door.bodies()[0]["payload"].removeprefix("/select_record")) == {
        "record": "ip-nam-cau-kien",
        "kind": "zone",
    }
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/start r_nowhere")
    assert telegram.texts(ANN)[-1].startswith("Liên kết này không mở được")


async def test_a_conversation_is_carried_over_once(bot: Bot, telegram: BotApi) -> None:
    started = await sync_to_async(welcome.start)(language="en")
    code = await sync_to_async(links.make)(started.conversation)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, f"/start c_{code}")
    assert "conversation from the website goes on here" in telegram.texts(ANN)[0]
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "What is the fee?")
    assert telegram.texts(ANN)[1] == "re: What is the fee?"
    assert (await Conversation.objects.aget()).pk == started.conversation
    async with told(telegram, 1002, 2):
        telegram.say(1002, f"/start c_{code}")
    assert telegram.texts(1002)[1].startswith("Liên kết này không mở được")


async def test_a_link_brought_twice_is_followed_once(bot: Bot, telegram: BotApi) -> None:
    started = await sync_to_async(welcome.start)(language="en")
    code = await sync_to_async(links.make)(started.conversation)
    async with told(telegram, ANN, 1):
        update = telegram.say(ANN, f"/start c_{code}")
    await bot.kill()
    telegram.push({"message": update["message"]}, update["update_id"])
    await bot.start()
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "fee")
    assert [text[:7] for text in telegram.texts(ANN)] == ["Your co", "re: fee"]


async def test_a_link_opens_the_conversation_on_the_website_once(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "phí bao nhiêu")
    conversation = (await Conversation.objects.aget()).pk
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/web")
    given = parse_qs(urlsplit(telegram.in_chat(ANN)[-1].buttons[0]["url"]).query)
    assert "then" not in given
    assert await sync_to_async(links.redeem)(given["link"][0], Channel.WEB) == conversation
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/web")
    assert telegram.texts(ANN)[-1].startswith("Ở đây chưa có cuộc trò chuyện")
    assert telegram.in_chat(ANN)[-1].buttons[0]["url"] == f"{SITE}/?language=vi"


async def test_without_a_website_there_is_no_link(bot: Bot, telegram: BotApi) -> None:
    await bot.stop()
    await bot.start(public_url="")
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/web", code="en")
    assert telegram.texts(ANN)[-1].startswith("This assistant has no website")
    assert telegram.in_chat(ANN)[-1].buttons == []


async def test_start_brought_twice_greets_once(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    async with told(telegram, ANN, 1):
        update = telegram.say(ANN, "/start")
    await bot.kill()
    telegram.push({"message": update["message"]}, update["update_id"])
    await bot.start()
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "phí")
    assert len(telegram.in_chat(ANN)) == 2
    assert len(fake_door.bodies()) == 1


async def test_start_in_a_talk_helps(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/start")
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/start")
    assert fake_door.bodies()[0]["payload"] == "/help"


async def test_my_data_comes_as_a_file(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "phí bao nhiêu")
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/mydata")
    sent = telegram.in_chat(ANN)[-1]
    name = sent.params["document"].removeprefix("attach://")
    data = json.loads(sent.params[name] if name in sent.params else sent.params["document"])
    assert [message["text"] for message in data["messages"]][1:] == ["phí bao nhiêu", "re: phí bao nhiêu"]
    assert await PrivacyRequest.objects.filter(kind="export").acount() == 1


async def test_forget_asks_first_and_erases_everything(
    bot: Bot, telegram: BotApi, fake_door: FakeDoor
) -> None:
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "phí bao nhiêu")
    conversation = (await Conversation.objects.aget()).pk
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/forget")
    question = telegram.in_chat(ANN)[-1]
    async with told(telegram, ANN, 1):
        telegram.press(question, "Không xóa")
    assert telegram.texts(ANN)[-1] == "Không có gì bị xóa."
    async with told(telegram, ANN, 1):
        telegram.press(question, "Xóa tất cả")
    assert telegram.texts(ANN)[-1].startswith("Đã xóa mọi dữ liệu")
    assert await Conversation.objects.acount() == await Chat.objects.acount() == 0
    assert uuid.UUID(fake_door.bodies("forget")[0]["sender"]) == conversation
    assert any(one.method == "editMessageReplyMarkup" for one in telegram.sent)


async def _of_every_kind(telegram: BotApi) -> None:
    """One person's talks: in a group, in the chat, and from the website in place of that."""
    async with told(telegram, -100777, 2):
        telegram.say_in_group(-100777, ANN, "@heza_test_bot trong nhóm")
    async with told(telegram, ANN, 2):
        telegram.say(ANN, "trước đó")
    started = await sync_to_async(welcome.start)(language="vi")
    code = await sync_to_async(links.make)(started.conversation)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, f"/start c_{code}")
    async with told(telegram, 1002, 2):
        telegram.say(1002, "của người khác")


async def test_my_data_holds_earlier_talks_and_those_in_groups(bot: Bot, telegram: BotApi) -> None:
    await _of_every_kind(telegram)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/mydata")
    sent = telegram.in_chat(ANN)[-1]
    name = sent.params["document"].removeprefix("attach://")
    text = sent.params[name] if name in sent.params else sent.params["document"]
    for said, is_there in (("trước đó", True), ("trong nhóm", True), ("của người khác", False)):
        assert (said in text) is is_there
    assert len(json.loads(text)["others"]) == 2


@pytest.mark.parametrize("is_on_the_web", [False, True])
async def test_forget_erases_earlier_talks_too(bot: Bot, telegram: BotApi, is_on_the_web: bool) -> None:
    await _of_every_kind(telegram)
    if is_on_the_web:
        # Nothing is held in the chat any more, but all of it was.
        carried = await Conversation.objects.aget(channel_ref=str(ANN))
        code = await sync_to_async(links.make)(carried.pk)
        await sync_to_async(links.redeem)(code, Channel.WEB)
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/forget")
    async with told(telegram, ANN, 1):
        telegram.press(telegram.in_chat(ANN)[-1], "Xóa tất cả")
    assert [each.channel_ref async for each in Conversation.objects.all()] == ["1002"]


@pytest.mark.parametrize("command", ["/mydata", "/forget"])
async def test_nothing_is_kept_of_whoever_has_said_nothing(bot: Bot, telegram: BotApi, command: str) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, command, code="en")
    assert telegram.texts(ANN) == ["Nothing about you is kept here at present."]


async def test_privacy_says_what_is_kept(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 1):
        telegram.say(ANN, "/privacy")
    assert "máy chủ của Telegram" in telegram.texts(ANN)[0]
    assert "/privacy?language=vi" in telegram.in_chat(ANN)[0].params["text"]


async def test_commands_in_edits_are_not_obeyed(bot: Bot, telegram: BotApi) -> None:
    async with told(telegram, ANN, 2):
        update = telegram.say(ANN, "phí")
    telegram.edit(update, "/forget")
    await until(lambda: not telegram.pending)
    await asyncio.sleep(0.1)
    assert len(telegram.in_chat(ANN)) == 2
