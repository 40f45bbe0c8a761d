"""The page of the audit log, the latest line first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from bot.console import wording
from bot.console.guard import Officer, page
from bot.console.models import Deed
from bot.console.people import officers
from bot.console.roles import Need

PAGE = 100


@page(Need.AUDIT)
def log(request: Officer) -> HttpResponse:
    """Who did what, narrowed to a person or an action."""
    found = Deed.objects.select_related("by")
    by, action = request.GET.get("by", ""), request.GET.get("action", "")
    if by.isdigit():
        found = found.filter(by=int(by))
    if action in wording.words("deed"):
        found = found.filter(action=action)
    context = {
        "deeds": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "officers": officers(),
        "actions": wording.choices("deed"),
        "by": by,
        "action": action,
    }
    return render(request, "console/accounts/log.html", context)
