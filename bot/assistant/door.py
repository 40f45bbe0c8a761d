"""The one door into Rasa: an input channel that takes only signed requests (docs/architecture.md).

Rasa's own webhooks have no authentication, split answers into pieces and say nothing of what was
understood. Here a request carries an HMAC over time and body, and one answer brings both.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.events import Event as RasaEvent
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.assistant import memory
from bot.assistant.action_results import check_quickly
from bot.assistant.answers import Answer, AnswerCollector, kept
from bot.assistant.messages import (
    BadMessage,
    Incoming,
    Note,
    parsed_payload,
    read_message,
    read_note,
    read_sender,
)
from bot.assistant.understood import Event, turn_of, understood
from bot.common import names, settings, signing
from bot.common.log_lines import place_of

logger = logging.getLogger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]
Route = Callable[[Request, dict[str, Any]], Awaitable[HTTPResponse]]

CHANNEL = "heza"
# For the answer to the request itself to get out.
_FAREWELL_SECONDS = 0.2


class SignedDoor(InputChannel):
    """`/webhooks/heza/messages`, `/forget`, `/note` and `/leave`."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        """The channel's name, and its path under /webhooks."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SignedDoor:
        """The door with the installation's secret; credentials.yml holds none."""
        check_quickly()
        return cls(settings.load().secret)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes that Rasa's server mounts."""
        blueprint = Blueprint(CHANNEL)

        async def messages(request: Request, body: dict[str, Any]) -> HTTPResponse:
            if _model(request) is None:
                return _problem(503, "model")
            return response.json(await _answer(request, read_message(body), on_new_message))

        blueprint.add_route(self._signed(messages), "/messages", methods=["POST"], name="messages")
        blueprint.add_route(self._signed(_forget), "/forget", methods=["POST"], name="forget")
        blueprint.add_route(self._signed(_note), "/note", methods=["POST"], name="note")
        blueprint.add_route(self._signed(_leave), "/leave", methods=["POST"], name="leave")
        blueprint.add_route(_health, "/health", methods=["GET"], name="health")
        return blueprint

    def _signed(self, route: Route) -> Callable[[Request], Awaitable[HTTPResponse]]:
        """The route behind the check of signature and form."""

        async def checked(request: Request) -> HTTPResponse:
            timestamp = request.headers.get(signing.TIMESTAMP_HEADER)
            signature = request.headers.get(signing.SIGNATURE_HEADER)
            if not signing.verify(self._secret, timestamp, signature, request.body):
                return _problem(401, "signature")
            try:
                body = json.loads(request.body)
                if not isinstance(body, dict):
                    return _problem(400, "body")
                return await route(request, body)
            except (ValueError, BadMessage) as error:
                return _problem(400, str(error) if isinstance(error, BadMessage) else "body")

        return checked


async def _answer(request: Request, incoming: Incoming, on_new_message: Handler) -> dict[str, Any]:
    """Let Rasa handle the message; its answers, and what it understood.

    A message it has already handled, whose answer found nobody any more, is answered the same again:
    handled twice, "show more" would skip a page and a look-up would count two tries.
    """
    begun = time.perf_counter()
    # Not Rasa's own lock of the conversation, which it takes while it handles the message.
    async with request.app.ctx.agent.lock_store.lock(f"door:{incoming.sender}"):
        turn = _known(incoming.sender, incoming.message_id)
        answers = kept(turn) if turn else await _handled(incoming, on_new_message)
        events = memory.shared().load(incoming.sender)
    milliseconds = round((time.perf_counter() - begun) * 1000)
    return {
        "messages": answers,
        "understood": understood(events, incoming.message_id, _model(request), milliseconds),
    }


async def _handled(incoming: Incoming, on_new_message: Handler) -> list[Answer]:
    """What Rasa says to the message."""
    collector = AnswerCollector()
    message = UserMessage(
        incoming.text or incoming.payload,
        collector,
        incoming.sender,
        parse_data=parsed_payload(incoming) if incoming.payload else None,
        input_channel=CHANNEL,
        message_id=incoming.message_id,
        metadata={names.LANGUAGE_HINT: incoming.language},
    )
    try:
        await on_new_message(message)
    except Exception as error:
        # The gateway takes "no answer" for what it is and apologises; the log has the reason's place.
        logger.error("door: conversation=%s fault=%s", incoming.sender, place_of(error))
    return collector.answers


def _known(sender: str, message_id: str) -> Sequence[Event]:
    """The turn of a message that Rasa has already taken; [] when it is new or has no number."""
    return turn_of(memory.shared().load(sender), message_id) if message_id else []


async def _health(request: Request) -> HTTPResponse:
    """Whether there is a model to answer with; Rasa's own address says yes without one."""
    model = _model(request)
    return response.json({"model": model}) if model else _problem(503, "model")


async def _forget(request: Request, body: dict[str, Any]) -> HTTPResponse:
    """Delete what Rasa remembers of a conversation."""
    sender = read_sender(body)
    async with request.app.ctx.agent.lock_store.lock(sender):
        memory.shared().forget(sender)
    return response.empty()


async def _note(request: Request, body: dict[str, Any]) -> HTTPResponse:
    """Put into the history what was said without the assistant, once however often it is told."""
    note = read_note(body)
    if _model(request) is None:
        return _problem(503, "model")
    agent = request.app.ctx.agent
    async with agent.lock_store.lock(note.sender):
        tracker = await agent.processor.fetch_tracker_with_initial_session(note.sender)
        if note.message_id not in _noted(tracker.events):
            tracker.update(_said(note))
            await agent.tracker_store.save(tracker)
    return response.empty()


def _said(note: Note) -> UserUttered | BotUttered:
    if note.author == "user":
        return UserUttered(note.text, message_id=note.message_id)
    return BotUttered(note.text, metadata={"author": note.author, "message_id": note.message_id})


def _noted(events: Iterable[RasaEvent]) -> set[str]:
    """Numbers of the messages in a history, those of the investor and those of staff."""
    by_user = {event.message_id for event in events if isinstance(event, UserUttered)}
    by_staff = {event.metadata.get("message_id") for event in events if isinstance(event, BotUttered)}
    return (by_user | by_staff) - {"", None}


async def _leave(request: Request, body: dict[str, Any]) -> HTTPResponse:
    """End this process, when what it is at just now is answered; its keeper starts it with a new model."""
    asyncio.get_running_loop().call_later(_FAREWELL_SECONDS, os.kill, os.getpid(), signal.SIGTERM)
    return response.empty()


def _model(request: Request) -> str | None:
    """The name of the model that answers; None while there is none yet."""
    processor = getattr(request.app.ctx.agent, "processor", None)
    name: str | None = getattr(processor, "model_filename", None)
    return name


def _problem(status: int, reason: str) -> HTTPResponse:
    body = {"type": "about:blank", "status": status, "title": reason}
    return response.json(body, status=status, content_type="application/problem+json")
