"""What stands before every page of the console: signed in, permitted, the right method, never cached.

    @page(Need.READ)      answers GET
    @deed(Need.JUDGE)     answers POST, and leaves its line in the audit log itself (bot.console.audit)

The wrapped view carries `need` and `method`; the test that walks all addresses reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from bot.console.roles import Need

P = ParamSpec("P")


class Officer(HttpRequest):
    """A request whose user is signed in: what a guarded view receives."""

    user: User


View = Callable[Concatenate[Officer, P], HttpResponseBase]


class Guarded(Protocol):
    """A view behind the guard."""

    need: Need | None
    method: str

    def __call__(self, request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The view's answer, or the way to the sign-in, or a refusal."""


def page(need: Need | None) -> Callable[[View[P]], Guarded]:
    """A page that is read; `need` None: every signed-in account."""
    return _guarded(need, "GET")


def deed(need: Need | None) -> Callable[[View[P]], Guarded]:
    """Something that is done."""
    return _guarded(need, "POST")


def _guarded(need: Need | None, method: str) -> Callable[[View[P]], Guarded]:
    def guard(view: View[P]) -> Guarded:
        @wraps(view)
        def guarded(request: Officer, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            response = _refusal(request, need, method) or view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        guarded.need, guarded.method = need, method  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def _refusal(request: HttpRequest, need: Need | None, method: str) -> HttpResponse | None:
    if not request.user.is_authenticated:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": reverse("console:login")})
        back = request.get_full_path() if request.method == "GET" else reverse("console:home")
        return redirect_to_login(back, reverse("console:login"))
    if need is not None and not request.user.has_perm(need):
        return render(request, "console/denied.html", status=403)
    if request.method not in (method, "HEAD" if method == "GET" else method):
        return HttpResponseNotAllowed([method])
    return None
