"""What every answer of the site passes: static files, content security policy, cross-origin reading.

All of it runs asynchronously, because one synchronous middleware would put every request into a thread.
"""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from typing_extensions import override
from whitenoise.middleware import WhiteNoiseMiddleware

from bot.common.middleware import BothWays, GetResponse

_STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The admin's Alpine evaluates its attributes; Swagger and the admin set styles in elements.
_STYLES = _STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
_ADMIN = _STYLES.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'")
POLICIES = {"/admin/": _ADMIN, "/api/docs": _STYLES}

# Public records may be read by any page; conversations only by pages of the allowed origins.
_PUBLIC = tuple(
    f"/api/v1/{kind}" for kind in ("procedures", "zones", "incentives", "faq", "statistics", "index")
)
_CORS = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match, Last-Event-ID",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "600",
}


class Headers(BothWays):
    """Nothing from elsewhere, no inline script; a view that sets the header itself keeps its own."""

    @override
    def after(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        policy = next((policy for path, policy in POLICIES.items() if request.path.startswith(path)), _STRICT)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response


class CrossOrigin(BothWays):
    """CORS without cookies: a conversation is authorised by its token, never by the browser's session."""

    @override
    def before(self, request: HttpRequest) -> HttpResponseBase | None:
        preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        return HttpResponse(status=204) if preflight and self._allowed(request) else None

    @override
    def after(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/api/v1/"):
            patch_vary_headers(response, ("Origin",))
            allowed = self._allowed(request)
            if allowed:
                for name, value in {"Access-Control-Allow-Origin": allowed, **_CORS}.items():
                    response.headers[name] = value
        return response

    def _allowed(self, request: HttpRequest) -> str | None:
        origin = request.headers.get("Origin")
        if origin is None or not request.path.startswith("/api/v1/"):
            return None
        if origin in settings.HEZA.allowed_origins:
            return origin
        return "*" if request.path.startswith(_PUBLIC) else None


class StaticFiles(BothWays, WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, which is synchronous, made to take only the requests for files out of the loop."""

    def __init__(self, get_response: GetResponse) -> None:
        WhiteNoiseMiddleware.__init__(self, get_response)
        BothWays.__init__(self, get_response)

    @override
    def before(self, request: HttpRequest) -> HttpResponseBase | None:
        file = self.files.get(request.path_info)
        return None if file is None else self._whole(file, request)

    @override
    async def abefore(self, request: HttpRequest) -> HttpResponseBase | None:
        if request.path_info not in self.files:
            return None
        return await sync_to_async(self.before, thread_sensitive=False)(request)

    def _whole(self, file: object, request: HttpRequest) -> HttpResponse:
        """The file at once: an open file would be read in the event loop."""
        served = self.serve(file, request)
        response = HttpResponse(b"".join(served), status=served.status_code, headers=dict(served.items()))
        served.close()
        return response
