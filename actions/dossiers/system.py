"""The authority's dossier system over HTTP, as settings describe it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

import requests

from actions.dossiers.fields import Fields
from actions.dossiers.source import Dossier, Malformed, SourceDown, TooManyTries, Unknown

# Seconds between tries; there is one more of those.
PAUSES = (0.1, 0.2)
# An answer is a few hundred bytes.
_MOST_BYTES = 20_000
_REFUSALS = {400: Malformed, 404: Unknown, 422: Malformed, 429: TooManyTries}


class DossierSystem:
    """POSTs code and PIN as JSON to `url`; a look-up changes nothing, so it may be tried again.

    `authorization` is the content of that header, `try_seconds` the time one try may take.
    """

    def __init__(self, url: str, authorization: str, fields: Fields, try_seconds: float) -> None:
        self._url = url
        self._fields = fields
        self._try_seconds = try_seconds
        self._session = requests.Session()
        # No password from a .netrc in place of the one in our settings.
        self._session.trust_env = False
        if authorization:
            self._session.headers["Authorization"] = authorization

    def find(self, code: str, pin: str, seconds: float) -> Dossier:
        """See `Source`."""
        return self._find(code, pin, time.monotonic() + seconds, PAUSES)

    def _find(self, code: str, pin: str, until: float, pauses: Sequence[float]) -> Dossier:
        """Ask, and after a passing fault once more for each pause that still fits in the time."""
        try:
            return self._read(code, self._ask(code, pin, min(until - time.monotonic(), self._try_seconds)))
        except _Passing as error:
            if not pauses or time.monotonic() + pauses[0] >= until:
                raise SourceDown(str(error)) from None
        time.sleep(pauses[0])
        return self._find(code, pin, until, pauses[1:])

    def _ask(self, code: str, pin: str, seconds: float) -> bytes:
        """The answer's body, all of it within the time; an address that redirects is not followed."""
        body = self._fields.body(code, pin)
        until = time.monotonic() + seconds
        try:
            with self._session.post(
                self._url, json=body, timeout=_left(until), stream=True, allow_redirects=False
            ) as response:
                _check(response.status_code)
                content = b""
                # Byte by byte: a larger piece is only given when it is full, however long that takes.
                for piece in response.iter_content(1):
                    content += piece
                    _left(until)
                    if len(content) > _MOST_BYTES:
                        raise SourceDown("the answer is too long")
                return content
        except requests.RequestException as error:
            # Its own text may hold what was sent.
            raise _Passing(type(error).__name__) from None

    def _read(self, code: str, body: bytes) -> Dossier:
        try:
            content: Any = json.loads(body)
        except ValueError:
            raise SourceDown("the answer is no JSON") from None
        if not content:
            raise Unknown
        dossier = self._fields.read(content)
        if dossier.code.strip().upper() != code.strip().upper():
            raise SourceDown("the answer is about another dossier")
        return dossier


class _Passing(Exception):
    """A fault that another try may not meet."""


def _check(status: int) -> None:
    if status in _REFUSALS:
        raise _REFUSALS[status]
    if status >= requests.codes.server_error:
        raise _Passing(f"answered {status}")
    if status != requests.codes.ok:
        raise SourceDown(f"answered {status}")


def _left(until: float) -> float:
    """Seconds until then; a source that sends byte after byte must not hold a thread for ever."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise _Passing("too slow")
    return seconds
