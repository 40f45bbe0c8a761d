"""Who answers: the assistant, the assistant while a person is awaited, a person, nobody."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Permission
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bot.conversations import handoff, tasks
from bot.conversations.handoff import NotYours
from bot.conversations.models import AuditLine, Conversation, Delivery, Message
from tests.conversations.conftest import Api, Talk
from tests.conversations.fake_door import FakeDoor, answer


def _staff(name: str, *permissions: str) -> AbstractUser:
    user = get_user_model().objects.create_user(name, first_name="Mai", last_name=name.title())
    user.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
    return user


async def _officer(name: str = "officer", *permissions: str) -> AbstractUser:
    return await sync_to_async(_staff)(name, *(permissions or ("answer_investors",)))


async def _do(deed: Any, talk: Talk, staff: AbstractUser, *args: Any) -> Any:
    return await sync_to_async(deed)(uuid.UUID(talk.id), staff, *args)


def _hands_over(reason: str) -> Any:
    return lambda body: answer("I pass you on.", language="en", handoff=reason)


@pytest.mark.parametrize("reason", ["asked", "complaint", "misunderstood"])
async def test_the_assistant_calls_a_person(
    api: Api, fake_door: FakeDoor, configure: Any, reason: str
) -> None:
    configure(today=date(2026, 11, 21))  # a Saturday
    fake_door.answering = _hands_over(reason)
    talk = await api.start("en")
    body = (await talk.send("a person please")).json()
    assert body["mode"] == "waiting"
    assert [message["author"] for message in body["messages"]] == ["assistant", "system"]
    told = body["messages"][1]["text"]
    assert "**08:00 on 23 November 2026**" in told
    assert "08:00–11:30, 13:30–17:00" in told
    stored = await Conversation.objects.aget()
    assert (stored.handoff_reason, stored.waiting_since is None) == (reason, False)


@pytest.mark.parametrize("topic", ["work_permit", "ask_procedure"])
async def test_a_topic_marked_for_people_is_answered_and_joins_those_that_wait(
    api: Api, fake_door: FakeDoor, configure: Any, topic: str
) -> None:
    asked = answer("450,000", language="en")
    asked["understood"]["decision"] = {"record": "work_permit"}
    fake_door.answering = lambda body: asked
    talk = await api.start("en")
    assert (await talk.send("the fee?")).json()["mode"] == "bot"
    configure(topics_for_people=("complaint", topic))
    body = (await talk.send("the fee?")).json()
    assert [message["author"] for message in body["messages"]] == ["assistant", "system"]
    assert (body["mode"], (await Conversation.objects.aget()).handoff_reason) == ("waiting", "topic")
    assert [message["text"] for message in (await talk.send("and?")).json()["messages"]] == ["450,000"]


async def test_the_holiday_is_skipped(api: Api, fake_door: FakeDoor, configure: Any) -> None:
    configure(today=date(2026, 4, 25))  # a Saturday before two days off
    fake_door.answering = lambda body: answer("Xin chờ.", language="vi", handoff="asked")
    talk = await api.start("vi")
    assert "08:00 ngày 28/04/2026" in (await talk.say("gặp cán bộ"))[1]["text"]


async def test_while_waiting_the_assistant_goes_on_and_does_not_repeat_itself(
    api: Api, fake_door: FakeDoor
) -> None:
    fake_door.answering = _hands_over("asked")
    talk = await api.start("en")
    await talk.say("person")
    fake_door.answering = lambda body: answer("The fee is …", language="en")
    body = (await talk.send("fee?")).json()
    assert (body["mode"], len(body["messages"])) == ("waiting", 1)


async def test_the_offer_of_a_person_works_without_rasa_and_can_be_withdrawn(
    api: Api, fake_door: FakeDoor
) -> None:
    talk = await api.start("en")
    fake_door.shut()
    offer = (await talk.say("hello"))[0]["buttons"][0]
    body = (await talk.press(offer)).json()
    assert body["mode"] == "waiting"
    (back,) = body["messages"][0]["buttons"]
    body = (await talk.press(back)).json()
    assert body["mode"] == "bot"
    assert "withdrawn" in body["messages"][0]["text"]


async def test_with_a_person_rasa_is_not_called_and_learns_afterwards(api: Api, fake_door: FakeDoor) -> None:
    talk, officer = await api.start("en"), await _officer()
    await talk.say("first")
    await _do(handoff.claim, talk, officer)
    body = (await talk.send("are you there?")).json()
    assert (body["mode"], body["messages"]) == ("human", [])
    await _do(handoff.reply, talk, officer, "Yes, I am.\nAsk me.", "r1")
    await _do(handoff.reply, talk, officer, "Yes, I am.\nAsk me.", "r1")
    assert len(fake_door.calls) == 1
    await _do(handoff.give_back, talk, officer)
    assert [reply["text"] for reply in await talk.say("and the fee?")] == ["re: and the fee?"]
    noted = [(body["author"], body["text"]) for body in fake_door.bodies("note")]
    assert noted == [("user", "are you there?"), ("staff", "Yes, I am.\nAsk me.")]
    assert [name for name, _ in fake_door.calls[1:]] == ["note", "note", "messages"]
    history = (await talk.history())["messages"]
    told = {body["message_id"] for body in fake_door.bodies("note")}
    assert told == {str(m["id"]) for m in history if m["text"] in {"are you there?", "Yes, I am.\nAsk me."}}
    names = [m["author_name"] for m in (await talk.history())["messages"] if m["author"] == "staff"]
    assert names == ["Mai Officer"]


async def test_what_staff_say_goes_through_the_outbox(api: Api) -> None:
    talk, officer = await api.start("en"), await _officer()
    await _do(handoff.claim, talk, officer)
    message = await _do(handoff.reply, talk, officer, "Hello", "r1")
    kinds = [delivery.message.author async for delivery in Delivery.objects.select_related("message")]
    assert kinds == ["system", "staff"]
    await talk.history(message.pk)
    assert {delivery.state async for delivery in Delivery.objects.all()} == {"delivered"}


async def test_an_answer_under_way_when_a_person_takes_over_is_dropped(api: Api, fake_door: FakeDoor) -> None:
    talk, officer = await api.start("en"), await _officer()

    def claimed_meanwhile(body: dict[str, Any]) -> dict[str, Any]:
        handoff.claim(uuid.UUID(talk.id), officer)
        return answer("too late")

    fake_door.answering = claimed_meanwhile
    body = (await talk.send("q")).json()
    assert (body["mode"], body["messages"]) == ("human", [])
    assert ("assistant", "too late") not in await talk.texts()


async def test_only_who_may_and_only_one(api: Api) -> None:
    talk = await api.start("en")
    first, second = await _officer("first"), await _officer("second")
    clerk = await _officer("clerk", "view_message")
    head = await _officer("head", "answer_investors", "supervise_conversations")
    with pytest.raises(PermissionDenied):
        await _do(handoff.claim, talk, clerk)
    await _do(handoff.claim, talk, first)
    for deed, args in (
        (handoff.claim, ()),
        (handoff.reply, ("x", "r")),
        (handoff.give_back, ()),
        (handoff.close, ()),
        (handoff.transfer, (second,)),
    ):
        with pytest.raises(NotYours):
            await _do(deed, talk, second, *args)
    with pytest.raises(PermissionDenied):
        await _do(handoff.transfer, talk, first, clerk)
    await _do(handoff.transfer, talk, first, second)
    await _do(handoff.reply, talk, second, "now I", "r")
    await _do(handoff.give_back, talk, head)
    lines = [(line.action, line.staff_id) async for line in AuditLine.objects.all()]
    assert lines == [("claimed", first.pk), ("transferred", first.pk), ("returned", head.pk)]


async def test_who_writes_to_a_closed_conversation_is_answered_again(api: Api) -> None:
    talk, officer = await api.start("en"), await _officer()
    await _do(handoff.close, talk, officer)
    assert (await talk.history())["mode"] == "closed"
    body = (await talk.send("one more thing")).json()
    assert (body["mode"], body["messages"][0]["text"]) == ("bot", "re: one more thing")


async def test_after_silence_the_assistant_is_back(api: Api) -> None:
    silent, alive, officer = await api.start("en"), await api.start("en"), await _officer()
    for talk in (silent, alive):
        await _do(handoff.claim, talk, officer)
    long_ago = timezone.now() - timedelta(hours=1)
    await Conversation.objects.filter(pk=silent.id).aupdate(created_at=long_ago, updated_at=long_ago)
    before = timezone.now() - timedelta(minutes=30)
    assert await sync_to_async(handoff.give_back_silent)(before) == 1
    assert (await silent.history())["mode"] == "bot"
    assert "no new message" in (await silent.texts())[-1][1]
    assert (await alive.history())["mode"] == "human"


async def test_an_investor_who_writes_on_does_not_keep_a_silent_officer_in_charge(api: Api) -> None:
    unanswered, answered, fresh = await api.start("en"), await api.start("en"), await api.start("en")
    officer = await _officer()
    long_ago = timezone.now() - timedelta(hours=1)
    for talk in (unanswered, answered, fresh):
        await _do(handoff.claim, talk, officer)
        await talk.send("hello?")
    await AuditLine.objects.aupdate(at=long_ago)
    await Conversation.objects.aupdate(created_at=long_ago)
    await (
        Message.objects.filter(author="user")
        .exclude(conversation=uuid.UUID(fresh.id))
        .aupdate(created_at=long_ago)
    )
    for talk in (unanswered, answered):
        await talk.send("still there?")
    await _do(handoff.reply, answered, officer, "Yes", "r1")
    before = timezone.now() - timedelta(minutes=30)
    assert await sync_to_async(handoff.give_back_silent)(before) == 1
    modes = [(await talk.history())["mode"] for talk in (unanswered, answered, fresh)]
    assert modes == ["bot", "human", "human"]


async def test_the_worker_tells_rasa_what_was_said(api: Api, fake_door: FakeDoor) -> None:
    talk, officer = await api.start("en"), await _officer()
    await _do(handoff.claim, talk, officer)
    await _do(handoff.reply, talk, officer, "Hello", "r1")
    await _do(handoff.give_back, talk, officer)
    await sync_to_async(tasks.work_through, thread_sensitive=False)(0.0)
    assert [name for name, _ in fake_door.calls] == ["note"]


async def test_audit_lines_stay_as_they_are(api: Api) -> None:
    await api.start("en")
    line = await AuditLine.objects.acreate(conversation=uuid.uuid4(), action="claimed")
    with pytest.raises(TypeError):
        await sync_to_async(line.save)()
    with pytest.raises(TypeError):
        await sync_to_async(line.delete)()
