"""What staff keep about a conversation: labels, notes, who looks after it, whether it was reviewed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from bot.conversations.models import Conversation


class Label(models.Model):
    """A word that staff sort conversations by."""

    name = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """One a conversation; the figures in it are derived with the turns (bot.console.turns)."""

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="case"
    )
    labels = models.ManyToManyField(Label, blank=True, related_name="cases")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    test = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)

    # Derived. `seen` is the conversation's own time of change that these stand for.
    seen = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True, db_index=True)
    last_at = models.DateTimeField(null=True, blank=True, db_index=True)
    questions = models.PositiveIntegerField(default=0)
    first_question = models.CharField(max_length=300, blank=True)
    languages = models.CharField(max_length=5, blank=True)
    lowest_confidence = models.FloatField(null=True, blank=True)
    refused = models.PositiveIntegerField(default=0)
    # Why a person was called, each reason between spaces; empty: never.
    handoffs = models.CharField(max_length=60, blank=True)

    class Meta:
        permissions = [
            ("read_conversations", "Can read conversations"),
            ("export_conversations", "Can export conversations"),
            ("annotate_conversations", "Can label, note, assign and mark conversations"),
            ("judge_answers", "Can judge answers"),
            ("see_insights", "Can see the figures"),
            ("handle_inquiries", "Can handle inquiries"),
            ("write_canned_replies", "Can write canned replies"),
            ("teach", "Can propose training examples"),
            ("approve_examples", "Can approve training examples"),
            ("train_models", "Can train, promote and roll back models"),
            ("manage_accounts", "Can manage accounts"),
            ("read_audit", "Can read the audit log"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Note(models.Model):
    """A remark of staff about a conversation; the investor never sees it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:80]
