"""The consent ledger and the register of requests about personal data (Law 91/2025/QH15)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Consent(models.Model):
    """One tick for one purpose: what text, when, where and in what language. Withdrawn, never overwritten."""

    class Purpose(models.TextChoices):
        """What contact data may be used for."""

        ANSWER_INQUIRY = "answer_inquiry"
        FOLLOW_UP = "follow_up"

    # Kept as a number: the ledger must show what was agreed to even when the conversation is erased.
    conversation = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    text_version = models.CharField(max_length=20)
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="one_valid_consent_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"


class PrivacyRequest(models.Model):
    """What a person asked about their data, by when it must be done, and when it was."""

    class Kind(models.TextChoices):
        """What was asked."""

        EXPORT = "export"
        ERASE = "erase"
        WITHDRAW = "withdraw"
        CORRECTION = "correction"
        # Or restriction: what the data may no longer be used for.
        OBJECTION = "objection"

    # None: whoever wrote names no conversation, and `reference` says which letter it is.
    conversation = models.UUIDField(null=True, blank=True, db_index=True)
    # The letter's number in the office's own files; no name, no address.
    reference = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    channel = models.CharField(max_length=10)
    received_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.received_at:%Y-%m-%d}"
