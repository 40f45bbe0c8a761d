"""Records out as XLSX and in again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bot.console import audit
from bot.console.guard import Officer, deed, page
from bot.console.records import exchange
from bot.console.roles import Need
from bot.console.wording import say
from bot.registry.models import Kind, Record

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(Need.EDIT_RECORDS)
def export(request: Officer) -> HttpResponse:
    """All records, or those of a kind, as they are worked on."""
    kind = request.GET.get("kind", "")
    rows = Record.objects.filter(kind=kind) if kind in Kind.values else Record.objects.all()
    audit.record(request.user, "records_exported", kind)
    response = HttpResponse(exchange.written(rows), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="records{"-" + kind if kind else ""}.xlsx"'
    return response


@page(Need.EDIT_RECORDS)
def choose(request: Officer) -> HttpResponse:
    """The page on which a file is chosen."""
    return render(request, "console/records/import.html", {"kinds": Kind.values})


@deed(Need.EDIT_RECORDS)
def take(request: Officer) -> HttpResponse:
    """Read the file; its changed rows become drafts, or none of them when one is faulty."""
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > exchange.LARGEST:
        messages.error(request, say("records", "no_file"))
        return redirect("console:records:choose")
    try:
        rows = exchange.read(file.read(), request.user)
    except exchange.NotReadable:
        messages.error(request, say("records", "not_readable"))
        return redirect("console:records:choose")
    faulty = [row for row in rows if row.outcome == "faulty"]
    drafted = sum(row.outcome == "drafted" for row in rows)
    if not faulty:
        audit.record(request.user, "records_imported", drafted=drafted)
    context = {
        "kinds": Kind.values,
        "rows": faulty or [row for row in rows if row.outcome == "drafted"],
        "faulty": len(faulty),
        "drafted": drafted,
        "unchanged": sum(row.outcome == "unchanged" for row in rows),
        "read": True,
    }
    return render(request, "console/records/import.html", context, status=422 if faulty else 200)
