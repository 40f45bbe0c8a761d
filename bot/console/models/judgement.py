"""A person's judgement of one answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from bot.conversations.models import Message


class Verdict(models.TextChoices):
    """What the answer was; all but the first call for a correction."""

    RIGHT = "right"
    WRONG_RECORD = "wrong_record"
    WRONG_LANGUAGE = "wrong_language"
    SHOULD_HAVE_ASKED = "should_have_asked"
    SHOULD_HAVE_REFUSED = "should_have_refused"
    CONTENT_MISSING = "content_missing"


class Judgement(models.Model):
    """One a question; judging again overwrites, the audit log keeps the earlier verdict."""

    # The investor's question, whose answer is judged.
    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="judgement")
    verdict = models.CharField(max_length=20, choices=Verdict)
    # What would have been right, where it is known: an intent's name, a record's id.
    right_intent = models.CharField(max_length=40, blank=True)
    right_record = models.CharField(max_length=100, blank=True)
    right_aspect = models.CharField(max_length=20, blank=True)
    remark = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.verdict}"


class Reservation(models.Model):
    """Whose turn it is to judge an answer: until then nobody else is handed it."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.by_id}"
