"""Filters of the list of records."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from bot.registry import clock
from bot.registry.labels import label, say
from bot.registry.models import Record
from bot.registry.review import CITED, CONFIRMED, STATUSES, UNCONFIRMED


class DraftFilter(admin.SimpleListFilter):
    """Records with a draft."""

    title = label("has_draft")
    parameter_name = "draft"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Only the one choice that is of use."""
        return [("yes", say("draft"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        """The records that wait for a decision."""
        return queryset.filter(draft__isnull=False) if self.value() == "yes" else queryset


class StatusFilter(admin.SimpleListFilter):
    """The label that answers carry today; the query says what `review.status` says."""

    title = label("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All labels."""
        return [(name, say(name)) for name in STATUSES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        """The records with the chosen label."""
        due = Q(review_by__lt=clock.today()) | Q(review_by__isnull=True)
        signed, high = Q(verified_on__isnull=False), Q(confidence="high")
        chosen = {
            CONFIRMED: ~due & signed,
            CITED: ~due & ~signed & high,
            UNCONFIRMED: due | (~signed & ~high),
        }.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen)
