"""The language of a page: `?language=`, remembered in a cookie, otherwise what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

LANGUAGES = ("vi", "en")
_YEAR_SECONDS = 365 * 24 * 60 * 60
View = Callable[..., HttpResponseBase]


def bilingual(view: View) -> View:
    """The view speaks the language that its address names; the next pages then speak it too."""

    @wraps(view)
    def speaking(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        wanted = request.GET.get("language")
        if wanted not in LANGUAGES:
            return view(request, *args, **kwargs)
        with translation.override(wanted):
            response = view(request, *args, **kwargs)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True
        )
        return response

    return speaking
