"""The list of records."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from bot.common.text import fold
from bot.console.guard import Officer, page
from bot.console.roles import Need
from bot.registry import clock
from bot.registry.models import Kind, Record
from bot.registry.review import status

_PAGE = 50
STATES = ("draft", "published", "withdrawn")


@page(Need.VIEW_RECORDS)
def records(request: Officer) -> HttpResponse:
    """Records by kind, state and words; drafts first, because somebody waits for them."""
    rows = _filtered(request).select_related("draft_by").order_by("kind", "position", "id")
    found = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    context = {
        "page": found,
        "rows": [(row, state_of(row), _label(row, today)) for row in found],
        "kinds": Kind.values,
        "states": STATES,
        "kind": request.GET.get("kind", ""),
        "state": request.GET.get("state", ""),
        "q": request.GET.get("q", ""),
        "drafts": Record.objects.filter(draft__isnull=False).count(),
    }
    return render(request, "console/records/list.html", context)


def state_of(record: Record) -> str:
    """Whether a draft waits, the record is published, or neither."""
    if record.draft is not None:
        return "draft"
    return "published" if record.published else "withdrawn"


def _label(record: Record, today: date) -> str:
    return status(record.confidence, record.review_by, record.verified_on, today)


def _filtered(request: Officer) -> QuerySet[Record]:
    rows = Record.objects.defer("content", "search")
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    if state == "draft":
        rows = rows.filter(draft__isnull=False)
    elif state == "published":
        rows = rows.filter(published=True)
    elif state == "withdrawn":
        rows = rows.filter(published=False, content__isnull=False)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(search__contains=word)
    return rows
