"""A formal inquiry: what the investor wants answered in writing, and how to reach them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from bot.conversations.models.conversation import Conversation


class InquiryState(models.TextChoices):
    """How far staff have come."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"


class Inquiry(models.Model):
    """Made from a conversation, looked up by code and PIN; the PIN is only kept as a hash."""

    code = models.CharField(max_length=20, unique=True)
    pin_hash = models.CharField(max_length=128)
    # Erasing the conversation takes the inquiry with it.
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="inquiries")
    client_id = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    summary_vi = models.TextField()
    summary_en = models.TextField()
    contact_name = models.CharField(max_length=120)
    contact_company = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=15, choices=InquiryState, default=InquiryState.RECEIVED)
    received_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "inquiries"
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "client_id"], name="inquiry_client_id_once")
        ]

    def __str__(self) -> str:
        return self.code


class InquiryEntry(models.Model):
    """Something added to an inquiry, by the investor or by staff."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="entries")
    by_staff = models.BooleanField(default=False)
    text = models.TextField()
    # A page's own name for what it sends, so that sending it again adds nothing; '' for none.
    client_id = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "client_id"], condition=~models.Q(client_id=""), name="inquiry_entry_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.at:%Y-%m-%d}"


class LookupTry(models.Model):
    """A try of a code and PIN that was not right, counted by a salted hash of what was asked for and by the conversation."""

    key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
