"""Writing messages of the assistant's side into a conversation. Callers hold the conversation's row."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bot.conversations.models import Author, ButtonToken, Conversation, Delivery, Message
from bot.conversations.tokens import button_token
from bot.conversations.wording import GATEWAY

_NAMES = {Author.ASSISTANT: "name_assistant", Author.SYSTEM: "name_system", Author.STAFF: "name_staff"}
_TITLE_LENGTH = 300


@dataclass(frozen=True)
class Button:
    """A button before it has its token."""

    title: str
    kind: ButtonToken.Kind
    value: str = ""


@dataclass(frozen=True)
class Draft:
    """A message to be written; `language` '' means both languages at once."""

    author: Author
    text: str
    language: str
    buttons: Sequence[Button] = ()
    blocks: Sequence[Mapping[str, Any]] = ()
    sources: Sequence[Mapping[str, Any]] = ()
    author_name: str = ""


def held(conversation: uuid.UUID) -> Conversation | None:
    """The conversation's row, locked until the transaction ends, so ids grow in the order of the talk."""
    return Conversation.objects.select_for_update().filter(pk=conversation).first()


def notice(name: str, conversation: Conversation, /, *buttons: Button, **values: object) -> Draft:
    """One of the gateway's own sentences in the conversation's language."""
    language = conversation.speaks
    return Draft(Author.SYSTEM, GATEWAY.say(name, language, **values), language, buttons)


def person_button(language: str) -> Button:
    """The offer of a person, which works without the assistant."""
    return Button(GATEWAY.say("button_person", language), ButtonToken.Kind.PERSON)


def assistant_button(language: str) -> Button:
    """The way back to the assistant alone."""
    return Button(GATEWAY.say("button_assistant", language), ButtonToken.Kind.ASSISTANT)


def write(
    conversation: Conversation,
    draft: Draft,
    reply_to: Message | None = None,
    *,
    outbox: bool = False,
    staff: int | None = None,
) -> Message:
    """Store a message with its buttons; `outbox` when it is not the direct reply to a request."""
    name = draft.author_name or GATEWAY.say(_NAMES[draft.author], draft.language or conversation.speaks)
    tokens = [button_token() for _ in draft.buttons]
    message = Message.objects.create(
        conversation=conversation,
        author=draft.author,
        author_name=name,
        staff_id=staff,
        language=draft.language,
        text=draft.text,
        buttons=[
            {"title": button.title, "payload": token}
            for button, token in zip(draft.buttons, tokens, strict=True)
        ],
        blocks=list(draft.blocks),
        sources=list(draft.sources),
        reply_to=reply_to,
    )
    ButtonToken.objects.bulk_create(
        ButtonToken(
            token=token,
            conversation=conversation,
            message=message,
            kind=button.kind,
            title=button.title[:_TITLE_LENGTH],
            value=button.value,
        )
        for button, token in zip(draft.buttons, tokens, strict=True)
    )
    if outbox:
        Delivery.objects.create(message=message, conversation=conversation, channel=conversation.channel)
    touch(conversation, message)
    return message


def touch(conversation: Conversation, message: Message) -> None:
    """Let event streams see that there is something new; saved with the row by the caller."""
    conversation.last_message_id = message.pk
    conversation.updated_at = timezone.now()
