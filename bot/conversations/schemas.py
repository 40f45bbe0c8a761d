"""Bodies of the gateway's HTTP API."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from ninja import Field, Query, Schema
from pydantic import ConfigDict, model_validator

from bot.conversations import links
from bot.conversations.inbound import MAX_CLIENT_ID
from bot.conversations.shown import ShownMessage

# Far above the limit of a message, so that it is the gateway that refuses, with a helpful sentence.
_ROOM = 1_000_000
_TOKEN_LENGTH = 64
# What the database takes for an id.
MAX_ID = 2**63 - 1
After = Annotated[int, Query(ge=0, le=MAX_ID)]


class StartIn(Schema):
    """A new conversation; no language means both are greeted."""

    model_config = ConfigDict(extra="forbid")

    language: Literal["vi", "en"] | None = None


class _Carried(Schema):
    """What can be carried on elsewhere, by POST /links."""

    channels: list[str]

    @staticmethod
    def resolve_channels(obj: Any) -> list[str]:
        """The same for every conversation."""
        return links.channels()


class StartOut(_Carried):
    """The conversation, its token, and the first messages."""

    id: uuid.UUID
    token: str
    messages: list[ShownMessage]


class MessageIn(Schema):
    """Free text, or the payload of a button; the same `client_id` again gives the same answer."""

    model_config = ConfigDict(extra="forbid")

    client_id: str = Field(min_length=1, max_length=MAX_CLIENT_ID, pattern=r"^[\x21-\x7e]+$")
    text: str | None = Field(None, max_length=_ROOM)
    payload: str | None = Field(None, min_length=1, max_length=_TOKEN_LENGTH)

    @model_validator(mode="after")
    def _one_of_both(self) -> MessageIn:
        if (self.text is None) == (self.payload is None):
            raise ValueError("either text or payload")
        return self


class MessagesOut(_Carried):
    """Who answers in the conversation now, and messages in order."""

    mode: Literal["bot", "waiting", "human", "closed"]
    messages: list[ShownMessage]


class FeedbackIn(Schema):
    """An opinion of one answer."""

    model_config = ConfigDict(extra="forbid")

    message_id: int = Field(ge=0, le=MAX_ID)
    value: Literal[1, -1]
    comment: str = Field("", max_length=_ROOM)
