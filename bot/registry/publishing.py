"""What may happen to a record: drafted, published, discarded, withdrawn, confirmed.

Nothing else but the seed command writes records. Publishing is what changes answers; each publication counts
up the version that readers poll.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bot.common.text import fold
from bot.registry import clock, schemas, texts
from bot.registry.models import GROUP_FIELD, Kind, Record, Version
from bot.registry.review import review_by

# Where simple-history looks for the reason of a change.
_REASON = "_change_reason"


class Unfit(Exception):
    """A content that breaks its schema; `faults` are pairs of field and advice."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {advice}" for field, advice in faults))
        self.faults = faults


class NoDraft(Exception):
    """There is nothing to publish."""


class OwnDraft(Exception):
    """Whoever wrote a draft cannot publish it: a second person reads it first."""


class DraftPending(Exception):
    """A draft stands beside the content, so it is not clear what would be confirmed."""


def save_draft(record: Record, content: Mapping[str, Any], by: AbstractBaseUser | None) -> None:
    """Keep `content` beside what is published; raises `Unfit`. A record that is new is created."""
    check(record.id, record.kind, content)
    if record.draft is not None and content == record.draft:
        # Whoever looks at another's draft and saves it has not written it.
        return
    record.draft = None if content == record.content else dict(content)
    record.draft_by = by if record.draft is not None else None  # type: ignore[assignment]
    record.draft_at = timezone.now() if record.draft is not None else None
    _keep(record, "draft")


def publish(record: Record, by: AbstractBaseUser | None = None) -> None:
    """Make the draft, or what was withdrawn, the content that answers use; raises `NoDraft`.

    `by`: who does it; raises `OwnDraft` for the draft's author. An earlier sign-off was for another content,
    so it ends.
    """
    if by is not None and record.draft is not None and record.draft_by_id == by.pk:
        raise OwnDraft(record.id)
    content = record.draft if record.draft is not None or record.published else record.content
    if content is None:
        raise NoDraft(record.id)
    check(record.id, record.kind, content)
    with transaction.atomic():
        record.content, record.draft, record.draft_by, record.draft_at = content, None, None, None
        record.published = True
        record.verified_by, record.verified_on = "", None
        _show(record, "publish")


def discard(record: Record) -> None:
    """Drop the draft; a record that has nothing else is deleted."""
    if record.content is None:
        record.delete()
        return
    record.draft, record.draft_by, record.draft_at = None, None, None
    _keep(record, "discard")


def withdraw(record: Record) -> None:
    """Take the record out of answers; its content stays, and publishing brings it back."""
    with transaction.atomic():
        record.published = False
        _show(record, "withdraw")


def confirm(record: Record, by: str, on: date | None = None) -> None:
    """Note that an officer stands for the published content."""
    if record.draft is not None:
        raise DraftPending(record.id)
    with transaction.atomic():
        record.verified_by, record.verified_on = by, on or clock.today()
        _show(record, "confirm")


def check(record_id: str, kind: str, content: Mapping[str, Any]) -> None:
    """Raise `Unfit` unless the content obeys the schema of its kind."""
    found = list(schemas.faults(kind, {"id": record_id, "published": True, **content}))
    if found:
        raise Unfit(found)


def derive(record: Record) -> None:
    """Fill the columns that lists and searches use from the content (before it exists, from the draft)."""
    content = record.content or record.draft or {}
    record.name_vi, record.name_en = content["name"]["vi"], content["name"]["en"]
    record.group = content[GROUP_FIELD[Kind(record.kind)]]
    record.confidence, record.as_of = content["confidence"], content["as_of"]
    record.review_by = review_by(record.kind, content, record.verified_on)
    record.search = fold(" ".join((record.id, record.name_vi, record.name_en, *content["aliases"])))


def count_up() -> None:
    """Tell every reader that something changed."""
    Version.objects.get_or_create(id=1)
    Version.objects.filter(id=1).update(number=F("number") + 1)


def _keep(record: Record, step: str) -> None:
    """Write the record; its history names the step."""
    derive(record)
    setattr(record, _REASON, step)
    record.save()


def _show(record: Record, step: str) -> None:
    """Write what readers see."""
    _keep(record, step)
    texts.refresh([record])
    count_up()
