"""The reading copy: one row a question of an investor, with what filters and figures ask for."""

from __future__ import annotations

from django.db import models

from bot.conversations.models import Channel, Conversation, Message


class Outcome(models.TextChoices):
    """What became of a question; `staff`: a person was in charge, the assistant was not asked."""

    ANSWERED = "answered"
    ASKED = "asked"
    REFUSED = "refused"
    HANDED = "handed"
    STAFF = "staff"
    FAILED = "failed"
    OPEN = "open"


class Turn(models.Model):
    """Derived from a message of the investor and its answers; made anew when the conversation goes on."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="turn")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    at = models.DateTimeField(db_index=True)
    # Day and hour in the office's time, so that figures need no arithmetic.
    day = models.DateField()
    hour = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=2, blank=True)
    intent = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    # How far the second intent is behind the first: small is uncertain.
    margin = models.FloatField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    record = models.CharField(max_length=100, blank=True)
    record_kind = models.CharField(max_length=20, blank=True)
    aspect = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=60, blank=True)
    model = models.CharField(max_length=100, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)
    # A pressed button: chosen, so nothing to be understood.
    pressed = models.BooleanField(default=False)
    # Of a conversation that staff marked as a test: out of figures and out of learning.
    test = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["message_id"]
        indexes = [
            models.Index(fields=["day", "outcome"]),
            models.Index(fields=["conversation", "message"]),
            models.Index(fields=["record", "day"]),
            models.Index(fields=["intent", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.outcome}"


class SearchText(models.Model):
    """What a turn is found by: question and answers, folded (no diacritics, lower case, đ as d)."""

    turn = models.OneToOneField(Turn, primary_key=True, on_delete=models.CASCADE, related_name="search")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    folded = models.TextField()

    def __str__(self) -> str:
        return self.folded[:80]
