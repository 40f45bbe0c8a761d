"""The investor's opinion of an answer."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from bot.conversations.models.message import Message


class Feedback(models.Model):
    """Thumb up (1) or down (-1) for one message; the last word counts."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="feedback")
    value = models.SmallIntegerField()
    comment = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.pk}: {self.value:+d}"
