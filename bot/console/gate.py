"""The middleware before the staff's pages, console and admin: their host, and how long a session lasts.

A session ends after an hour without a deed and twelve hours after signing in. What a page asks for by
itself, again and again, is no deed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils import timezone

from bot.console import wording

STAFF = ("/staff/", "/admin/")
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
# Requests that pages make by themselves, by the last part of their path.
_BY_ITSELF = ("/count/", "/waiting/", "/fresh/")
_BEGUN, _SEEN = "staff_begun", "staff_seen"
# The time of the last deed is written this seldom.
_WRITTEN_EVERY = 60.0


class Gate:
    """Passes everything but the staff's pages straight on."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """The page, or a refusal."""
        if self._is_async:
            return self._acall(request)
        response: HttpResponseBase = check(request) or self.get_response(request)
        return response

    async def _acall(self, request: HttpRequest) -> HttpResponseBase:
        refusal = None
        if request.path_info.startswith(STAFF):
            refusal = await sync_to_async(check, thread_sensitive=True)(request)
        response: HttpResponseBase = refusal or await self.get_response(request)
        return response


def check(request: HttpRequest) -> HttpResponseBase | None:
    """A refusal, or None; a session that is over is ended, and the guard then asks to sign in."""
    if not request.path_info.startswith(STAFF):
        return None
    hosts: tuple[str, ...] = settings.HEZA.staff_hosts
    if hosts and request.get_host().rpartition(":")[0] not in hosts and request.get_host() not in hosts:
        return HttpResponseNotFound()
    if request.user.is_authenticated:
        _keep_time(request)
    return None


def _keep_time(request: HttpRequest) -> None:
    now = timezone.now().timestamp()
    begun, seen = request.session.setdefault(_BEGUN, now), request.session.setdefault(_SEEN, now)
    if now - seen > IDLE.total_seconds() or now - begun > LONGEST.total_seconds():
        logout(request)
        messages.warning(request, wording.say("notice", "expired"))
    elif not request.path_info.endswith(_BY_ITSELF) and now - seen > _WRITTEN_EVERY:
        request.session[_SEEN] = now
