"""Choosing by words instead of ids: what a field's search offers, for filters and for judging."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render

from bot.console import subjects
from bot.console.guard import Officer, page
from bot.console.roles import Need
from bot.console.subjects import Subject

# The field that is filled -> how its values are found.
_FINDERS: Mapping[str, Callable[[str], list[Subject]]] = {
    "record": subjects.find,
    "right_record": subjects.find,
    "right_intent": subjects.find_intents,
}


@page(Need.READ)
def find(request: Officer, field: str) -> HttpResponse:
    """What answers to the words `find`, best first, to choose the field's value from."""
    if field not in _FINDERS:
        raise Http404
    words = request.GET.get("find", "").strip()
    context = {"found": _FINDERS[field](words), "field": field, "words": words}
    return render(request, "console/found.html", context)
