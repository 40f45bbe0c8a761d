"""Who a request speaks for: the conversation whose token it carries."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from bot.conversations import problems
from bot.conversations.database import patient, run
from bot.conversations.models import Conversation
from bot.conversations.tokens import conversation_of


@dataclass(frozen=True)
class Session:
    """A conversation that exists, and the language to refuse in."""

    conversation: uuid.UUID
    language: str


class SessionToken(HttpBearer):
    """`Authorization: Bearer TOKEN`; anything else is a 401 problem."""

    async def __call__(self, request: HttpRequest) -> Session:
        """The session of the request."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != self.openapi_scheme:
            raise problems.unauthorised()
        return await self.authenticate(request, token.strip())

    async def authenticate(self, request: HttpRequest, token: str) -> Session:
        """The session of a token."""
        identity = conversation_of(token)
        session = await run(_session, identity) if identity else None
        if session is None:
            raise problems.unauthorised()
        return session


def session_of(request: HttpRequest) -> Session:
    """The session that `SessionToken` found for this request."""
    session: Any = getattr(request, "auth", None)
    assert isinstance(session, Session)
    return session


@patient
def _session(conversation_id: uuid.UUID) -> Session | None:
    conversation = Conversation.objects.filter(pk=conversation_id).only("language", "language_choice").first()
    return Session(conversation_id, conversation.speaks) if conversation else None
