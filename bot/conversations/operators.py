"""A page for operators, answered on the private network only: never through the reverse proxy."""

from __future__ import annotations

import ipaddress
from dataclasses import asdict

from django.http import Http404, HttpRequest, JsonResponse

from bot.conversations.health import Probe

_probe = Probe()


async def ready(request: HttpRequest) -> JsonResponse:
    """200 when a question gets a sourced answer, otherwise 503; which part fails is in the body."""
    _private(request)
    health = await _probe.look()
    return JsonResponse(asdict(health), status=200 if health.ready else 503)


def _private(request: HttpRequest) -> None:
    """404 for whoever came from outside or through a proxy."""
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    try:
        inside = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_private
    except ValueError:
        inside = False
    if forwarded or not inside:
        raise Http404
