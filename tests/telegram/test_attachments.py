"""Pictures, files and places through the real client, and in words where Telegram does not take them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.fake_door import FakeDoor, answer
from tests.telegram.bot_api import BotApi
from tests.telegram.bot_rules import Refusal
from tests.telegram.conftest import ANN, SITE, Bot, Failing, greeted, told

PLACE = {"type": "location", "title": "KCN Nam Cầu Kiền", "lat": 20.9, "lon": 106.6}
PICTURE = {"type": "image", "title": "Bản đồ", "url": "/static/map.png"}
FILE = {"type": "file", "title": "Mẫu đơn", "url": "/static/form.pdf"}


@pytest.fixture
async def asked(bot: Bot, telegram: BotApi, fake_door: FakeDoor) -> Any:
    """Ask, and get an answer with all three."""
    await greeted(telegram)
    fake_door.answering = lambda body: answer("lời", blocks=[PLACE, PICTURE, FILE])

    async def ask() -> None:
        async with told(telegram, ANN, 4):
            telegram.say(ANN, "ở đâu")

    return ask


async def test_each_is_sent_as_what_it_is(telegram: BotApi, asked: Any) -> None:
    await asked()
    _, text, place, picture, file = telegram.in_chat(ANN)
    assert (text.method, text.text) == ("sendMessage", "lời")
    assert (place.method, place.params["title"]) == ("sendVenue", "KCN Nam Cầu Kiền")
    assert (float(place.params["latitude"]), float(place.params["longitude"])) == (20.9, 106.6)
    assert place.params["address"] == "Tọa độ 20.9, 106.6"
    assert (picture.method, picture.params["photo"]) == ("sendPhoto", f"{SITE}/static/map.png")
    assert picture.params["caption"] == "Bản đồ"
    assert (file.method, file.params["document"]) == ("sendDocument", f"{SITE}/static/form.pdf")


@pytest.mark.parametrize(
    ("method", "at", "words"),
    [
        ("sendVenue", 2, "KCN Nam Cầu Kiền\nTọa độ 20.9, 106.6"),
        ("sendPhoto", 3, f"Bản đồ\n{SITE}/static/map.png"),
        ("sendDocument", 4, f"Mẫu đơn\n{SITE}/static/form.pdf"),
    ],
)
async def test_what_is_not_taken_is_said_and_the_rest_follows(
    telegram: BotApi, asked: Any, method: str, at: int, words: str
) -> None:
    telegram.fault = Failing(method, Refusal(400, "Bad Request: not taken"))
    await asked()
    told_ = telegram.in_chat(ANN)
    assert (told_[at].method, told_[at].text) == ("sendMessage", words)
    methods = ["sendMessage", "sendVenue", "sendPhoto", "sendDocument"]
    methods[at - 1] = "sendMessage"
    assert [one.method for one in told_[1:]] == methods
