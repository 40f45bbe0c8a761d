"""Every record with what it rests on: the list of what the authority still has to confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bot.registry import snapshot
from bot.registry.models import Kind
from bot.registry.review import STATUSES
from bot.registry.search import find
from bot.registry.snapshot import Item
from bot.web.speaking import bilingual

PER_PAGE = 50
MAX_QUERY = 200
CONFIDENCES = ("high", "medium", "low")
DUE = ("overdue", "soon")
# A review that comes up within these days is "soon".
SOON_DAYS = 60


@bilingual
def sources(request: HttpRequest) -> HttpResponse:
    """The records, filtered by `?q= &kind= &status= &confidence= &due=`, those due first."""
    now = snapshot.cache.current()
    query = request.GET.get("q", "")[:MAX_QUERY].strip()
    chosen = {
        "kind": _one_of(request, "kind", Kind.values),
        "status": _one_of(request, "status", STATUSES),
        "confidence": _one_of(request, "confidence", CONFIDENCES),
        "due": _one_of(request, "due", DUE),
    }
    items = [item for kind in Kind.values for item in now.all(kind)]
    counts = Counter(item.data["status"] for item in items)
    fitting = _fitting(chosen, now.today)
    found = [item for item in find(query, items) if fitting(item)]
    if not query:
        found.sort(key=lambda item: item.data["review_by"] or "")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "chosen": chosen,
        "choices": {"kind": Kind.values, "status": STATUSES, "confidence": CONFIDENCES, "due": DUE},
        "counts": {status: counts[status] for status in STATUSES},
        "total": len(items),
        "page": page,
        "rows": [{**item.data, "overdue": _days_left(item, now.today) < 0} for item in page],
    }
    return render(request, "web/sources.html", context)


def _one_of(request: HttpRequest, name: str, known: tuple[str, ...] | list[str]) -> str:
    value = request.GET.get(name, "")
    return value if value in known else ""


def _fitting(chosen: dict[str, str], today: date) -> Callable[[Item], bool]:
    def fits(item: Item) -> bool:
        if any(chosen[name] not in {"", item.data[name]} for name in ("kind", "status", "confidence")):
            return False
        left = _days_left(item, today)
        return {"": True, "overdue": left < 0, "soon": 0 <= left <= SOON_DAYS}[chosen["due"]]

    return fits


def _days_left(item: Item, today: date) -> int:
    """Days until the review is due, negative when it is over; one without a date is overdue."""
    due = item.data["review_by"]
    return (date.fromisoformat(due) - today).days if due else -1
