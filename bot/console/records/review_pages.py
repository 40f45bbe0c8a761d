"""The expiry desk, and recalls."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from bot.console import turns
from bot.console.guard import Officer, page
from bot.console.records import expiry as expiring
from bot.console.records import recall as recalls
from bot.console.roles import Need
from bot.conversations.models import Message
from bot.registry.models import Record

_PAGE = 50


@page(Need.VIEW_RECORDS)
def expiry(request: Officer) -> HttpResponse:
    """Records to look at, the most asked for first."""
    turns.before_a_page()
    reason = request.GET.get("reason", "")
    reason = reason if reason in expiring.REASONS else ""
    found = Paginator(expiring.due(reason), _PAGE).get_page(request.GET.get("page"))
    context = {"page": found, "rows": found, "reason": reason, "reasons": expiring.REASONS}
    return render(request, "console/records/expiry.html", context)


@page(Need.VIEW_RECORDS)
def changed(request: Officer) -> HttpResponse:
    """Records that changed after somebody had been told the old content."""
    turns.before_a_page()
    return render(request, "console/records/changed.html", {"rows": recalls.changed()})


@page(Need.READ)
def recall(request: Officer, record: str) -> HttpResponse:
    """Who was told what a publication changed: the latest, or the one in the address."""
    found = get_object_or_404(Record, pk=record)
    publications = recalls.publications(found)
    chosen = next((each for each in publications if str(each.id) == request.GET.get("version")), None)
    chosen = chosen or next(iter(publications), None)
    rows = recalls.told(found, chosen.at) if chosen else Message.objects.none()
    told = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    context = {
        "record": found,
        "publications": publications,
        "chosen": chosen,
        "changes": chosen.changes(found.kind) if chosen else [],
        "page": told,
        "conversations": rows.order_by().values("conversation").distinct().count(),
    }
    return render(request, "console/records/recall.html", context)
