"""What the console holds about a person, for the export of a conversation (bot.conversations.privacy)."""

from __future__ import annotations

import uuid
from typing import Any

from bot.console.models import Case, Judgement, Note, TrainingExample
from bot.conversations import privacy


def take_part() -> None:
    """Enter the console's parts."""
    privacy.add_part("staff_notes", _notes)
    privacy.add_part("judgements", _judgements)
    privacy.add_part("training_examples", _examples)
    privacy.add_part("case", _case)


def _notes(conversation: uuid.UUID) -> list[Any]:
    return list(Note.objects.filter(conversation=conversation).values("text", "at"))


def _judgements(conversation: uuid.UUID) -> list[dict[str, Any]]:
    fields = ("message_id", "verdict", "right_intent", "right_record", "right_aspect", "remark", "at")
    return list(Judgement.objects.filter(message__conversation=conversation).values(*fields))


def _examples(conversation: uuid.UUID) -> list[dict[str, Any]]:
    fields = (
        "text",
        "language",
        "intent",
        "record",
        "aspect",
        "state",
        "reason",
        "proposed_at",
        "decided_at",
    )
    return list(TrainingExample.objects.filter(source__conversation=conversation).values(*fields))


def _case(conversation: uuid.UUID) -> dict[str, Any] | None:
    case = Case.objects.filter(pk=conversation).first()
    if case is None:
        return None
    labels = list(case.labels.values_list("name", flat=True))
    return {"labels": labels, "reviewed_at": case.reviewed_at, "test": case.test}
