"""The middleware before the staff's pages, console and admin: their host, and how long a session lasts.

A session ends after an hour without a deed and twelve hours after signing in. What a page asks for by
itself, again and again, is no deed.
"""

from __future__ import annotations

from datetime import timedelta

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils import timezone
from typing_extensions import override

from bot.common.middleware import BothWays
from bot.console import wording

STAFF = ("/staff/", "/admin/")
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
# Requests that pages make by themselves, by the last part of their path.
_BY_ITSELF = ("/count/", "/waiting/", "/fresh/")
_BEGUN, _SEEN = "staff_begun", "staff_seen"
# The time of the last deed is written this seldom.
_WRITTEN_EVERY = 60.0


class Gate(BothWays):
    """Passes everything but the staff's pages straight on."""

    @override
    def before(self, request: HttpRequest) -> HttpResponseBase | None:
        """A refusal, or None."""
        return check(request)

    @override
    async def abefore(self, request: HttpRequest) -> HttpResponseBase | None:
        """The same in a thread, since a session is read; nobody else's page waits for one."""
        if not request.path_info.startswith(STAFF):
            return None
        return await sync_to_async(self.before, thread_sensitive=True)(request)


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
