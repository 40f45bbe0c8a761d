"""Keeping the reading copy (`Turn`, `SearchText`, the derived part of `Case`) as fresh as the messages.

Nothing of it stands in the way of an answer: pages and a minute's task ask which conversations have changed
since they were last copied, and copy those, those that changed first at the beginning.
"""

from __future__ import annotations

import math
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from bot.common import names
from bot.common.text import fold
from bot.console.models import Case, Outcome, SearchText, Turn
from bot.conversations.database import unit
from bot.conversations.models import AuditLine, Author, Conversation, Feedback, Message, Progress

# Copied in one transaction: few, because on SQLite answers wait for it.
BATCH = 25
# What a page may spend on copying; the worker does the rest.
PATIENCE_SECONDS = 0.5
# A transaction may be committed after a later one: so much is looked at again.
_OVERLAP = timedelta(minutes=5)
_REFUSING = frozenset({"nlu_fallback", "off_topic", "foreign_language"})
_EXCERPT = 300
_DERIVED = (
    "seen", "started_at", "last_at", "questions", "first_question", "languages", "lowest_confidence",
    "refused", "handoffs",
)  # fmt: skip
_COPIED = (
    "at", "day", "hour", "channel", "language", "intent", "confidence", "margin", "outcome", "record",
    "record_kind", "aspect",
    "action", "model", "milliseconds", "pressed", "test", "demonstration",
)  # fmt: skip
_ROWS = 500
_FIELDS = (
    "id", "conversation_id", "author", "language", "text", "sources", "created_at", "reply_to_id", "payload",
    "progress", "understood", "milliseconds",
)  # fmt: skip


def refresh(seconds: float | None = None) -> int:
    """Copy every conversation that has changed, or as many as this time allows; how many."""
    done, until = 0, time.monotonic() + (math.inf if seconds is None else seconds)
    while time.monotonic() < until and (changed := list(_changed()[:BATCH])):
        try:
            copy(changed)
        except IntegrityError:
            # One of them was erased between reading and writing.
            copy(changed)
        done += len(changed)
    return done


def before_a_page() -> None:
    """Bring the copy up to date, as far as somebody who waits for a page should wait for it."""
    refresh(PATIENCE_SECONDS)


def _changed() -> QuerySet[Conversation, uuid.UUID]:
    """Conversations that are not copied as they are now, those that changed first at the beginning."""
    latest = Case.objects.aggregate(latest=Max("seen"))["latest"]
    recent = Conversation.objects.all()
    if latest is not None:
        recent = recent.filter(updated_at__gte=latest - _OVERLAP)
    copied = Case.objects.filter(pk=OuterRef("pk"), seen=OuterRef("updated_at"))
    return recent.filter(~Exists(copied)).order_by("updated_at").values_list("pk", flat=True)


@unit
def copy(conversations: Sequence[uuid.UUID]) -> None:
    """Make the copies of these conversations anew."""
    found = {each.pk: each for each in Conversation.objects.filter(pk__in=conversations)}
    cases = {case.pk: case for case in Case.objects.filter(pk__in=found)}
    said: dict[uuid.UUID, list[Message]] = defaultdict(list)
    for message in Message.objects.filter(conversation__in=found).order_by("id").only(*_FIELDS):
        said[message.conversation_id].append(message)
    deeds: dict[uuid.UUID, list[AuditLine]] = defaultdict(list)
    for line in AuditLine.objects.filter(conversation__in=found).order_by("id"):
        deeds[line.conversation].append(line)
    copies = [
        _Copy(conversation, cases.get(pk) or Case(conversation=conversation), said[pk], deeds[pk])
        for pk, conversation in found.items()
    ]
    Case.objects.bulk_create(
        [each.case() for each in copies],
        update_conflicts=True,
        unique_fields=["conversation"],
        update_fields=_DERIVED,
    )
    pairs = [pair for each in copies for pair in each.turns()]
    stale = Turn.objects.filter(conversation__in=found)
    stale.exclude(pk__in=[turn.pk for turn, _ in pairs]).delete()
    Turn.objects.bulk_create(
        [turn for turn, _ in pairs],
        update_conflicts=True,
        unique_fields=["message"],
        update_fields=_COPIED,
        batch_size=_ROWS,
    )
    SearchText.objects.bulk_create(
        [text for _, text in pairs],
        update_conflicts=True,
        unique_fields=["turn"],
        update_fields=["folded"],
        batch_size=_ROWS,
    )


@dataclass
class _Exchange:
    """A question with everything that was said until the next one."""

    question: Message
    answers: list[Message] = field(default_factory=list)
    deeds: set[str] = field(default_factory=set)


class _Copy:
    def __init__(
        self, conversation: Conversation, case: Case, messages: Iterable[Message], deeds: Sequence[AuditLine]
    ) -> None:
        self._conversation, self._case, self._deeds = conversation, case, deeds
        self._exchanges = list(_exchanges(messages, deeds))
        self._claimed = any("claimed" in each.deeds for each in self._exchanges)

    def turns(self) -> Iterable[tuple[Turn, SearchText]]:
        """A row for each question with its text for the search."""
        for each in self._exchanges:
            if "stopped_waiting" in each.deeds and each.question.understood is None:
                # A pressed button that only says not to wait any more.
                continue
            turn = self._turn(each)
            texts = [each.question.text, *(answer.text for answer in each.answers)]
            yield turn, SearchText(turn=turn, conversation=self._conversation, folded=fold("\n".join(texts)))

    def case(self) -> Case:
        """The derived figures of the whole conversation."""
        case, turns = self._case, [turn for turn, _ in self.turns()]
        sure = [turn.confidence for turn in turns if turn.confidence is not None and not turn.pressed]
        case.seen = self._conversation.updated_at
        case.started_at = self._conversation.created_at
        case.last_at = self._exchanges[-1].question.created_at if turns else self._conversation.updated_at
        case.questions = len(turns)
        case.first_question = self._exchanges[0].question.text[:_EXCERPT] if turns else ""
        case.languages = " ".join(sorted({turn.language for turn in turns if turn.language}))
        case.lowest_confidence = min(sure, default=None)
        case.refused = sum(turn.outcome == Outcome.REFUSED for turn in turns)
        case.handoffs = _between_spaces(
            deed.details.get("reason") for deed in self._deeds if deed.action == "waiting"
        )
        return case

    def _turn(self, exchange: _Exchange) -> Turn:
        question = exchange.question
        understood = question.understood or {}
        decision = understood.get(names.DECISION) or {}
        intent = understood.get("intent") or {}
        local = timezone.localtime(question.created_at)
        return Turn(
            message=question,
            conversation=self._conversation,
            at=question.created_at,
            day=local.date(),
            hour=local.hour,
            channel=self._conversation.channel,
            language=question.language,
            intent=intent.get("name") or "",
            confidence=intent.get("confidence"),
            margin=_margin(understood.get("intent_ranking") or ()),
            outcome=self._outcome(exchange),
            record=decision.get("record") or _cited(exchange.answers),
            record_kind=decision.get("kind") or "",
            aspect=decision.get("aspect") or "",
            action=understood.get("action") or "",
            model=understood.get("model") or "",
            milliseconds=question.milliseconds,
            pressed=bool(question.payload),
            test=self._case.test,
            demonstration=self._case.demonstration,
        )

    def _outcome(self, exchange: _Exchange) -> Outcome:
        question, understood = exchange.question, exchange.question.understood
        if "waiting" in exchange.deeds:
            return Outcome.HANDED
        if question.progress == Progress.ASK:
            return Outcome.OPEN
        if understood is None:
            return Outcome.STAFF if self._claimed else Outcome.FAILED
        if understood.get("action") == names.DOSSIER_FORM:
            # A code or PIN that the form had asked for: nothing to be understood, so nothing refused.
            return Outcome.ANSWERED
        verdict = (understood.get(names.DECISION) or {}).get("verdict")
        if verdict == "refuse" or (understood.get("intent") or {}).get("name") in _REFUSING:
            return Outcome.REFUSED
        return Outcome.ASKED if verdict == "ask" else Outcome.ANSWERED


def _exchanges(messages: Iterable[Message], deeds: Iterable[AuditLine]) -> Iterable[_Exchange]:
    exchanges: list[_Exchange] = []
    by_question: dict[int, _Exchange] = {}
    for message in messages:
        if message.author == Author.USER:
            exchanges.append(_Exchange(message))
            by_question[message.pk] = exchanges[-1]
        elif exchanges:
            by_question.get(message.reply_to_id or 0, exchanges[-1]).answers.append(message)
    for deed in deeds:
        before = [each for each in exchanges if each.question.created_at <= deed.at]
        if before:
            before[-1].deeds.add(deed.action)
    return exchanges


def disliked() -> Exists:
    """Whether an answer to a turn's question got a thumb down: the opinion stands on the answer."""
    return Exists(Feedback.objects.filter(message__reply_to=OuterRef("pk"), value=-1))


def _margin(ranking: Sequence[dict[str, Any]]) -> float | None:
    """How far the first is ahead of the second, None when nothing was ranked."""
    scores = [float(each.get("confidence") or 0) for each in ranking[:2]]
    return scores[0] - scores[1] if len(scores) == 2 else None


def _between_spaces(reasons: Iterable[str | None]) -> str:
    """' asked complaint ', so that each is found as a whole; '' for none."""
    found = sorted({reason for reason in reasons if reason})
    return f" {' '.join(found)} " if found else ""


def _cited(answers: Iterable[Message]) -> str:
    """The record that the first answer with a source stands on."""
    return next(
        (str(source["record"]) for each in answers for source in each.sources if source.get("record")), ""
    )


@unit
def mark(conversation: uuid.UUID, *, test: bool) -> None:
    """Take a conversation out of figures and learning, or back in."""
    Case.objects.filter(pk=conversation).update(test=test)
    Turn.objects.filter(conversation=conversation).update(test=test)
