"""A one-time link that carries a conversation to another channel."""

from __future__ import annotations

from django.db import models

from bot.conversations.models.conversation import Conversation


class Link(models.Model):
    """Only a hash of the code is kept; used once, and for a short time."""

    code_hash = models.CharField(max_length=64, primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.conversation_id} until {self.expires_at:%H:%M}"
