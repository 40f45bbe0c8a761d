"""The list of conversations with its filters, saved ones, and the way to export it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bot.console import audit, subjects, turns, wording
from bot.console.conversations.filters import Filters
from bot.console.guard import Officer, deed, page
from bot.console.models import Case, SavedFilter
from bot.console.people import officers
from bot.console.roles import Need
from bot.conversations.models import Feedback

PAGE = 50
_NAME_LENGTH = 60


@dataclass(frozen=True)
class Chip:
    """A filter that is on, in words, and the address without it."""

    name: str
    words: str
    without: str


@page(Need.READ)
def listing(request: Officer) -> HttpResponse:
    """Conversations, the latest first, fifty a page."""
    turns.before_a_page()
    filters = Filters(request.GET)
    shown = Paginator(filters.found(request.user), PAGE).get_page(request.GET.get("page"))
    shown.object_list = _with_all(shown.object_list)
    context = {
        "filters": filters,
        "record": subjects.subject(record) if (record := filters.values.get("record")) else None,
        "chips": _chips(filters, request.GET),
        "cases": shown,
        "saved": SavedFilter.objects.filter(owner=request.user)
        | SavedFilter.objects.filter(shared=True).select_related("owner"),
        "query": _query(request.GET),
        "officers": officers(),
    }
    return render(request, "console/conversations/list.html", context)


@deed(Need.READ)
def save_filter(request: Officer) -> HttpResponse:
    """Keep the present filter under a name; the same name again overwrites."""
    query = _query(QueryDict(request.POST.get("query", "")))
    name = request.POST.get("name", "").strip()[:_NAME_LENGTH]
    if name:
        SavedFilter.objects.update_or_create(
            owner=request.user, name=name, defaults={"query": query, "shared": "shared" in request.POST}
        )
        audit.record(request.user, "filter_saved", name)
    return redirect(f"{reverse('console:conversations')}?{query}")


@deed(Need.READ)
def drop_filter(request: Officer, saved: int) -> HttpResponse:
    """Forget one's own saved filter."""
    get_object_or_404(SavedFilter, pk=saved, owner=request.user).delete()
    audit.record(request.user, "filter_dropped", saved)
    return redirect("console:conversations")


def _with_all(found: Iterable[Any]) -> list[Case]:
    """What a row shows, in a fixed number of queries."""
    keys = [each.pk if isinstance(each, Case) else each for each in found]
    opinions = Feedback.objects.filter(message__conversation=OuterRef("pk"))
    cases = (
        Case.objects.filter(pk__in=keys)
        .select_related("conversation", "assigned_to")
        .prefetch_related("labels")
        .annotate(liked=Exists(opinions.filter(value=1)), disliked=Exists(opinions.filter(value=-1)))
    )
    return sorted(cases, key=lambda case: keys.index(case.pk))


def _query(given: QueryDict) -> str:
    """The filter alone: without the page, without empty fields."""
    kept = given.copy()
    for name in list(kept):
        if name not in Filters.base_fields or not kept[name]:
            kept.pop(name)
    return kept.urlencode()


def _chips(filters: Filters, given: QueryDict) -> list[Chip]:
    chips = []
    for name in filters.values:
        rest = given.copy()
        rest.pop(name, None)
        rest.pop("page", None)
        chips.append(Chip(wording.say("filter", name), filters.in_words(name), f"?{rest.urlencode()}"))
    return chips
