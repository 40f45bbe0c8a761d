"""The client of Rasa's signed door, the only way to the assistant (contract: docs/architecture.md)."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import httpx
from django.conf import settings

from bot.common import rasa_address, signing

log = logging.getLogger(__name__)

_CONNECT_SECONDS = 2.0
_CONNECTIONS = 100
# Below the five seconds after which Rasa's server ends an idle connection, perhaps just as it is used again.
_IDLE_SECONDS = 2.0


class RasaUnavailable(Exception):
    """Rasa cannot be reached or does not answer in time; the same message may be asked again later."""


class RasaFault(Exception):
    """Rasa was reached, but answered with an error or nonsense."""


@dataclass(frozen=True)
class Answered:
    """What the door returned: answers as in the contract, what was understood, and the time it took."""

    messages: list[dict[str, Any]]
    understood: dict[str, Any]
    milliseconds: int


async def ask(
    conversation: uuid.UUID,
    message_id: int,
    text: str,
    payload: str,
    language: str | None,
    address: str | None = None,
) -> Answered:
    """Put one message to the assistant: its payload, or its text when there is none.

    `address` is that of another Rasa process than the one in service.
    """
    content = {"payload": payload} if payload else {"text": text}
    body = {"sender": str(conversation), "message_id": str(message_id), **content, "language": language}
    begun = time.perf_counter()
    response = await _post("messages", body, address)
    milliseconds = round((time.perf_counter() - begun) * 1000)
    try:
        answer = response.json()
        messages, understood = answer["messages"], answer["understood"] or {}
        for message in messages:
            message["text"] += ""
    except (ValueError, KeyError, TypeError) as error:
        raise RasaFault("the door answered nonsense") from error
    return Answered(messages, understood, milliseconds)


async def note(conversation: uuid.UUID, message_id: int, author: str, text: str) -> None:
    """Tell the assistant what was said without it; told again, it keeps it once."""
    body = {"sender": str(conversation), "message_id": str(message_id), "author": author, "text": text}
    await _post("note", body)


async def forget(conversation: uuid.UUID) -> None:
    """Make the assistant forget the conversation."""
    await _post("forget", {"sender": str(conversation)})


async def leave(address: str) -> None:
    """Have the Rasa process at `address` end; whoever keeps it starts it again with the present model."""
    await _post("leave", {}, address)


async def close() -> None:
    """Close this event loop's connections."""
    client = _clients.pop(asyncio.get_running_loop(), None)
    if client is not None:
        await client.aclose()


async def _post(call: str, content: dict[str, Any], address: str | None = None) -> httpx.Response:
    body = json.dumps(content, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", **signing.headers(settings.HEZA.secret, body)}
    try:
        response = await _client().post(
            f"{address or rasa_address.current(settings.HEZA)}/webhooks/heza/{call}",
            content=body,
            headers=headers,
            timeout=httpx.Timeout(settings.HEZA.rasa_timeout, connect=_CONNECT_SECONDS),
        )
    except httpx.TransportError as error:
        raise RasaUnavailable(type(error).__name__) from error
    if response.is_success:
        return response
    log.error("door %s answered %d", call, response.status_code)
    # Another program may hold the port, or Rasa may still be loading its model or hold another secret.
    if response.status_code in {401, 403, 404, 503}:
        raise RasaUnavailable(str(response.status_code))
    raise RasaFault(str(response.status_code))


# A client belongs to the event loop in which its connections were opened.
_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, httpx.AsyncClient] = WeakKeyDictionary()


def _client() -> httpx.AsyncClient:
    loop = asyncio.get_running_loop()
    client = _clients.get(loop)
    if client is None:
        limits = httpx.Limits(
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
        )
        client = _clients[loop] = httpx.AsyncClient(limits=limits, trust_env=False)
    return client
