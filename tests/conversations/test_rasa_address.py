"""Where a question goes is decided when it is asked: a new model takes over between two questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from bot.common import rasa_address
from tests.conversations.conftest import Api
from tests.conversations.fake_door import FakeDoor, answer


async def test_the_next_question_goes_where_the_address_points(
    api: Api, fake_door: FakeDoor, configure: Any, tmp_path: Path
) -> None:
    configure(data_dir=tmp_path)
    beside = FakeDoor(settings.HEZA.secret)
    beside.answering = lambda body: answer("from beside")
    beside.open()
    try:
        talk = await api.start()
        assert [message["text"] for message in await talk.say("one")] == ["re: one"]
        rasa_address.point(settings.HEZA, beside.url)
        assert [message["text"] for message in await talk.say("two")] == ["from beside"]
        rasa_address.clear(settings.HEZA)
        assert [message["text"] for message in await talk.say("three")] == ["re: three"]
    finally:
        beside.shut()
    assert len(beside.bodies()) == 1
    assert rasa_address.current(settings.HEZA) == fake_door.url
