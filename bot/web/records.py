"""Searching the records, and a page for each: cited, dated, printable, with an address to share."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bot.registry import snapshot
from bot.registry.models import GROUP_FIELD, Kind
from bot.registry.search import find
from bot.registry.snapshot import Item, Snapshot
from bot.web.speaking import bilingual

PER_PAGE = 24
MAX_QUERY = 200


@bilingual
def browse(request: HttpRequest) -> HttpResponse:
    """Records of a kind, or of all kinds, that have the words; `?kind= &q= &group= &page=`."""
    now = snapshot.cache.current()
    query = request.GET.get("q", "")[:MAX_QUERY].strip()
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    found = {each: find(query, now.all(each)) for each in Kind.values}
    groups = _groups(kind, found[kind]) if kind else []
    group = request.GET.get("group", "")
    group = group if group in {value for value, _ in groups} else ""
    items = [
        item for item in _chosen(kind, found) if not group or item.data[GROUP_FIELD[Kind(kind)]] == group
    ]
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "web/browse.html",
        {
            "query": query,
            "kind": kind,
            "kinds": [(each, len(found[each])) for each in Kind.values],
            "all": sum(len(each) for each in found.values()),
            "group": group,
            "groups": groups,
            "page": page,
            "records": [item.data for item in page],
        },
    )


@bilingual
def record(request: HttpRequest, record_id: str) -> HttpResponse:
    """The page of one record, whatever its kind."""
    now = snapshot.cache.current()
    item = lookup(now, record_id)
    if item is None:
        raise Http404
    data = item.data
    context = {
        "record": data,
        "related": _related(now, data),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, f"web/records/{data['kind']}.html", context)


def lookup(now: Snapshot, record_id: str) -> Item | None:
    """A record by its id alone: ids are unique over all kinds."""
    return next((item for kind in Kind.values if (item := now.get(kind, record_id))), None)


def _groups(kind: str, items: list[Item]) -> list[tuple[str, int]]:
    """Groups among the records found, with their number, the largest first."""
    return Counter(str(item.data[GROUP_FIELD[Kind(kind)]]) for item in items).most_common()


def _chosen(kind: str, found: dict[str, list[Item]]) -> list[Item]:
    return found[kind] if kind else [item for each in found.values() for item in each]


def _related(now: Snapshot, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Records worth a look from here: those it names, and zones that are part of it."""
    ids = [data.get("parent"), data.get("newer"), data.get("zone"), *data.get("related", ())]
    ids += data.get("related_rules", ())
    named = [item for each in ids if each and (item := lookup(now, each))]
    parts = [zone for zone in now.all(Kind.ZONE) if zone.data["parent"] == data["id"]]
    return [item.data for item in [*named, *parts]]
