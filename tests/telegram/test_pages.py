"""Pages through the real client: each is one message, and turned it stays what it was."""

from __future__ import annotations

import pytest

from bot.telegram.letters import Text, parts
from bot.telegram.pieces import LIMIT
from tests.conversations.fake_door import FakeDoor, answer
from tests.telegram.bot_api import BotApi, Sent
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import ANN, SITE, Bot, Failing, greeted, told, until
from tests.telegram.html_check import read
from tests.telegram.test_rendering import shown

LONG = "30:\n" + "\n".join(f"- **Khu {number}**" for number in range(30))


@pytest.fixture
async def first(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> Sent:
    """A long list's first page, as the answer to an edited question."""
    fake_door.answering = lambda body: answer(LONG)
    async with told(telegram, ANN, 2):
        asked = telegram.say(ANN, "cac khu")
    async with told(telegram, ANN, 1):
        telegram.edit(asked, "các khu")
    return telegram.in_chat(ANN)[-1]


async def test_a_turned_page_keeps_its_lead_and_shows_no_preview(telegram: BotApi, first: Sent) -> None:
    telegram.press(first, "▶")
    await until(lambda: telegram.sent[-1].method == "editMessageText")
    turned = telegram.sent[-1]
    assert turned.text.startswith("Trả lời cho tin nhắn bạn vừa sửa")
    assert first.text.startswith("Trả lời cho tin nhắn bạn vừa sửa")
    assert "Khu 10" in turned.text
    assert turned.params["link_preview_options"] == first.params["link_preview_options"]
    assert '"is_disabled": true' in turned.params["link_preview_options"]


@pytest.mark.parametrize("refusal", [Refusal(403, "Forbidden: x"), Refusal(502, "x"), Refusal(400, "x")])
async def test_a_page_that_cannot_be_turned_is_no_fault(
    telegram: BotApi, first: Sent, refusal: Refusal, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fault = Failing("editMessageText", refusal)
    telegram.press(first, "▶")
    await until(lambda: "a page was not turned" in caplog.text)
    assert "an update or its answer failed" not in caplog.text
    telegram.press(first, "▶")
    await until(lambda: telegram.sent[-1].method == "editMessageText")


async def test_a_page_of_another_message_is_not_shown(bot: Bot, telegram: BotApi) -> None:
    await greeted(telegram)
    telegram.press(telegram.in_chat(ANN)[0], "", data="page:987654321:1")
    await until(lambda: not telegram.unanswered)
    assert telegram.methods("answerCallbackQuery")[-1]["text"].startswith("Nút này không còn")


@pytest.mark.parametrize("length", [50, 700, 1500, 3000])
def test_every_page_is_one_message(length: int) -> None:
    items = [f"- **{number}** {'x' * length}" for number in range(25)]
    message = shown("\n".join(items))
    begun = [part for part in parts(message, SITE) if isinstance(part, Text)]
    assert len(begun) == 1
    assert begun[0].keyboard is not None
    count = int(begun[0].keyboard.inline_keyboard[0][1].text.split("/")[1])
    pages = [parts(message, SITE, page=number) for number in range(count)]
    assert all(len(page) == 1 for page in pages)
    texts = [read(page[0].html) for page in pages if isinstance(page[0], Text)]
    assert all(text.units <= LIMIT for text in texts)
    assert "".join(text.text for text in texts).count("•") == 25


def test_a_list_too_long_for_pages_is_sent_whole() -> None:
    lead = "y " * 3000
    message = shown(lead + "\n" + "\n".join(f"- {number}" for number in range(25)))
    texts = [part for part in parts(message, SITE) if isinstance(part, Text)]
    assert len(texts) > 1
    assert all(part.keyboard is None for part in texts)
    assert "• 24" in read(texts[-1].html).text
