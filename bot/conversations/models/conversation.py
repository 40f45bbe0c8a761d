"""A conversation: who it is held with, in what language and mode, and who works on it just now."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Channel(models.TextChoices):
    """Where the investor writes."""

    WEB = "web"
    TELEGRAM = "telegram"


class Mode(models.TextChoices):
    """Who answers: the assistant; the assistant until a person comes; a person; nobody any more."""

    BOT = "bot"
    WAITING = "waiting"
    HUMAN = "human"
    CLOSED = "closed"


class HandoffReason(models.TextChoices):
    """Why a person was called; the first three come from the assistant's answer, `topic` from the settings."""

    ASKED = "asked"
    COMPLAINT = "complaint"
    MISUNDERSTOOD = "misunderstood"
    STAFF = "staff"
    TOPIC = "topic"


class Conversation(models.Model):
    """One investor's talk. Deleting the row deletes everything that belongs to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    # The chat's number at the channel, needed for sending; never shown or logged.
    channel_ref = models.CharField(max_length=64, blank=True)
    # A salted hash of whoever holds the chat it is or was held in; it outlives the move to another channel.
    owner = models.CharField(max_length=64, blank=True, db_index=True)
    # A group: no person is called there, and what is personal is not shown.
    others_read = models.BooleanField(default=False)
    language_choice = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=2, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.BOT)
    handoff_reason = models.CharField(max_length=15, choices=HandoffReason, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    staff_typing_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now, db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Grows with every message: what event streams look at.
    last_message_id = models.BigIntegerField(default=0)
    # Who answers the queue just now, and until when nobody else may.
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        permissions = [
            ("answer_investors", "Can claim conversations and answer investors"),
            ("supervise_conversations", "Can act in a colleague's conversation"),
        ]
        indexes = [models.Index(fields=["mode", "waiting_since"])]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "channel_ref"],
                condition=~models.Q(channel_ref=""),
                name="one_conversation_per_chat",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def speaks(self) -> str:
        """The language to address the investor in, 'vi' or 'en'."""
        return self.language or self.language_choice or "vi"

    @property
    def hint(self) -> str | None:
        """What the assistant may assume about the language when the text leaves it open."""
        return self.language_choice or self.language or None
