"""Who waits for a person, whom one is talking to, and whom the colleagues are."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery

from bot.conversations.models import Author, Conversation, Message, Mode


@dataclass(frozen=True)
class Queue:
    """The three lists of the desk; each conversation carries `last_words` and `last_author`."""

    waiting: QuerySet[Conversation]
    mine: QuerySet[Conversation]
    others: QuerySet[Conversation]


def of(user: User) -> Queue:
    """The desk as this officer sees it: who waits longest first, then the talks by their last word."""
    said = Message.objects.filter(conversation=OuterRef("pk")).order_by("-id")
    asked = said.filter(author=Author.USER)
    talks = Conversation.objects.annotate(
        last_words=Subquery(asked.values("text")[:1]), last_author=Subquery(said.values("author")[:1])
    )
    human = talks.filter(mode=Mode.HUMAN).select_related("assigned_to").order_by("-updated_at")
    return Queue(
        talks.filter(mode=Mode.WAITING).order_by("waiting_since"),
        human.filter(assigned_to=user),
        human.exclude(assigned_to=user),
    )


def count() -> int:
    """How many wait."""
    return Conversation.objects.filter(mode=Mode.WAITING).count()
