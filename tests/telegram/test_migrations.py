"""Conversations from before owners were kept get theirs."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from bot.conversations.models import Channel, Conversation
from bot.conversations.owners import conversations_of


@pytest.mark.django_db
def test_chats_and_groups_get_their_owner() -> None:
    chat = Conversation.objects.create(channel=Channel.TELEGRAM, channel_ref="77")
    group = Conversation.objects.create(channel=Channel.TELEGRAM, channel_ref="-100:77")
    web = Conversation.objects.create()
    import_module("bot.telegram.migrations.0002_owners").fill(apps, None)
    assert set(conversations_of(Channel.TELEGRAM, "77")) == {chat.pk, group.pk}
    rows = {each.pk: each for each in Conversation.objects.all()}
    assert [rows[each.pk].others_read for each in (chat, group, web)] == [False, True, False]
    assert rows[web.pk].owner == ""
