"""Django middleware for both kinds of request, written once for all rooms.

Middleware that can only do one of them would put every request of the other kind into a thread.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase] | Callable[[HttpRequest], Awaitable[HttpResponseBase]]


class BothWays:
    """Passes requests on; subclasses say what `before` and `after` do."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """The response, or its coroutine under asynchronous servers."""
        if self._is_async:
            return self._acall(request)
        response = self.before(request) or self.get_response(request)
        assert isinstance(response, HttpResponseBase)
        return self.after(request, response)

    async def _acall(self, request: HttpRequest) -> HttpResponseBase:
        response = await self.abefore(request)
        if response is None:
            answer = self.get_response(request)
            assert not isinstance(answer, HttpResponseBase)
            response = await answer
        return self.after(request, response)

    def before(self, request: HttpRequest) -> HttpResponseBase | None:
        """A response that ends the request here, or None."""
        return None

    async def abefore(self, request: HttpRequest) -> HttpResponseBase | None:
        """The same in the event loop; overridden where `before` reads a file or the database."""
        return self.before(request)

    def after(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response with what this middleware adds."""
        return response
