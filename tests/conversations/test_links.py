"""What goes along with a conversation that is carried to another channel, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from asgiref.sync import sync_to_async

from bot.conversations import links, outbox, owners
from bot.conversations.models import Channel, Conversation, Delivery, Message
from bot.conversations.welcome import start
from tests.conversations.conftest import Api


async def test_a_token_does_not_reach_what_the_chat_held_before(api: Api) -> None:
    """Whoever sends somebody a link must not get at what that person has said."""
    talk = await api.start("en")
    earlier = await sync_to_async(start)(Channel.TELEGRAM, "77", owner="77")
    await Message.objects.acreate(conversation_id=earlier.conversation, author="user", text="platypus")
    code = (await talk.post("links", {})).json()["code"]
    await sync_to_async(links.redeem)(code, Channel.TELEGRAM, "77", owner="77")
    kept = await sync_to_async(owners.conversations_of)(Channel.TELEGRAM, "77")
    assert {str(each) for each in kept} == {talk.id, str(earlier.conversation)}
    export = await api.client.get("/api/v1/conversations/current/export", headers=talk.headers)
    assert "platypus" not in export.content.decode()
    assert await sync_to_async(owners.conversations_of)(Channel.TELEGRAM, "") == []


async def test_what_is_given_up_and_shown_later_counts_as_shown(api: Api) -> None:
    talk = await api.start("en")
    conversation = await Conversation.objects.aget()
    ways: tuple[Callable[[int], None], ...] = (outbox.sent, partial(outbox.shown_up_to, conversation.pk))
    for number, shown_by in enumerate(ways):
        message = await Message.objects.acreate(conversation=conversation, author="staff", text=f"{number}")
        await Delivery.objects.acreate(message=message, conversation=conversation, channel="web")
        assert await sync_to_async(outbox.failed)(message.pk, "blocked", final=True)
        await sync_to_async(shown_by)(message.pk)
        assert (await Delivery.objects.aget(pk=message.pk)).state == "sent"
    assert len((await talk.history())["messages"]) == 3
