"""The versions of a record, what each one changed, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bot.console import audit
from bot.console.guard import Officer, deed, page
from bot.console.records import changes
from bot.console.records.changes import Change
from bot.console.roles import Need
from bot.console.wording import say
from bot.registry import publishing
from bot.registry.models import Record

_MOST_VERSIONS = 60


@dataclass(frozen=True)
class Version:
    """One line of the history: the step, and what it changed of that which was worked on."""

    id: int
    row: Any
    step: str
    changes: list[Change]


@page(Need.VIEW_RECORDS)
def history(request: Officer, record: str) -> HttpResponse:
    """All versions, the latest first."""
    found = get_object_or_404(Record, pk=record)
    context = {"record": found, "versions": list(_versions(found))}
    return render(request, "console/records/history.html", context)


@deed(Need.EDIT_RECORDS)
def restore(request: Officer, record: str, version: int) -> HttpResponse:
    """Make the content of an old version the draft; a second person publishes it."""
    found = get_object_or_404(Record, pk=record)
    old = get_object_or_404(found.history, history_id=version)
    try:
        publishing.save_draft(found, old.draft or old.content or {}, request.user)
    except publishing.Unfit as error:
        # The schema has changed since.
        messages.error(request, str(error))
    else:
        audit.record(request.user, "version_restored", record, version=version)
        messages.success(request, say("records", "restored"))
    return redirect("console:records:edit", record)


def _versions(record: Record) -> list[Version]:
    rows = list(record.history.select_related("history_user").order_by("-history_id")[: _MOST_VERSIONS + 1])
    found = []
    for place, row in enumerate(rows[:_MOST_VERSIONS]):
        before = rows[place + 1] if place + 1 < len(rows) else None
        differs = changes.between(record.kind, _worked_on(before), _worked_on(row)) if before else []
        found.append(Version(row.history_id, row, row.history_change_reason or "seed", differs))
    return found


def _worked_on(row: Any) -> dict[str, Any]:
    content: dict[str, Any] = row.draft or row.content or {}
    return content
