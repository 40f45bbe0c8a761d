"""The records' public API, `/api/v1/{kind}`: bilingual, filterable, with ETags; and the assistant's index."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from ninja import Query, Router

from bot.common.problems import Problem
from bot.registry import index as indexing
from bot.registry import snapshot
from bot.registry.labels import LABELS
from bot.registry.search import find
from bot.registry.shapes import (
    FaqFilters,
    Filters,
    IncentiveFilters,
    Index,
    Page,
    ProblemShape,
    ProcedureFilters,
    RecordShape,
    StatisticFilters,
    ZoneFilters,
)

router = Router(tags=["registry"])
_LIST = {200: Page, 304: None, 400: ProblemShape}
_ONE = {200: RecordShape, 304: None, 404: ProblemShape}


@router.get("/procedures", response=_LIST)
def procedures(request: HttpRequest, filters: Query[ProcedureFilters]) -> HttpResponse:
    """Administrative procedures: steps, documents, time, fee, authority, legal basis."""
    return _list(request, "procedure", filters)


@router.get("/procedures/{record_id}", response=_ONE)
def procedure(request: HttpRequest, record_id: str) -> HttpResponse:
    """One procedure."""
    return _one(request, "procedure", record_id)


@router.get("/zones", response=_LIST)
def zones(request: HttpRequest, filters: Query[ZoneFilters]) -> HttpResponse:
    """Economic zones, the free trade zone and industrial parks."""
    return _list(request, "zone", filters)


@router.get("/zones/{record_id}", response=_ONE)
def zone(request: HttpRequest, record_id: str) -> HttpResponse:
    """One zone or park."""
    return _one(request, "zone", record_id)


@router.get("/incentives", response=_LIST)
def incentives(request: HttpRequest, filters: Query[IncentiveFilters]) -> HttpResponse:
    """Tax and other incentives with their conditions."""
    return _list(request, "incentive", filters)


@router.get("/incentives/{record_id}", response=_ONE)
def incentive(request: HttpRequest, record_id: str) -> HttpResponse:
    """One incentive."""
    return _one(request, "incentive", record_id)


@router.get("/faq", response=_LIST)
def faq(request: HttpRequest, filters: Query[FaqFilters]) -> HttpResponse:
    """Questions investors ask, with answers; `name` is the question."""
    return _list(request, "faq", filters)


@router.get("/faq/{record_id}", response=_ONE)
def faq_entry(request: HttpRequest, record_id: str) -> HttpResponse:
    """One question with its answer."""
    return _one(request, "faq", record_id)


@router.get("/statistics", response=_LIST)
def statistics(request: HttpRequest, filters: Query[StatisticFilters]) -> HttpResponse:
    """Figures and facts on the city, its zones and the market."""
    return _list(request, "statistic", filters)


@router.get("/statistics/{record_id}", response=_ONE)
def statistic(request: HttpRequest, record_id: str) -> HttpResponse:
    """One figure."""
    return _one(request, "statistic", record_id)


@router.get("/index", response={200: Index, 304: None})
def index(request: HttpRequest) -> HttpResponse:
    """What the assistant finds records by; asking whether it changed costs one small query."""
    # The version before the content: a publication in between is found by the next poll.
    tag = indexing.etag(snapshot.version())
    return _answer(
        request, tag, lambda: json.dumps(indexing.index(snapshot.cache.current()), ensure_ascii=False)
    )


def _list(request: HttpRequest, kind: str, filters: Filters) -> HttpResponse:
    now = snapshot.cache.current()

    def body() -> str:
        wanted = filters.dict(exclude={"q", "limit", "offset"}, exclude_none=True)
        fitting = [
            item
            for item in now.all(kind)
            if all(str(item.data.get(field)) == value for field, value in wanted.items())
        ]
        found = find(filters.q or "", fitting)
        page = found[filters.offset : filters.offset + filters.limit]
        return f'{{"count":{len(found)},"items":[{",".join(item.json for item in page)}]}}'

    return _answer(request, now.etag, body)


def _one(request: HttpRequest, kind: str, record_id: str) -> HttpResponse:
    now = snapshot.cache.current()
    item = now.get(kind, record_id)
    if item is None:
        raise Problem(404, LABELS.both("no_record", id=record_id))
    return _answer(request, now.etag, lambda: item.json)


def _answer(request: HttpRequest, etag: str, body: Callable[[], str]) -> HttpResponse:
    """The body with its ETag, or 304 for a reader that has it already."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or etag in (tag.removeprefix("W/") for tag in known):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body(), content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    return response
