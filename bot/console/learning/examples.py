"""Training examples: proposed from the inbox, masked, decided by a second person."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from bot.common import names
from bot.common.masking import mask
from bot.common.text import neutralise
from bot.console import audit
from bot.console.models import ExampleState, TrainingExample
from bot.conversations.database import unit
from bot.registry import snapshot
from bot.registry.models import Kind

LONGEST = 500
# What the understanding decides by itself, never by example.
_DERIVED = frozenset({"ambiguous", "nlu_fallback", "foreign_language", names.SELECT_RECORD})
KIND_OF = {intent: kind for kind, intent in names.ASK.items()}
FOLLOW_UP = "follow_up"
ANY = "any"
INTENTS = tuple(intent for intent in names.INTENTS if intent not in _DERIVED)


class Unfit(Exception):
    """An example that cannot be learned; the message is a key of words/learning.yml."""


class Known(Exception):
    """The same text stands among the examples already."""


class OwnProposal(Exception):
    """Whoever proposed an example cannot decide on it."""


def checked(intent: str, record: str, aspect: str) -> tuple[str, str, str]:
    """The parts of a label as data/nlu has them; raises `Unfit` for what there is not."""
    if intent not in INTENTS:
        raise Unfit("no_intent")
    if intent == FOLLOW_UP:
        if aspect not in {name for aspects in names.ASPECTS.values() for name in aspects}:
            raise Unfit("no_aspect")
        return intent, ANY, aspect
    kind = KIND_OF.get(intent)
    if kind is None:
        return intent, "", ""
    if snapshot.cache.current().get(kind, record) is None:
        raise Unfit("no_record")
    if kind not in names.ASPECTS:
        return intent, record, ""
    if aspect and aspect not in names.ASPECTS[kind]:
        raise Unfit("no_aspect")
    return intent, record, aspect


def label_of(record: str, aspect: str) -> tuple[str, str, str]:
    """The label that asks for a record; raises `Unfit` when there is no such record."""
    now = snapshot.cache.current()
    kind = next((kind.value for kind in Kind if now.get(kind.value, record)), None)
    if kind is None:
        raise Unfit("no_record")
    return checked(names.ASK[kind], record, aspect)


def parted(label: str) -> tuple[str, str, str]:
    """Intent, record and aspect of a label."""
    intent, _, key = label.partition("/")
    record, _, aspect = key.partition(".")
    return intent, record, aspect


def cleaned(text: str) -> str:
    """The wording as it may be learned; raises `Unfit`."""
    found = mask(neutralise(text)).text
    if not found:
        raise Unfit("empty")
    # Rasa would read an entity out of it.
    if len(found) > LONGEST or "](" in found:
        raise Unfit("not_learnable")
    return found


@unit
def propose(
    texts: Sequence[tuple[str, str, int | None]], label: tuple[str, str, str], by: User
) -> list[TrainingExample]:
    """Texts with language and message they came from, under one label; those there already are left out."""
    intent, record, aspect = checked(*label)
    made = []
    for text, language, source in texts:
        try:
            with transaction.atomic():
                example = TrainingExample.objects.create(
                    text=cleaned(text),
                    language=language,
                    intent=intent,
                    record=record,
                    aspect=aspect,
                    source_id=source,
                    proposed_by=by,
                )
        except IntegrityError:
            continue
        made.append(example)
        audit.record(by, "example_proposed", example.pk, label=example.label)
    return made


@unit
def decide(example_id: int, approve: bool, by: User, reason: str = "") -> TrainingExample:
    """Approve or reject; raises `OwnProposal`, and `Known` when the same text was proposed anew meanwhile.

    An approved one can be rejected again, by whomever.
    """
    example = TrainingExample.objects.select_for_update().get(pk=example_id)
    if approve and example.proposed_by_id == by.pk:
        raise OwnProposal
    example.state = ExampleState.APPROVED if approve else ExampleState.REJECTED
    example.decided_by, example.decided_at, example.reason = by, timezone.now(), reason[:300]
    try:
        with transaction.atomic():
            example.save()
    except IntegrityError as error:
        raise Known from error
    audit.record(by, "example_approved" if approve else "example_rejected", example.pk, label=example.label)
    return example
