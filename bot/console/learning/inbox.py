"""The inbox: questions nobody has judged, the hardly understood and often asked first, grouped by meaning.

The worker reads new questions a few minutes after they were asked (`gather`); pages only read what it left.
What an investor wrote stays in the message; here is a vector of it, which goes with the conversation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from bot.common import embedder
from bot.common.embedder import Vectors
from bot.common.text import fold
from bot.console import turns as copies
from bot.console.learning import wordings
from bot.console.learning.wordings import Library, Wording
from bot.console.models import Outcome, Turn, Utterance, UtteranceGroup
from bot.conversations.database import unit

# Cosine of vectors from which the mean of all wordings is taken: of pairs in data/nlu above it every second
# has the very same label, most others are neighbours (another aspect, the same follow-up). Without taking the
# mean away no bound tells anything: sentences of one pattern about two records are nearer than paraphrases.
SAME_MEANING = 0.65
# For questions that were taken for the same record and aspect.
SAME_ANSWER = 0.4
# From here on a wording adds nothing to one that is there.
NEAR_DUPLICATE = 0.97
# A message of which masking left nothing ("[pin]") is no question.
_MASKED = r"^[\s,.;]*(\[[a-z-]+\][\s,.;]*)+$"
DAYS = 90
BATCH = 64
PAGE = 20
# A question of less uncertainty was understood, however often it is asked.
LEAST_UNCERTAINTY = 0.25
MOST_SHOWN = 12
MOST_SUGGESTED = 4
_SHOWN = (
    *("conversation_id", "at", "language", "intent", "confidence", "outcome", "record", "aspect"),
    "message__text",
)
# How unsure an answer counts at least, whatever the understanding thinks of itself.
# A refusal may be right, but nobody was helped: asked often, it comes before a person.
_AT_LEAST = {Outcome.ASKED: 0.5, Outcome.FAILED: 0.5, Outcome.REFUSED: 0.3}
_UNCLEAR = ("nlu_fallback", "ambiguous")
_NOT_UNDERSTOOD = 0.8
_DISLIKED = 0.9


@dataclass(frozen=True)
class Said:
    """One wording: the turn it was said in last, and how often it was said."""

    turn: Turn
    times: int


@dataclass(frozen=True)
class Group:
    """Utterances that mean the same: the wordings, how many there are, what they weigh, what they may be."""

    id: int
    said: list[Said]
    count: int
    weight: float
    suggestions: list[str]

    @property
    def key(self) -> str:
        """The id as text, for the names of fields."""
        return str(self.id)


def waiting() -> QuerySet[UtteranceGroup]:
    """Groups with something to decide, the heaviest first; `count` and `weight` stand on each."""
    open_ones = Q(
        utterances__done=False,
        utterances__known=False,
        utterances__message__judgement__isnull=True,
    ) & ~Q(utterances__message__turn__test=True)
    return (
        UtteranceGroup.objects.annotate(
            count=Count("utterances", filter=open_ones),
            weight=Sum("utterances__uncertainty", filter=open_ones),
        )
        .filter(count__gt=0)
        .order_by(F("weight").desc(), "id")
    )


def show(group: UtteranceGroup) -> Group:
    """A group of `waiting` with its wordings and the labels it may belong to."""
    said = _said(_open(group.pk))
    suggested = _suggested(group, [each.turn for each in said])
    count, weight = group.count, group.weight  # type: ignore[attr-defined]
    return Group(group.pk, said[:MOST_SHOWN], count, weight, suggested)


def alike(group: int, messages: Sequence[int]) -> list[int]:
    """Every question of the group that says the same words as one of these."""
    turns = list(_open(group))
    wordings_ = {fold(turn.message.text) for turn in turns if turn.pk in messages}
    return [turn.pk for turn in turns if fold(turn.message.text) in wordings_]


def _open(group: int) -> QuerySet[Turn]:
    """What is still to be decided in a group, the latest first."""
    return (
        Turn.objects.filter(
            message__utterance__group=group,
            message__utterance__done=False,
            message__utterance__known=False,
            message__judgement__isnull=True,
            test=False,
        )
        .select_related("message")
        .only(*_SHOWN)
        .order_by("-at")
    )


def _said(turns: Iterable[Turn]) -> list[Said]:
    """The wordings, the most frequent first; case and diacritics make no other."""
    found: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        found[fold(turn.message.text)].append(turn)
    return sorted((Said(same[0], len(same)) for same in found.values()), key=lambda each: -each.times)


def set_aside(group: int, messages: Sequence[int] | None = None) -> int:
    """These questions need nothing more (None: all of the group); how many there were."""
    found = Utterance.objects.filter(group_id=group, done=False)
    if messages is not None:
        found = found.filter(pk__in=messages)
    return found.update(done=True)


def gather(limit: int = 2000) -> int:
    """Read questions that have not been read yet; how many."""
    copies.refresh()
    since = timezone.now() - timedelta(days=DAYS)
    fresh = (
        Turn.objects.filter(at__gte=since, pressed=False, test=False, message__utterance__isnull=True)
        .annotate(disliked=copies.disliked())
        .filter(_doubtful())
        .exclude(outcome__in=(Outcome.STAFF, Outcome.OPEN))
        .exclude(confidence__isnull=True)
        .exclude(message__text__regex=_MASKED)
        .select_related("message")
        .order_by("message_id")[:limit]
    )
    done = 0
    turns = list(fresh)
    if turns:
        found = _Groups()
        for start in range(0, len(turns), BATCH):
            batch = turns[start : start + BATCH]
            vectors = embedder.shared().embed([turn.message.text for turn in batch])
            found.take(batch, vectors)
            done += len(batch)
    _forget_empty()
    return done


def _doubtful() -> Q:
    """Turns of at least LEAST_UNCERTAINTY: most others are never read."""
    return (
        Q(confidence__lte=1.0 - LEAST_UNCERTAINTY)
        | Q(intent__in=_UNCLEAR)
        | Q(outcome__in=tuple(_AT_LEAST))
        | Q(disliked=True)
    )


def is_known(text: str, vector: Vectors, understood: str, library: Library) -> bool:
    """Whether the training data has this wording, and it was taken for what that says."""
    near = library.nearest(vector, 3)
    return any(
        _same(wording, understood) and (cosine >= NEAR_DUPLICATE or fold(wording.text) == fold(text))
        for wording, cosine in near
    )


def uncertainty(turn: Turn) -> float:
    """0 (sure) .. 1: how likely it is that the answer helped nobody."""
    doubt = 1.0 - (turn.confidence or 0.0)
    if turn.intent in _UNCLEAR:
        doubt = max(doubt, _NOT_UNDERSTOOD if turn.outcome == Outcome.REFUSED else 0.5)
    if turn.disliked:  # type: ignore[attr-defined]
        doubt = max(doubt, _DISLIKED)
    return max(doubt, _AT_LEAST.get(Outcome(turn.outcome), 0.0))


class _Groups:
    """The leaders of all groups in memory, by what they were taken for."""

    def __init__(self) -> None:
        self._library = wordings.library()
        self._leaders: dict[str, list[tuple[int, Vectors]]] = defaultdict(list)
        for identity, label, content in UtteranceGroup.objects.order_by("id").values_list(
            "id", "label", "vector"
        ):
            self._leaders[label].append((identity, self._library.centred(_vector(content))))

    def take(self, turns: Sequence[Turn], vectors: Vectors) -> None:
        """Put each question into the nearest group, or begin one with it."""
        rows = []
        for turn, vector in zip(turns, vectors, strict=True):
            known = is_known(turn.message.text, vector, _label(turn), self._library)
            rows.append((turn, vector, known))
        _keep(rows, self)

    def place(self, vector: Vectors, label: str) -> int | None:
        """The group that means the same and was taken for the same."""
        leaders = self._leaders[label]
        if not leaders:
            return None
        cosines = np.stack([leader for _, leader in leaders]) @ self._library.centred(vector)
        best = int(cosines.argmax())
        return leaders[best][0] if cosines[best] >= (SAME_ANSWER if label else SAME_MEANING) else None

    def begin(self, vector: Vectors, label: str) -> int:
        """A new group."""
        near = [wording.label for wording, _ in self._library.nearest(vector, 3 * MOST_SUGGESTED)]
        group = UtteranceGroup.objects.create(
            vector=vector.astype(np.float16).tobytes(),
            suggestions=list(dict.fromkeys(near))[:MOST_SUGGESTED],
            label=label,
        )
        self._leaders[label].append((group.pk, self._library.centred(vector)))
        return group.pk


@unit
def _keep(rows: Sequence[tuple[Turn, Vectors, bool]], groups: _Groups) -> None:
    there = set(Turn.objects.filter(pk__in=[turn.pk for turn, _, _ in rows]).values_list("pk", flat=True))
    # A conversation may have been erased while its questions were read.
    kept = [row for row in rows if row[0].pk in there]
    Utterance.objects.bulk_create(
        [
            Utterance(
                message_id=turn.pk,
                group_id=groups.place(vector, _taken(turn)) or groups.begin(vector, _taken(turn)),
                uncertainty=uncertainty(turn),
                known=known,
            )
            for turn, vector, known in kept
        ],
        ignore_conflicts=True,
    )


@unit
def _forget_empty() -> None:
    UtteranceGroup.objects.filter(utterances__isnull=True).delete()


def _suggested(group: UtteranceGroup, turns: Sequence[Turn]) -> list[str]:
    """Labels of the nearest training wordings, and what the assistant took the questions for."""
    taken = [label for turn in turns if turn.record and (label := _label(turn))]
    return list(dict.fromkeys([*group.suggestions, *taken]))[: MOST_SUGGESTED + 1]


def _label(turn: Turn) -> str:
    """What the assistant took a question for, as a label."""
    key = f"{turn.record}.{turn.aspect}" if turn.record and turn.aspect else turn.record
    return f"{turn.intent}/{key}" if key else turn.intent


def _taken(turn: Turn) -> str:
    """The label when there was one record to it; what was not understood is told apart by meaning alone."""
    return _label(turn) if turn.record else ""


def _same(wording: Wording, understood: str) -> bool:
    """Whether both mean the same record, or the same intent where there is none."""
    intent, _, key = understood.partition("/")
    return wording.intent == intent and wording.record in ("", key.partition(".")[0])


def _vector(content: bytes | memoryview) -> Vectors:
    return np.frombuffer(bytes(content), dtype=np.float16).astype(np.float32)
