"""Conversations that Rasa must still forget."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone


class PendingForget(models.Model):
    """Kept until the assistant no longer knows the conversation, and the database's own log does not either."""

    conversation = models.UUIDField(primary_key=True)
    marked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.conversation)

    @classmethod
    def mark(cls, conversation: uuid.UUID) -> datetime:
        """Have the conversation forgotten; again when it already was to be. When it was marked."""
        moment = timezone.now()
        cls.objects.update_or_create(conversation=conversation, defaults={"marked_at": moment})
        return moment
