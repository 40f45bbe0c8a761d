"""The first page: the first one that the officer may open."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bot.console import navigation
from bot.console.guard import Officer, page


@page(None)
def home(request: Officer) -> HttpResponse:
    """To the first entry of the menu; an account without a role is told so."""
    first = next(navigation.entries(request), None)
    return redirect(first.address) if first else render(request, "console/denied.html", status=403)
