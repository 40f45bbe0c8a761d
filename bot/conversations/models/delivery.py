"""The outbox: messages that are not the direct reply to a request, and how far each one has come."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from bot.conversations.models.conversation import Channel, Conversation
from bot.conversations.models.message import Message


class DeliveryState(models.TextChoices):
    """Waiting to be sent, handed to the channel, seen by the investor's side, given up."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


class Delivery(models.Model):
    """One message on its way to the investor; one row a message, so it is sent once."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="delivery")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    reason = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["channel", "state", "next_try_at"])]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
