"""What goes into a decision and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.assistant.nlu.examples import KIND_OF
from bot.assistant.nlu.gazetteer import Mention

ANSWER, ASK_BETWEEN, REFUSE = "answer", "ask", "refuse"
FALLBACK, AMBIGUOUS, FOREIGN = "nlu_fallback", "ambiguous", "foreign_language"
LIST_ZONES, COMPARE, FOLLOW_UP, OFF_TOPIC = "list_zones", "compare_zones", "follow_up", "off_topic"
LIST_INCENTIVES, CANCEL = "list_incentives", "cancel"
# Intents whose answer is a list; which records stand in it, only the actions know.
LISTS = (LIST_ZONES, "list_procedures", LIST_INCENTIVES)


@dataclass(frozen=True)
class Candidate:
    """What a question may ask for: an intent, with its record where it has one; `score` is a probability."""

    intent: str
    record: str | None
    score: float

    @property
    def kind(self) -> str | None:
        """The record's kind."""
        return KIND_OF.get(self.intent)


@dataclass(frozen=True)
class Reading:
    """What was read out of a message before anything is decided.

    `joined`: candidates when the message is read as going on about the record in mind (empty when long);
    `parts`: the aspects of each part of a message that joins several ("area and developer"), else empty;
    `tie`: how it ties itself to the message before (nlu.lead_ins); `turned`: candidates of "and the water?"
    without its first words, empty for messages that do not go on like this; `placeless`: candidates of a
    message without the zones it names, where it plainly asks nothing of them ("a permit for our VSIP plant");
    `question`: that on record whose very words the message is; `companies`: of those named the parks that
    they lie in or have built, by role (nlu.known_by); `halves`: both parts of a message that asks of two
    records, each read alone (nlu.halves).
    """

    text: str
    language: str
    foreign: str | None
    candidates: Sequence[Candidate]
    joined: Sequence[Candidate]
    aspects: Mapping[str, float]
    mentions: Sequence[Mention]
    filters: Mapping[str, Any]
    parts: Sequence[Mapping[str, float]] = ()
    tie: str | None = None
    turned: Sequence[Candidate] = ()
    placeless: Sequence[Candidate] = ()
    question: str | None = None
    companies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    halves: Sequence[Reading] = ()


@dataclass(frozen=True)
class Context:
    """What the conversation was about, and what the registry says of its records.

    `record`, `kind`, `aspect`: of the last answer; `offered`: records between which was asked; `kinds` of all
    records; `related`: those that answer about the same, nearest first; `about`: zones that a record's own
    texts name; `phases`: of each zone its phases that are records of their own (nlu.phases); `zones`: those
    spoken of lately, the latest last; `taxes`: of each incentive the tax that its names say; `outside`: parks
    that lie in no economic zone; `of_zones`: incentives whose names say that they are an economic zone's;
    `namesakes`: of each park those of the same name elsewhere, by place (nlu.namesakes).
    """

    record: str | None = None
    kind: str | None = None
    aspect: str | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[str, Sequence[str]] = field(default_factory=dict)
    about: Mapping[str, frozenset[str]] = field(default_factory=dict)
    offered: Sequence[str] = ()
    phases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    zones: Sequence[str] = ()
    taxes: Mapping[str, str] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()
    of_zones: frozenset[str] = frozenset()
    namesakes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """Final intent and what goes to the actions (docs/architecture.md).

    `beside`: what the message asks of another record too, as a decision of its own.
    """

    intent: str
    verdict: str
    confidence: float
    record: str | None = None
    kind: str | None = None
    aspect: str | None = None
    more_aspects: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    records: tuple[str, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)
    beside: Decision | None = None

    def as_dict(self, language: str, foreign: str | None) -> dict[str, Any]:
        """The message's `decision`."""
        return {
            "verdict": self.verdict,
            "kind": self.kind,
            "record": self.record,
            "aspect": self.aspect,
            "more_aspects": list(self.more_aspects),
            "candidates": [
                {"record": c.record, "kind": c.kind, "score": round(c.score, 3)}
                for c in self.candidates
                if c.record
            ],
            "records": list(self.records),
            "filters": dict(self.filters),
            "beside": self.beside
            and {"record": self.beside.record, "kind": self.beside.kind, "aspect": self.beside.aspect},
            "confidence": round(self.confidence, 3),
            "language": language,
            "foreign": foreign,
        }


def answer(intent: str, record: str, kind: str, aspect: str | None, confidence: float) -> Decision:
    """The decision to answer with a record."""
    return Decision(intent, ANSWER, confidence, record=record, kind=kind, aspect=aspect)
