"""How long the console keeps things: its classes in the table of terms (bot/conversations/retention.yml)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet
from django.dispatch import receiver

from bot.console.models import Deed, ExampleState, FailedSignIn, TrainingExample, UtteranceGroup
from bot.conversations import retention


def take_part() -> None:
    """Enter the console's classes."""
    retention.add_class("rejected_examples", _rejected_examples)
    retention.add_class("utterance_groups", _empty_groups)
    retention.add_class("failed_sign_ins", lambda before: FailedSignIn.objects.filter(at__lt=before))
    retention.add_class("sessions", lambda before: Session.objects.filter(expire_date__lt=before))
    retention.add_class("deeds", _deeds)


@receiver(retention.term_over)
def keep_what_was_approved(conversation: uuid.UUID, **_: Any) -> None:
    """Part approved examples from a conversation whose term is over, so that learning does not wear off.

    A second person has read them and found nothing personal. Whoever asks for erasure has them erased too.
    """
    approved = TrainingExample.objects.filter(source__conversation=conversation, state=ExampleState.APPROVED)
    approved.update(source=None)


def _rejected_examples(before: datetime) -> QuerySet[Model]:
    return TrainingExample.objects.filter(state=ExampleState.REJECTED, decided_at__lt=before)


def _empty_groups(before: datetime) -> QuerySet[Model]:
    """Groups whose utterances have all been erased: the vector still stands for what somebody asked."""
    return UtteranceGroup.objects.filter(utterances=None, created_at__lt=before)


def _deeds(before: datetime) -> QuerySet[Model]:
    # Not by the table's own manager, which refuses; the database allows it for old lines only.
    return QuerySet(Deed).filter(at__lt=before)
