"""Django's middleware for pages, left out where no browser page is asked for.

Each of them does its work in a thread, two hops a request. The API, the live events and the health address
use neither sessions nor cookies, so they pass by all of it.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils.deprecation import MiddlewareMixin
from typing_extensions import override

PROGRAMS = ("/api/v1/", "/api/internal/", "/healthz", "/readyz")


def is_program(request: HttpRequest) -> bool:
    """Whether a program asks, not a person with a browser."""
    return request.path_info.startswith(PROGRAMS)


class _PagesOnly(MiddlewareMixin):
    """Passes programs straight on."""

    @override
    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """The next one's answer, or the middleware's own way."""
        next_one: Any = self.get_response if is_program(request) else super().__call__
        response: HttpResponseBase | Awaitable[HttpResponseBase] = next_one(request)
        return response


class Security(_PagesOnly, SecurityMiddleware):
    """HTTPS, sniffing, referrer."""


class Sessions(_PagesOnly, SessionMiddleware):
    """Who is signed in, by cookie."""


class Languages(_PagesOnly, LocaleMiddleware):
    """The page's language."""


class Common(_PagesOnly, CommonMiddleware):
    """Slashes and lengths."""


class Csrf(_PagesOnly, CsrfViewMiddleware):
    """Forms that come from our own pages."""

    @override
    async def process_view(  # type: ignore[override]
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> Any:
        """Django would call it in a thread even when there is nothing to check."""
        if is_program(request):
            return None
        check = sync_to_async(super().process_view, thread_sensitive=True)
        return await check(request, callback, callback_args, callback_kwargs)


class Accounts(_PagesOnly, AuthenticationMiddleware):
    """The officer behind the session."""


class Notices(_PagesOnly, MessageMiddleware):
    """What the next page tells."""


class Frames(_PagesOnly, XFrameOptionsMiddleware):
    """No page inside another."""
