"""A message, as it is shown and, for the investor's, how far its answer has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from bot.conversations.models.conversation import Conversation


class Author(models.TextChoices):
    """Who speaks; `system` are the gateway's own notices."""

    USER = "user"
    ASSISTANT = "assistant"
    STAFF = "staff"
    SYSTEM = "system"


class Progress(models.TextChoices):
    """What is still to do with a message: ask the assistant, tell it as history, nothing."""

    ASK = "ask"
    NOTE = "note"
    DONE = "done"


# Asked for by name, because an index finds the few that are something, not the many that are not.
OPEN = (Progress.ASK, Progress.NOTE)


class Message(models.Model):
    """One message; ids grow in the order of the conversation. Texts are masked before they come here."""

    id = models.BigAutoField(primary_key=True)
    # The indexes below begin with it.
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    author = models.CharField(max_length=10, choices=Author)
    author_name = models.CharField(max_length=120, blank=True)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Empty: in both languages at once.
    language = models.CharField(max_length=2, blank=True)
    text = models.TextField()
    buttons = models.JSONField(default=list)
    blocks = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    client_id = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 (null: not an inbound)
    # The assistant's own form of a pressed button; empty when the text itself is asked.
    payload = models.TextField(blank=True)
    masked = models.JSONField(default=list)
    progress = models.CharField(max_length=5, choices=Progress, default=Progress.DONE)
    # The investor has been told that the answer comes later.
    deferred = models.BooleanField(default=False)
    faults = models.PositiveSmallIntegerField(default=0)
    understood = models.JSONField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["conversation", "id"]),
            models.Index(fields=["conversation", "progress"], name="open_in_conversation"),
            models.Index(fields=["progress"], name="open_anywhere"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "client_id"], name="client_id_once"),
        ]

    def __str__(self) -> str:
        return f"{self.author} {self.id}"
