"""The filtered conversations as a file: a row a question, with what the assistant understood and answered."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404
from django.http.response import HttpResponseBase

from bot.console import audit, tables, turns
from bot.console.conversations.filters import Filters
from bot.console.guard import Officer, page
from bot.console.models import Turn
from bot.console.roles import Need
from bot.console.tables import Row
from bot.conversations.models import Author, Message

COLUMNS = (
    "conversation", "message", "at", "channel", "language", "question", "answer", "outcome", "intent",
    "confidence", "record", "aspect", "sources", "action", "model", "milliseconds", "feedback", "verdict",
    "right_intent", "right_record", "test", "demonstration",
)  # fmt: skip
_BATCH = 500


@page(Need.EXPORT)
def export(request: Officer, form: str) -> HttpResponseBase:
    """What the list shows, all pages of it, as csv, xlsx or jsonl."""
    if form not in tables.FORMATS:
        raise Http404
    turns.refresh()
    filters = Filters(request.GET)
    cases = filters.cases(request.user)
    found = Turn.objects.filter(conversation__in=cases.order_by().values("pk")).order_by("pk")
    # Only which filters were on: a search may hold what an investor wrote, and the log keeps its lines.
    audit.record(request.user, "exported", form, filters=" ".join(filters.values), rows=found.count())
    return tables.download(
        request, "heza-conversations", form, COLUMNS, _rows(list(found.values_list("pk", flat=True)))
    )


def _rows(identities: list[int]) -> Iterator[Row]:
    for start in range(0, len(identities), _BATCH):
        part = identities[start : start + _BATCH]
        found = (
            Turn.objects.filter(pk__in=part).select_related("message", "message__judgement").order_by("pk")
        )
        answers: dict[int, list[Message]] = {}
        replies = Message.objects.filter(reply_to__in=part, author=Author.ASSISTANT).select_related(
            "feedback"
        )
        for reply in replies.order_by("pk"):
            answers.setdefault(reply.reply_to_id or 0, []).append(reply)
        for turn in found:
            yield _row(turn, answers.get(turn.pk, []))


def _row(turn: Turn, answers: list[Message]) -> Row:
    judgement = getattr(turn.message, "judgement", None)
    opinions = [opinion.value for answer in answers if (opinion := getattr(answer, "feedback", None))]
    own = (
        "language",
        "outcome",
        "intent",
        "confidence",
        "record",
        "aspect",
        "action",
        "model",
        "milliseconds",
    )
    return {
        **{name: getattr(turn, name) for name in (*own, "channel", "test", "demonstration")},
        "conversation": str(turn.conversation_id),
        "message": turn.pk,
        "at": turn.at.isoformat(timespec="seconds"),
        "question": turn.message.text,
        "answer": "\n\n".join(answer.text for answer in answers),
        "sources": [
            source["record"] for answer in answers for source in answer.sources if source.get("record")
        ],
        "feedback": opinions[-1] if opinions else None,
        "verdict": judgement.verdict if judgement else None,
        "right_intent": judgement.right_intent if judgement else None,
        "right_record": judgement.right_record if judgement else None,
    }
