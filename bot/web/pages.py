"""Public pages and the health address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

LANGUAGES = ("vi", "en")


async def health(request: HttpRequest) -> HttpResponse:
    """200 as soon as the process answers; touches no database."""
    return HttpResponse("ok\n", content_type="text/plain")


def home(request: HttpRequest) -> HttpResponse:
    """What the assistant is and where to talk to it."""
    return _page(request, "web/home.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return _page(request, "web/privacy.html")


def _page(request: HttpRequest, template: str) -> HttpResponse:
    """The template in the language of `?language=`, otherwise in the one the browser asks for."""
    wanted = request.GET.get("language")
    if wanted in LANGUAGES:
        with translation.override(wanted):
            return render(request, template)
    return render(request, template)
