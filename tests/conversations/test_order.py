"""Two messages at once are answered one after the other, in the order they came."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bot.conversations import door, queue
from bot.conversations.database import run
from bot.conversations.inbound import Inbound, accept
from bot.conversations.models import Conversation, Message
from tests.conversations.conftest import Api
from tests.conversations.fake_door import FakeDoor, echo


async def test_messages_at_once_are_answered_in_order(api: Api, fake_door: FakeDoor) -> None:
    fake_door.seconds = 0.05
    talk = await api.start()
    texts = [f"m{number}" for number in range(8)]
    replies = await asyncio.gather(*(talk.say(text) for text in texts))
    assert [reply[0]["text"] for reply in replies] == [f"re: {text}" for text in texts]
    said = await talk.texts()
    order = [text for author, text in said if author == "user"]
    assert [body["text"] for body in fake_door.bodies()] == order
    assert [text for author, text in said[1:] if author == "assistant"] == [f"re: {text}" for text in order]


async def test_never_two_of_a_conversation_in_rasa(api: Api, fake_door: FakeDoor) -> None:
    inside: set[str] = set()
    overlaps: list[str] = []

    def watch(body: dict[str, Any]) -> dict[str, Any]:
        if body["sender"] in inside:
            overlaps.append(body["sender"])
        inside.add(body["sender"])
        try:
            return echo(body)
        finally:
            inside.discard(body["sender"])

    fake_door.answering = watch
    fake_door.seconds = 0.01
    talks = [await api.start() for _ in range(5)]
    await asyncio.gather(*(talk.say(f"{n}") for n in range(4) for talk in talks))
    assert len(fake_door.bodies()) == 20
    assert overlaps == []


async def test_the_same_client_id_at_once_is_one_message(api: Api, fake_door: FakeDoor) -> None:
    fake_door.seconds = 0.05
    talk = await api.start()
    replies = await asyncio.gather(*(talk.send("once", client_id="same") for _ in range(6)))
    assert {reply.status_code for reply in replies} == {200}
    assert len({str(reply.json()) for reply in replies}) == 1
    assert len(fake_door.bodies()) == 1
    assert await Message.objects.filter(author="user").acount() == 1


async def test_twenty_users_at_once(api: Api, fake_door: FakeDoor) -> None:
    talks = [await api.start() for _ in range(20)]
    replies = await asyncio.gather(*(talk.say(f"user {n}") for n, talk in enumerate(talks)))
    assert [reply[0]["text"] for reply in replies] == [f"re: user {n}" for n in range(20)]


async def test_another_process_holding_the_lease_is_waited_for(api: Api, fake_door: FakeDoor) -> None:
    """The other process is played by calling the queue directly."""
    talk = await api.start()
    other = await run(accept, uuid.UUID(talk.id), Inbound("other", "first"))
    assert other.work is not None
    mine = asyncio.create_task(talk.say("second"))
    await asyncio.sleep(0.1)
    assert not mine.done()
    answered = await door.ask(other.work.conversation, other.message_id, "first", "", None)
    assert (await run(queue.finish, other.work, answered, other.message_id)).settled
    assert (await mine)[0]["text"] == "re: second"
    assert [body["text"] for body in fake_door.bodies()] == ["first", "second"]


async def test_who_died_holding_the_lease_is_succeeded(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start()
    dead = await run(accept, uuid.UUID(talk.id), Inbound("dead", "first"))
    await Conversation.objects.aupdate(lease_until=timezone.now() - timedelta(seconds=1))
    assert (await talk.say("second"))[0]["text"] == "re: second"
    assert (await talk.texts())[1:] == [
        ("user", "first"),
        ("user", "second"),
        ("assistant", "re: first"),
        ("assistant", "re: second"),
    ]
    # Should the dead process wake up, its answer is not stored a second time.
    assert dead.work is not None
    answered = await door.ask(dead.work.conversation, dead.message_id, "first", "", None)
    await run(queue.finish, dead.work, answered, dead.message_id)
    assert len(await talk.texts()) == 5


async def test_who_leaves_still_gets_the_answer_into_the_history(api: Api, fake_door: FakeDoor) -> None:
    fake_door.seconds = 0.1
    talk = await api.start()
    request = asyncio.create_task(talk.say("gone"))
    while not await Message.objects.filter(text="gone").aexists():
        await asyncio.sleep(0.01)
    request.cancel()
    async with asyncio.timeout(20):
        while ("assistant", "re: gone") not in await talk.texts():
            await asyncio.sleep(0.05)
