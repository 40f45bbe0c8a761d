"""Public pages without records of their own, the start page and the health address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bot.registry import snapshot
from bot.registry.models import Kind
from bot.web.speaking import bilingual

# What most investors ask for first.
FEATURED = {
    Kind.PROCEDURE: (
        "irc_issue", "erc_company", "work_permit", "building_permit", "environmental_licence",
        "investor_visa_dt",
    ),
    Kind.ZONE: (
        "ip-nam-cau-kien", "ip-vsip-hai-phong", "ip-deep-c-2", "ip-trang-due", "ip-nam-dinh-vu-1",
        "ip-xuan-cau-lach-huyen",
    ),
}  # fmt: skip


async def health(request: HttpRequest) -> HttpResponse:
    """200 as soon as the process answers; touches no database."""
    return HttpResponse("ok\n", content_type="text/plain")


@bilingual
def home(request: HttpRequest) -> HttpResponse:
    """What the assistant is, where to search and whom to ask."""
    now = snapshot.cache.current()
    featured = {
        f"{kind}s": [item.data for each in ids if (item := now.get(kind, each))]
        for kind, ids in FEATURED.items()
    }
    counts = {kind.value: len(list(now.all(kind))) for kind in Kind}
    return render(request, "web/home.html", {"counts": counts, **featured})


@bilingual
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return render(request, "web/privacy.html")


@bilingual
def embed(request: HttpRequest) -> HttpResponse:
    """How a website of the authority takes the chat in."""
    site = f"{request.scheme}://{request.get_host()}"
    return render(request, "web/embed.html", {"site": site, "origins": settings.HEZA.allowed_origins})
