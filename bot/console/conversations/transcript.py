"""One conversation: both sides with what the assistant understood, and what staff know about it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from bot.common import names
from bot.common.text import fold
from bot.console import subjects, turns
from bot.console.conversations.filters import sought
from bot.console.guard import Officer, page
from bot.console.models import Case, Deed, Judgement, Label, Note, Turn, Verdict
from bot.console.people import officers
from bot.console.roles import Need
from bot.console.subjects import Subject
from bot.conversations.models import AuditLine, Author, Conversation, Feedback, Message

_SHOWN_RANKING = 5


@dataclass(frozen=True)
class Ranked:
    """An intent that was considered, with the record it was about, if any, and its share of the bar."""

    name: str
    confidence: float
    record: str = ""

    @property
    def width(self) -> int:
        """Per cent of the bar."""
        return round(100 * min(max(self.confidence, 0.0), 1.0))


@dataclass
class Line:
    """A message as the page shows it; what was understood belongs to questions, the rest to answers."""

    message: Message
    turn: Turn | None = None
    ranking: list[Ranked] = field(default_factory=list)
    entities: list[Mapping[str, Any]] = field(default_factory=list)
    candidates: list[Subject] = field(default_factory=list)
    filters: Mapping[str, Any] = field(default_factory=dict)
    record: Subject | None = None
    judgement: Judgement | None = None
    feedback: Feedback | None = None
    sources: list[Mapping[str, Any]] = field(default_factory=list)
    # Every word that was searched for stands in it.
    found: bool = False


@dataclass(frozen=True)
class Happening:
    """A line of what was done: the gateway's log and the console's together."""

    at: Any
    by: Any
    group: str
    action: str


@page(Need.READ)
def transcript(request: Officer, conversation: uuid.UUID) -> HttpResponse:
    """The whole talk, its labels and notes, and who did what with it."""
    found = get_object_or_404(Conversation, pk=conversation)
    turns.copy([conversation])
    case = Case.objects.select_related("assigned_to", "reviewed_by").get(pk=conversation)
    said = lines(conversation)
    words = sought(request.GET.get("q", ""))
    for line in said:
        line.found = bool(words) and all(word in fold(line.message.text) for word in words)
    context = {
        "conversation": found,
        "case": case,
        "lines": said,
        "labels": Label.objects.all(),
        "officers": officers(),
        "happenings": _happenings(case),
        "verdicts": Verdict.values,
    } | noted(case)
    return render(request, "console/conversations/transcript.html", context)


def noted(case: Case) -> dict[str, Any]:
    """What the side of the page shows of labels and notes."""
    return {
        "own_labels": list(case.labels.all()),
        "notes": Note.objects.filter(conversation=case.pk).select_related("by"),
    }


def lines(conversation: uuid.UUID) -> list[Line]:
    """All messages in their order."""
    messages = Message.objects.filter(conversation=conversation).order_by("id")
    copied = {turn.pk: turn for turn in Turn.objects.filter(conversation=conversation)}
    judged = Judgement.objects.filter(message__conversation=conversation).select_related("by")
    judgements = {judgement.pk: judgement for judgement in judged}
    opinions = {each.pk: each for each in Feedback.objects.filter(message__conversation=conversation)}
    return [_line(each, copied.get(each.pk), judgements, opinions) for each in messages]


def _line(
    message: Message, turn: Turn | None, judgements: Mapping[int, Judgement], opinions: Mapping[int, Feedback]
) -> Line:
    if message.author != Author.USER:
        return Line(message, feedback=opinions.get(message.pk), sources=message.sources)
    understood = message.understood or {}
    decision = understood.get(names.DECISION) or {}
    return Line(
        message,
        turn=turn,
        ranking=_ranking(understood.get("intent_ranking") or ()),
        entities=[
            each for each in understood.get("entities") or () if each.get("entity") != names.LANGUAGE_SLOT
        ],
        candidates=[subjects.subject(each["record"]) for each in decision.get("candidates") or ()],
        filters=decision.get("filters") or {},
        record=subjects.subject(turn.record) if turn and turn.record else None,
        judgement=judgements.get(message.pk),
    )


def _ranking(ranking: Iterable[Mapping[str, Any]]) -> list[Ranked]:
    return [
        Ranked(str(each["name"]), float(each.get("confidence") or 0), str(each.get("record") or ""))
        for each in list(ranking)[:_SHOWN_RANKING]
    ]


def _happenings(case: Case) -> list[Happening]:
    """Who did what with it, the latest first."""
    gateway = AuditLine.objects.filter(conversation=case.pk).select_related("staff")
    own = Deed.objects.filter(subject=str(case.pk)).select_related("by")
    found = [Happening(each.at, each.staff, "gateway", each.action) for each in gateway]
    found += [Happening(each.at, each.by, "deed", each.action) for each in own]
    if case.reviewed_at and not any(each.action == "reviewed" for each in own):
        # Marked without a line of its own, as in the demonstration, whose deeds are not put into the log.
        found.append(Happening(case.reviewed_at, case.reviewed_by, "deed", "reviewed"))
    return sorted(found, key=lambda happening: happening.at, reverse=True)
