"""What a button stands for; the investor's side only ever sees the token."""

from __future__ import annotations

from django.db import models

from bot.conversations.models.conversation import Conversation
from bot.conversations.models.message import Message


class ButtonToken(models.Model):
    """A token that is valid in its conversation only."""

    class Kind(models.TextChoices):
        """A payload for the assistant, free text, or one of the gateway's own deeds."""

        PAYLOAD = "payload"
        TEXT = "text"
        PERSON = "person"
        ASSISTANT = "assistant"

    token = models.CharField(max_length=32, primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=300)
    value = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
