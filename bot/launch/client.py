"""A conversation over the public HTTP API, as any outside program would hold it."""

from __future__ import annotations

import ssl
import uuid
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

import httpx

Message = dict[str, Any]


class Conversation:
    """One conversation at `base_url` (no trailing slash); a refusal is raised as httpx.HTTPStatusError.

    `welcome` holds the first messages; `say` and `press` return the new ones.
    """

    def __init__(self, base_url: str, language: str | None = None, timeout: float = 30.0) -> None:
        self._http = httpx.Client(
            base_url=f"{base_url}/api/v1", timeout=timeout, trust_env=False, verify=_trusted()
        )
        try:
            body = _content(self._http.post("/conversations", json={"language": language}))
        except BaseException:
            self._http.close()
            raise
        self.id: str = body["id"]
        self.token: str = body["token"]
        self.mode: str = "bot"
        self.welcome: list[Message] = body["messages"]
        self._http.headers["Authorization"] = f"Bearer {self.token}"

    def say(self, text: str, client_id: str | None = None) -> list[Message]:
        """Send free text; the assistant's direct answer."""
        return self._send({"text": text}, client_id)

    def press(self, payload: str, client_id: str | None = None) -> list[Message]:
        """Press a button of an earlier message."""
        return self._send({"payload": payload}, client_id)

    def history(self, after: str | int | None = None) -> list[Message]:
        """All messages, or those after the message with this id."""
        body = _content(self._http.get("/messages", params={} if after is None else {"after": after}))
        messages: list[Message] = body["messages"]
        return messages

    def rate(self, message_id: str | int, value: int, comment: str = "") -> None:
        """Thumbs up (1) or down (-1) for a message."""
        body = {"message_id": message_id, "value": value, "comment": comment}
        self._http.post("/feedback", json=body).raise_for_status()

    def erase(self) -> None:
        """Delete the conversation everywhere."""
        self._http.delete("/conversations/current").raise_for_status()

    def close(self) -> None:
        """Let go of the connection; the conversation stays."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _send(self, content: dict[str, str], client_id: str | None) -> list[Message]:
        body = {"client_id": client_id or uuid.uuid4().hex, **content}
        answer = _content(self._http.post("/messages", json=body))
        self.mode = answer["mode"]
        messages: list[Message] = answer["messages"]
        return messages


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Read once: loading the certificates takes longer than beginning a conversation."""
    return httpx.create_ssl_context(trust_env=False)


def _content(response: httpx.Response) -> dict[str, Any]:
    response.raise_for_status()
    content: dict[str, Any] = response.json()
    return content
