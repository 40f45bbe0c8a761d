"""Rasa away, slow or broken: the message is kept, the investor told, the answer comes later."""

from __future__ import annotations

import asyncio
from typing import Any

from asgiref.sync import sync_to_async

from bot.conversations import tasks
from bot.conversations.models import Delivery, Message
from tests.conversations.conftest import Api
from tests.conversations.fake_door import FakeDoor


async def _work() -> None:
    """The worker's round, in a thread of its own as in the worker."""
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)


async def test_rasa_down_is_told_honestly_and_answered_later(
    api: Api, fake_door: FakeDoor, no_queue: list[str]
) -> None:
    talk = await api.start("vi")
    fake_door.shut()
    reply = (await talk.say("phí bao nhiêu"))[0]
    assert reply["author"] == "system"
    assert "sự cố kỹ thuật" in reply["text"]
    assert [button["title"] for button in reply["buttons"]] == ["Gặp cán bộ"]
    assert no_queue == ["catch_up"]
    await _work()
    assert len(await talk.texts()) == 3
    fake_door.open()
    await _work()
    history = (await talk.history())["messages"]
    assert (history[3]["author"], history[3]["text"]) == ("assistant", "re: phí bao nhiêu")
    assert history[3]["reply_to"] == history[1]["id"]
    assert await Delivery.objects.filter(message=history[3]["id"], state="queued").acount() == 1


async def test_several_questions_are_caught_up_in_order_and_once(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    fake_door.shut()
    for number in range(3):
        await talk.say(f"q{number}")
    fake_door.open()
    await asyncio.gather(_work(), _work())
    await _work()
    said = [text for author, text in await talk.texts() if author == "assistant"][1:]
    assert said == ["re: q0", "re: q1", "re: q2"]


async def test_the_next_message_takes_the_open_one_along(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    fake_door.shut()
    await talk.say("early")
    fake_door.open()
    assert [reply["text"] for reply in await talk.say("late")] == ["re: late"]
    assert [body["text"] for body in fake_door.bodies()] == ["early", "late"]
    assert await Delivery.objects.acount() == 1


async def test_a_repeat_of_a_late_message_shows_the_answer(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    fake_door.shut()
    first = (await talk.send("q", client_id="c1")).json()["messages"]
    fake_door.open()
    await _work()
    again = (await talk.send("q", client_id="c1")).json()["messages"]
    assert again[0] == first[0]
    assert again[1]["text"] == "re: q"


async def test_too_slow_is_told_within_the_time(api: Api, fake_door: FakeDoor, configure: Any) -> None:
    configure(rasa_timeout=0.2)
    fake_door.seconds = 0.5
    talk = await api.start("en")
    reply = await asyncio.wait_for(talk.say("slow"), 15)
    assert "technical problem" in reply[0]["text"]


async def test_a_message_rasa_always_fails_on_gets_an_apology(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    fake_door.status = 500
    await talk.say("breaks")
    for _ in range(4):
        await _work()
    fake_door.status = 200
    assert len(fake_door.bodies()) == 3
    texts = [text for _, text in await talk.texts()]
    assert texts[-1].startswith("I am sorry")
    assert (await talk.say("next"))[0]["text"] == "re: next"


async def test_nonsense_from_the_door_is_a_fault(api: Api, fake_door: FakeDoor) -> None:
    fake_door.answering = lambda body: {"messages": [{"no": "text"}], "understood": {}}
    talk = await api.start("en")
    assert (await talk.say("x"))[0]["author"] == "system"


async def test_a_wrong_secret_is_as_good_as_down(api: Api, fake_door: FakeDoor) -> None:
    fake_door.secret = "another" * 5
    talk = await api.start("en")
    assert (await talk.say("x"))[0]["author"] == "system"
    assert (await Message.objects.aget(author="user")).progress == "ask"


async def test_the_worker_tells_what_a_killed_process_could_not(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    await Message.objects.acreate(conversation_id=talk.id, author="user", text="left", progress="ask")
    fake_door.shut()
    await _work()
    assert "technical problem" in (await talk.texts())[-1][1]
    assert await Delivery.objects.acount() == 1
