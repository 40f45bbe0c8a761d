"""The tables of the door: how far each chat has been told, and what the door itself still has to tell it."""

from __future__ import annotations

from django.db import models

from bot.conversations.models import Conversation


class Chat(models.Model):
    """The Telegram side of a conversation; the chat's number stands in its `channel_ref`.

    Everything that the gateway says has a growing id, so a cursor tells what is still to be sent, in order
    and once, whatever process died in between. Erasing the conversation erases the row.
    """

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="telegram"
    )
    # Messages up to this id have been sent, and of the next one so many parts.
    cursor = models.BigIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    # The message that opened the chat: Telegram may bring it twice.
    begun_by = models.BigIntegerField(null=True, blank=True)
    # The reader has blocked the bot: nothing is sent until they write again.
    blocked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.conversation_id)


class Note(models.Model):
    """A sentence of the door's own that a chat must still be told; the row goes as soon as it has been.

    It is stored before Telegram hears that the update has arrived, like a question is in the gateway.
    """

    # The place as in a conversation's `channel_ref`; whoever has said nothing has no conversation.
    ref = models.CharField(max_length=64, db_index=True)
    text = models.TextField()
    keyboard = models.JSONField(null=True, blank=True)
    reply_to = models.BigIntegerField(null=True, blank=True)
    # Somebody's data on their way to them, and the conversation with which they go.
    file = models.TextField(blank=True)
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
