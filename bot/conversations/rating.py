"""The investor's thumb up or down."""

from __future__ import annotations

import uuid

from bot.common.masking import mask
from bot.common.text import clean
from bot.conversations import problems
from bot.conversations.database import unit
from bot.conversations.models import Author, Feedback, Message


@unit
def rate(conversation_id: uuid.UUID, language: str, message_id: int, value: int, comment: str) -> None:
    """Store the opinion, 1 or -1, of an answer; the last one counts. A foreign message is a Problem."""
    comment = clean(comment)
    if len(comment) > problems.MAX_LENGTH:
        raise problems.too_long(language, len(comment))
    answers = Message.objects.filter(conversation=conversation_id).exclude(author=Author.USER)
    if not answers.filter(pk=message_id).exists():
        raise problems.no_such_message(language)
    Feedback.objects.update_or_create(
        message_id=message_id, defaults={"value": value, "comment": mask(comment).text}
    )
