"""Refusals of the HTTP API as typed errors; `bot.web.api` turns them into `application/problem+json`."""

from __future__ import annotations

from collections.abc import Mapping


class Problem(Exception):
    """A refusal with its HTTP status; `detail` holds the sentence for the reader in both languages.

    `language` fixes the language of the answer; None leaves it to the request's Accept-Language.
    """

    def __init__(
        self,
        status: int,
        detail: Mapping[str, str],
        language: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status}: {detail['en']}")
        self.status = status
        self.detail = detail
        self.language = language
        self.headers = dict(headers or {})
