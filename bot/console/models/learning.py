"""What the learning room keeps: the inbox of utterances, training examples, models."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.deletion import CASCADE
from django.utils import timezone

from bot.conversations.models import Message


class UtteranceGroup(models.Model):
    """Utterances that mean the same and were taken for the same; the first one's vector stands for them."""

    vector = models.BinaryField(max_length=768)
    # What they were taken for, as a label; empty when the assistant did not know.
    label = models.CharField(max_length=140, blank=True)
    # Labels of the training wordings that mean most nearly the same, likeliest first.
    suggestions = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.pk)


class Utterance(models.Model):
    """A question that the inbox looks at; its text stays in the message alone."""

    message = models.OneToOneField(Message, primary_key=True, on_delete=CASCADE, related_name="utterance")
    group = models.ForeignKey(UtteranceGroup, on_delete=CASCADE, related_name="utterances")
    # 0 (sure) .. 1 (not understood at all).
    uncertainty = models.FloatField()
    # The training data has it already, with the label that was understood.
    known = models.BooleanField(default=False)
    # Made into an example, or nothing to learn from.
    done = models.BooleanField(default=False, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)


class ExampleState(models.TextChoices):
    """Proposed by one person, decided by another; withdrawn when it was a mistake after all."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class TrainingExample(models.Model):
    """A wording with what it asks for; the text is masked.

    Erasing the conversation takes it along, whatever was decided. When only the term of the conversation is over,
    an approved one stays without its origin (bot.console.learning.forgetting).
    """

    text = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    intent = models.CharField(max_length=40)
    # Empty: the intent has none; "any" in a follow-up.
    record = models.CharField(max_length=100, blank=True)
    aspect = models.CharField(max_length=20, blank=True)
    state = models.CharField(
        max_length=10, choices=ExampleState, default=ExampleState.PROPOSED, db_index=True
    )
    source = models.ForeignKey(Message, null=True, blank=True, on_delete=CASCADE, related_name="examples")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["text"], condition=~models.Q(state="rejected"), name="example_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"

    @property
    def label(self) -> str:
        """As data/nlu writes it: intent, intent/record or intent/record.aspect."""
        key = f"{self.record}.{self.aspect}" if self.aspect else self.record
        return f"{self.intent}/{key}" if key else self.intent


class ModelState(models.TextChoices):
    """The way of a model. `trial`: it answers investors while the former one stands by.

    `returning`: the former one is being brought back, which the worker goes on with until it answers.
    """

    QUEUED = "queued"
    TRAINING = "training"
    COMPARING = "comparing"
    READY = "ready"
    REFUSED = "refused"
    FAILED = "failed"
    DISCARDED = "discarded"
    STARTING = "starting"
    TRIAL = "trial"
    SETTLING = "settling"
    RETURNING = "returning"
    SERVING = "serving"
    RETIRED = "retired"
    RETURNED = "returned"


class TrainedModel(models.Model):
    """A model that was trained here, or the one that came with the checkout."""

    # File without its ending, e.g. heza-cd2ebf3691b9b49c; empty until it is trained.
    name = models.CharField(max_length=60, blank=True, db_index=True)
    path = models.CharField(max_length=300, blank=True)
    # SHA-256 of all it was trained on.
    checksum = models.CharField(max_length=64, blank=True)
    # The examples in it that staff added, as Rasa reads them.
    lessons = models.TextField(blank=True)
    examples = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ModelState, default=ModelState.QUEUED, db_index=True)
    # How far the present step is, 0..1.
    progress = models.FloatField(default=0.0)
    reason = models.TextField(blank=True)
    # What bot.assistant.trial.compare found, and the model it was compared with.
    comparison = models.JSONField(default=dict, blank=True)
    compared_with = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=100, blank=True)
    # Until then the former model stands by.
    trial_until = models.DateTimeField(null=True, blank=True)
    training_seconds = models.PositiveIntegerField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    promoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    promoted_at = models.DateTimeField(null=True, blank=True)
    # When somebody last worked on it: a worker that was killed leaves it behind.
    touched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)
        constraints = (
            # One at a time is trained, and one at a time is brought into service.
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(state__in=["queued", "training", "comparing"]),
                name="one_training",
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(state__in=["starting", "trial", "settling", "returning"]),
                name="one_promotion",
            ),
        )

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class Survey(models.Model):
    """The latest look at all training data: pairs that are easily confused, records with few wordings."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField(default=timezone.now)
    pairs = models.JSONField(default=list)
    thin = models.JSONField(default=list)
    wordings = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
