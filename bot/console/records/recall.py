"""A fact has changed: which conversations were told the old one in the last 90 days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from bot.console.models import Turn
from bot.console.records import changes
from bot.console.records.changes import Change
from bot.conversations.models import Author, Message
from bot.registry.models import Record

DAYS = 90


@dataclass(frozen=True)
class Publication:
    """A version that changed what answers say: when, by whom, and the content before and after."""

    id: int
    at: datetime
    by: str
    before: dict[str, Any]
    after: dict[str, Any]

    def changes(self, kind: str) -> list[Change]:
        """Field by field."""
        return changes.between(kind, self.before, self.after)


@dataclass(frozen=True)
class Changed:
    """A record whose content changed, its last publication, how often it had been asked for before."""

    record: Record
    publication: Publication
    asked: int


def publications(record: Record) -> list[Publication]:
    """The versions of the last 90 days that changed what answers say, the latest first."""
    found = list(_publications(record))
    since = _since()
    return [each for each in reversed(found) if each.at >= since]


def told(record: Record, before: datetime) -> QuerySet[Message]:
    """Answers of the last 90 days that cite the record and were given before this moment, latest first.

    The console's own trials and those of staff are none of them.
    """
    return (
        Message.objects.filter(author=Author.ASSISTANT, created_at__gte=_since(), created_at__lt=before)
        .annotate(cited=Cast("sources", TextField()))
        .filter(cited__contains=f'"record": "{record.pk}"')
        .exclude(conversation__case__test=True)
        .select_related("conversation")
        .order_by("-id")
    )


def changed() -> list[Changed]:
    """Records that changed in the last 90 days after somebody had asked for them, most asked first."""
    recent = Record.history.filter(history_date__gte=_since()).values_list("id", flat=True).distinct()
    found = []
    for record in Record.objects.filter(pk__in=recent):
        latest = next(iter(publications(record)), None)
        if latest is None:
            continue
        asked = Turn.objects.filter(record=record.pk, at__gte=_since(), at__lt=latest.at, test=False).count()
        if asked:
            found.append(Changed(record, latest, asked))
    return sorted(found, key=lambda each: -each.asked)


def _publications(record: Record) -> Iterator[Publication]:
    shown: dict[str, Any] | None = None
    versions = record.history.select_related("history_user").order_by("history_date", "history_id")
    for version in versions:
        if not version.published or version.content is None:
            continue
        if shown is not None and version.content != shown:
            user = version.history_user
            by = (user.get_full_name() or user.get_username()) if user else ""
            yield Publication(version.history_id, version.history_date, by, shown, version.content)
        shown = version.content


def _since() -> datetime:
    return timezone.now() - timedelta(days=DAYS)
