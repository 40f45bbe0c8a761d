"""Weighs intent, names and likeness, and says: answer, ask between these, or not mine.

The record in mind and the aspect in mind (what the last answer was about) complete a question that leaves them out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.assistant.nlu.examples import KIND_OF
from bot.assistant.nlu.gazetteer import Mention
from bot.common.names import ASK, ASPECTS, OVERVIEW, PROCEDURE, ZONE

ANSWER, ASK_BETWEEN, REFUSE = "answer", "ask", "refuse"
FALLBACK, AMBIGUOUS, FOREIGN = "nlu_fallback", "ambiguous", "foreign_language"
LIST_ZONES, COMPARE, FOLLOW_UP = "list_zones", "compare_zones", "follow_up"

# Found on the cross-validation table (docs/quality): where a wrong answer costs more than asking back.
SURE = 0.50
# Candidates that together hold this much are offered; each must hold a part of the best one's.
WORTH_ASKING = 0.35
SHARE_OF_BEST = 0.25
MOST_OFFERED = 4
# An aspect less likely than this is no aspect: the overview answers.
ASPECT_SURE = 0.40


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
    """What was read out of a message before anything is decided."""

    text: str
    language: str
    foreign: str | None
    candidates: Sequence[Candidate]
    aspects: Mapping[str, float]
    mentions: Sequence[Mention]
    filters: Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """What the conversation was about: record and kind of the last answer, its aspect, records offered by buttons."""

    record: str | None = None
    kind: str | None = None
    aspect: str | None = None
    offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """Final intent and what goes to the actions (docs/architecture.md)."""

    intent: str
    verdict: str
    confidence: float
    record: str | None = None
    kind: str | None = None
    aspect: str | None = None
    candidates: tuple[Candidate, ...] = ()
    records: tuple[str, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self, language: str, foreign: str | None) -> dict[str, Any]:
        """The message's `decision`."""
        return {
            "verdict": self.verdict,
            "kind": self.kind,
            "record": self.record,
            "aspect": self.aspect,
            "candidates": [
                {"record": c.record, "kind": c.kind, "score": round(c.score, 3)}
                for c in self.candidates
                if c.record
            ],
            "records": list(self.records),
            "filters": dict(self.filters),
            "confidence": round(self.confidence, 3),
            "language": language,
            "foreign": foreign,
        }


def decide(reading: Reading, context: Context) -> Decision:
    """The decision for one message."""
    best = reading.candidates[0]
    zones = _zones(reading.mentions)
    if best.intent == FOLLOW_UP:
        return _follow_up(reading, context, best, zones)
    if best.intent == COMPARE or (best.intent == ASK[ZONE] and len(zones) > 1):
        return _compare(reading, context, best, zones)
    if best.intent == ASK[ZONE]:
        return _zone(reading, context, best, zones)
    if best.record is not None:
        return _record(reading, context, best)
    if best.score >= SURE or (best.intent in ("off_topic", LIST_ZONES) and best.score >= WORTH_ASKING):
        records = tuple(ids[0] for ids in zones if len(ids) == 1)
        return Decision(best.intent, ANSWER, best.score, records=records, filters=reading.filters)
    return _unsure(reading, context)


def _zones(mentions: Sequence[Mention]) -> list[tuple[str, ...]]:
    """The zones named, each with all records that carry the name."""
    found: list[tuple[str, ...]] = []
    for mention in mentions:
        if mention.kind == ZONE and mention.records not in found:
            found.append(mention.records)
    return found


def _zone(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    aspect = aspect_of(reading.aspects, ZONE)
    if not zones:
        if context.kind == ZONE and context.record:
            return _answer(ASK[ZONE], context.record, ZONE, aspect, best.score)
        return Decision(LIST_ZONES, ANSWER, best.score, aspect=aspect, filters=reading.filters)
    named = zones[0]
    if len(named) == 1 or context.record in named:
        record = context.record if context.record in named else named[0]
        return _answer(ASK[ZONE], str(record), ZONE, aspect, best.score)
    offered = tuple(Candidate(ASK[ZONE], record, best.score / len(named)) for record in named)
    return Decision(AMBIGUOUS, ASK_BETWEEN, best.score, kind=ZONE, aspect=aspect, candidates=offered)


def _compare(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    records = [ids[0] for ids in zones]
    if len(zones) == 1:
        # "So sánh DEEP C" means its parts; "compare it with Nomura" adds the one in mind.
        records = list(zones[0])
        if len(records) == 1 and context.kind == ZONE and context.record:
            records = [context.record, *records]
    records = list(dict.fromkeys(records))
    if len(records) < 2:
        return Decision(COMPARE, ANSWER, best.score, records=tuple(records), filters=reading.filters)
    aspect = aspect_of(reading.aspects, ZONE)
    return Decision(
        COMPARE, ANSWER, best.score, kind=ZONE, aspect=aspect, records=tuple(records), filters=reading.filters
    )


def _record(reading: Reading, context: Context, best: Candidate) -> Decision:
    kind = str(best.kind)
    aspect = aspect_of(reading.aspects, kind)
    if best.score >= SURE:
        return _answer(best.intent, str(best.record), kind, aspect, best.score)
    return _unsure(reading, context)


def _follow_up(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    """A question that leaves out its record, or its aspect: completed from what was spoken of."""
    named = zones[0] if zones else ()
    if named:
        kept = context.aspect if context.kind == ZONE and not _says_aspect(reading) else None
        decision = _zone(reading, context, best, zones)
        return _with_aspect(decision, kept)
    procedures = [m for m in reading.mentions if m.kind == PROCEDURE and len(m.records) == 1]
    if procedures:
        kept = context.aspect if context.kind == PROCEDURE and not _says_aspect(reading) else None
        aspect = kept or aspect_of(reading.aspects, PROCEDURE)
        return _answer(ASK[PROCEDURE], procedures[0].records[0], PROCEDURE, aspect, best.score)
    if context.record and context.kind:
        aspect = aspect_of(reading.aspects, context.kind)
        return _answer(ASK[context.kind], context.record, context.kind, aspect, best.score)
    return _unsure(Reading(**{**reading.__dict__, "candidates": reading.candidates[1:]}), context)


def _unsure(reading: Reading, context: Context) -> Decision:
    """No candidate is sure: offer the likely records, or say that it was not understood."""
    likely = [
        candidate
        for candidate in reading.candidates
        if candidate.record and candidate.score >= SHARE_OF_BEST * reading.candidates[0].score
    ][:MOST_OFFERED]
    together = sum(candidate.score for candidate in likely)
    if likely and together >= WORTH_ASKING:
        aspects = {str(c.kind): aspect_of(reading.aspects, str(c.kind)) for c in likely}
        return Decision(
            AMBIGUOUS, ASK_BETWEEN, together, aspect=aspects[str(likely[0].kind)], candidates=tuple(likely)
        )
    return Decision(FALLBACK, REFUSE, reading.candidates[0].score)


def aspect_of(aspects: Mapping[str, float], kind: str) -> str | None:
    """The likeliest aspect that this kind of record has; the overview when none is likely; None for kinds without."""
    if kind not in ASPECTS:
        return None
    fitting = {name: aspects.get(name, 0.0) for name in ASPECTS[kind]}
    best = max(fitting, key=lambda name: fitting[name])
    return best if fitting[best] >= ASPECT_SURE * sum(fitting.values()) else OVERVIEW


def _says_aspect(reading: Reading) -> bool:
    best = max(reading.aspects, key=lambda name: reading.aspects[name], default=OVERVIEW)
    return best != OVERVIEW and reading.aspects[best] >= ASPECT_SURE


def _with_aspect(decision: Decision, aspect: str | None) -> Decision:
    return Decision(**{**decision.__dict__, "aspect": aspect}) if aspect else decision


def _answer(intent: str, record: str, kind: str, aspect: str | None, confidence: float) -> Decision:
    return Decision(intent, ANSWER, confidence, record=record, kind=kind, aspect=aspect)
