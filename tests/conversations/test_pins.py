"""A dossier's PIN reaches the assistant once and is stored nowhere."""

from __future__ import annotations

import time

import pytest
from asgiref.sync import sync_to_async

from bot.conversations import once, tasks
from bot.conversations.models import Message
from tests.conversations.conftest import Api
from tests.conversations.fake_door import Body, FakeDoor, answer
from tests.conversations.test_erasure import _everything

PIN = "482915"


def _asks_for_a_pin(body: Body) -> Body:
    answered = answer("And the PIN?", language="en")
    answered["understood"]["asked_for"] = "dossier_pin"
    return answered


@pytest.mark.parametrize("text", [f"HEZA-2026-0101 {PIN}", f"my PIN is {PIN}"])
async def test_a_pin_beside_a_code_is_not_stored(api: Api, fake_door: FakeDoor, text: str) -> None:
    fake_door.answering = lambda body: answer("In review.", language="en")
    talk = await api.start("en")
    await talk.say(text)
    assert [body["text"] for body in fake_door.bodies()] == [text]
    assert PIN not in await _everything()
    told = await talk.texts()
    # No advice against sending what is asked for.
    assert [author for author, _ in told] == ["assistant", "user", "assistant"]


async def test_the_answer_to_the_forms_question_is_not_stored(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    await talk.say("5000")
    fake_door.answering = _asks_for_a_pin
    await talk.say("HEZA-2026-0101")
    fake_door.answering = lambda body: answer("In review.", language="en")
    await talk.say(f"it is {PIN}, call 0912345678")
    assert fake_door.bodies()[-1]["text"] == f"it is {PIN}, call [phone]"
    stored = [message.text async for message in Message.objects.filter(author="user").order_by("id")]
    assert stored == ["5000", "HEZA-2026-0101", "it is [pin], call [phone]"]
    assert PIN not in await _everything()


async def test_asked_later_it_is_asked_without_the_pin(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    fake_door.shut()
    await talk.say(f"HEZA-2026-0101 {PIN}")
    fake_door.open()
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)
    assert [body["text"] for body in fake_door.bodies()] == ["HEZA-2026-0101 [pin]"]
    assert PIN not in await _everything()


def test_what_is_kept_is_there_once_and_for_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    once.keep(1, "a")
    assert (once.take(1), once.take(1)) == ("a", None)
    once.keep(2, "b")
    monkeypatch.setattr(time, "monotonic", lambda: 1e12)
    assert once.take(2) is None
    once.keep(3, "c")
    assert list(once._texts) == [3]
    once.take(3)
