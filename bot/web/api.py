"""The HTTP API: the rooms' routers under one address, faults as localised `application/problem+json`."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from importlib.util import find_spec

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import get_language_from_request
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from bot.common.problems import Problem
from bot.common.wording import Wording

log = logging.getLogger(__name__)
PROBLEMS = Wording("problems")

api = NinjaAPI(
    title="HEZA Investor Assistant",
    version="1",
    docs_url="/docs",
    openapi_url="/schema",
    urls_namespace="api",
)
for address, router in (
    ("/v1", "bot.registry.api.router"),
    ("/internal", "bot.registry.internal.router"),
    ("/v1", "bot.conversations.api.router"),
):
    module = router.rpartition(".")[0]
    if module.rpartition(".")[0] in settings.ROOMS and find_spec(module):
        api.add_router(address, import_string(router))


def problem(
    request: HttpRequest,
    status: int,
    detail: Mapping[str, str],
    language: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A problem document in the given language, else the session's, else the one the request asks for."""
    session = getattr(request, "auth", None)
    asked_for = "en" if (get_language_from_request(request)).startswith("en") else "vi"
    chosen = language or getattr(session, "language", None) or asked_for
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail[chosen],
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
        headers={"Content-Language": chosen, **(headers or {})},
    )


@api.exception_handler(Problem)
def _problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return problem(request, error.status, error.detail, error.language, error.headers)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = ", ".join(str(fault["loc"][-1]) for fault in error.errors)
    return problem(request, 400, PROBLEMS.both("invalid", fields=fields))


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, _of(error.status_code))


def _of(status: int) -> dict[str, str]:
    try:
        return PROBLEMS.both(str(status))
    except KeyError:
        return PROBLEMS.both("other")


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(request, 413, PROBLEMS.both("413"))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404, PROBLEMS.both("404"))


@api.exception_handler(OperationalError)
def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    log.error("database not available (%s)", type(error).__name__)
    return problem(request, 503, PROBLEMS.both("503"), headers={"Retry-After": "5"})


@api.exception_handler(Exception)
def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("fault in %s %s", request.method, request.path, exc_info=error)
    return problem(request, 500, PROBLEMS.both("500"))
