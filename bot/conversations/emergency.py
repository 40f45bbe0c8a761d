"""The office's emergency notice: in every new conversation, and once in those that go on."""

from __future__ import annotations

from django.conf import settings

from bot.conversations.models import Author, Conversation, Message
from bot.conversations.outgoing import Draft, write


def show(conversation: Conversation, language: str | None, reply_to: Message | None = None) -> list[Message]:
    """Write the notice unless it stands there already; `language` None: in both. The caller holds the row.

    Where the office wrote it in one language alone it is shown in that one, and says so.
    """
    texts = {"vi": settings.HEZA.notice_vi, "en": settings.HEZA.notice_en}
    both = "\n\n".join(text for text in texts.values() if text)
    if not both:
        return []
    told = Message.objects.filter(conversation=conversation, author=Author.SYSTEM)
    if told.filter(text__in=[both, *filter(None, texts.values())]).exists():
        return []
    written = [each for each, text in texts.items() if text]
    if language is None and len(written) > 1:
        return [write(conversation, Draft(Author.SYSTEM, both, ""), reply_to)]
    shown = language if language in written else written[0]
    return [write(conversation, Draft(Author.SYSTEM, texts[shown], shown), reply_to)]
