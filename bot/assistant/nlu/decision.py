"""Weighs intent, names and likeness, and says: answer, ask between these, or not mine.

The record in mind and the aspect in mind (what the last answer was about) complete a question that leaves
them out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.assistant.nlu.examples import KIND_OF
from bot.assistant.nlu.gazetteer import Mention
from bot.common.names import ASK, ASPECTS, FAQ, INCENTIVE, OVERVIEW, PROCEDURE, ZONE

ANSWER, ASK_BETWEEN, REFUSE = "answer", "ask", "refuse"
FALLBACK, AMBIGUOUS, FOREIGN = "nlu_fallback", "ambiguous", "foreign_language"
LIST_ZONES, COMPARE, FOLLOW_UP, OFF_TOPIC = "list_zones", "compare_zones", "follow_up", "off_topic"

# Found on the tables in docs/quality: where a wrong answer costs more than asking back.
SURE = 0.38
# Small talk and lists assert nothing about law: less is enough.
SURE_TALK = 0.18
# A question in a third language is read by its terms alone.
SURE_FOREIGN = 0.35
# Candidates that together hold this much are offered; each must hold a part of the best one's.
WORTH_ASKING = 0.30
BEST_WORTH_ASKING = 0.18
SHARE_OF_BEST = 0.25
MOST_OFFERED = 4
# An aspect less likely than this is no aspect: the overview answers.
ASPECT_SURE = 0.22
# An aspect this likely completes a question that names no record of its own.
ASPECT_CLEAR = 0.60
# Aspects that a procedure has a figure or list for, and how plainly one must be asked for to go before a FAQ.
FIGURES = ("time", "fee", "documents")
ASPECT_PLAIN = 0.85
# What the rest must hold, of what is left, when a zone is asked for but none named.
SHARE_WITHOUT_ZONE = 0.25
# A follow-up turns to another record when it holds this much of those of the kind in mind, read by itself and
# read together with the record in mind; or when, read together, it is this sure.
SURE_OWN, SURE_JOINED = 0.15, 0.40
SURE_TOGETHER = 0.75
# A best candidate this likely is answered though not sure, when no other comes near it.
ALONE, TIMES_THE_NEXT = 0.26, 2.5
MOST_WORDS_OF_A_FOLLOW_UP = 7
MOST_COMPARED = 4
# A name is the whole message when it is this much of it.
NEARLY_ALL = 0.85
_THIS = re.compile(r"\b(?:này|đó|ấy|nói trên|this|that|there|it|its)\b", re.IGNORECASE)


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
    `parts`: the aspects of each part of a message that joins several ("area and developer"), else empty.
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


@dataclass(frozen=True)
class Context:
    """What the conversation was about, and what the registry says of its records.

    `record`, `kind`, `aspect`: of the last answer; `kinds` of all records; `related`: those that answer about
    the same, both ways; `about`: zones that a record's own texts name.
    """

    record: str | None = None
    kind: str | None = None
    aspect: str | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[str, frozenset[str]] = field(default_factory=dict)
    about: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """Final intent and what goes to the actions (docs/architecture.md)."""

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
            "confidence": round(self.confidence, 3),
            "language": language,
            "foreign": foreign,
        }


def decide(reading: Reading, context: Context) -> Decision:
    """The decision for one message."""
    decision = _decide(reading, context)
    if decision.verdict != ANSWER or decision.record is None or not reading.parts:
        return decision
    asked = [_plain_aspect(part, str(decision.kind)) for part in reading.parts]
    distinct = list(dict.fromkeys(aspect for aspect in asked if aspect))
    if len(distinct) < 2:
        return decision
    return replace(decision, aspect=distinct[0], more_aspects=tuple(distinct[1:]))


def _plain_aspect(aspects: Mapping[str, float], kind: str) -> str | None:
    """The aspect that a part of a message plainly asks for, None when it asks for none."""
    aspect = aspect_of(aspects, kind)
    return aspect if aspect not in (None, OVERVIEW) and aspects[str(aspect)] >= ASPECT_CLEAR else None


def _decide(reading: Reading, context: Context) -> Decision:
    if reading.foreign:
        return _foreign(reading, context)
    best = reading.candidates[0]
    if best.intent == FALLBACK:
        return Decision(FALLBACK, REFUSE, best.score)
    zones = _zones(reading.mentions)
    plain = _plainly(reading, zones)
    if plain is not None:
        return plain
    if best.intent == COMPARE or (best.intent == ASK[ZONE] and len(zones) > 1):
        return _compare(reading, context, best, zones)
    if zones and _is_about_zone(reading, context, best, zones):
        return _zone(reading, context, Candidate(ASK[ZONE], None, max(best.score, SURE)), zones)
    if best.intent == FOLLOW_UP or _leaves_out(reading, context, best):
        return _follow_up(reading, context, best, zones)
    if best.intent == ASK[ZONE]:
        return _zone(reading, context, best, zones)
    if best.record is not None:
        return _record(reading, context)
    if best.score >= SURE_TALK:
        records = tuple(ids[0] for ids in zones if len(ids) == 1)
        return Decision(best.intent, ANSWER, best.score, records=records, filters=reading.filters)
    return _unsure(reading)


def _foreign(reading: Reading, context: Context) -> Decision:
    """A third language, read through its terms.

    A record that is found is answered (in English); otherwise it is said which languages are spoken here.
    """
    known = [c for c in reading.candidates if c.intent not in (FOREIGN, FOLLOW_UP, OFF_TOPIC)]
    left = sum(candidate.score for candidate in known) or 1.0
    scaled = [Candidate(c.intent, c.record, c.score / left) for c in known]
    decision = _decide(replace(reading, foreign=None, candidates=scaled), context)
    if decision.verdict == ANSWER and decision.record and scaled[0].score >= SURE_FOREIGN:
        return decision
    return Decision(FOREIGN, ANSWER, 1.0 - scaled[0].score)


def _plainly(reading: Reading, zones: list[tuple[str, ...]]) -> Decision | None:
    """What needs no weighing: a name alone, or a choice of zones with conditions."""
    alone = _named_alone(reading)
    if alone is not None:
        return _answer(alone.intent, str(alone.record), str(alone.kind), OVERVIEW, alone.score)
    if reading.filters.get("which") and len(reading.filters) > 2 and not zones:
        return Decision(LIST_ZONES, ANSWER, max(reading.candidates[0].score, SURE), filters=reading.filters)
    return None


def _named_alone(reading: Reading) -> Candidate | None:
    """The record whose name is the whole message ("IRC"), if it is one procedure's or incentive's alone."""
    for mention in reading.mentions:
        whole = mention.end - mention.start >= NEARLY_ALL * len(reading.text)
        if whole and mention.kind in (PROCEDURE, INCENTIVE) and len(mention.records) == 1:
            return Candidate(ASK[mention.kind], mention.records[0], mention.likeness)
    return None


def _is_about_zone(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> bool:
    """Whether a named zone is asked about, though a record that does not speak of it looks likelier."""
    if best.record is None or best.kind == ZONE:
        return False
    if context.about.get(best.record, frozenset()) & set(zones[0]):
        return False
    if any(best.record in mention.records for mention in reading.mentions):
        # "Kyocera in VSIP" names both: the project is asked about.
        return False
    asked = sum(c.score for c in reading.candidates if c.intent == ASK[ZONE])
    return asked >= 0.3 * best.score or _clear_aspect(reading, ZONE)


def _leaves_out(reading: Reading, context: Context, best: Candidate) -> bool:
    """Whether a message goes on about the zone in mind, though it fits a record of its own.

    "Giá thuê đất?", "how large is this park".
    """
    short = len(reading.text.split()) <= MOST_WORDS_OF_A_FOLLOW_UP
    return (
        context.kind == ZONE
        and best.kind != ZONE
        and best.record is not None
        and (short or bool(_THIS.search(reading.text)))
        and not _zones(reading.mentions)
        and _clear_aspect(reading, ZONE)
    )


def _clear_aspect(reading: Reading, kind: str) -> bool:
    aspect = aspect_of(reading.aspects, kind)
    return aspect not in (None, OVERVIEW) and reading.aspects.get(str(aspect), 0.0) >= ASPECT_CLEAR


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
        others = [c for c in reading.candidates if c.intent not in (ASK[ZONE], FOLLOW_UP)]
        left = sum(candidate.score for candidate in others) or 1.0
        if others[0].record and others[0].score >= SHARE_WITHOUT_ZONE * left:
            scaled = [Candidate(c.intent, c.record, c.score / left) for c in others]
            return _record(replace(reading, candidates=scaled), context)
        return Decision(LIST_ZONES, ANSWER, best.score, aspect=aspect, filters=reading.filters)
    named = zones[0]
    if len(named) == 1 or context.record in named:
        record = context.record if context.record in named else named[0]
        return _answer(ASK[ZONE], str(record), ZONE, aspect, best.score)
    offered = tuple(Candidate(ASK[ZONE], record, best.score / len(named)) for record in named)
    return Decision(AMBIGUOUS, ASK_BETWEEN, best.score, kind=ZONE, aspect=aspect, candidates=offered)


def _compare(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    # "So sánh DEEP C" means its parts; "compare it with Nomura" adds the one in mind.
    records = list(dict.fromkeys(record for ids in zones for record in ids))
    if len(records) == 1 and context.kind == ZONE and context.record not in (None, *records):
        records = [str(context.record), *records]
    records = records[:MOST_COMPARED]
    if len(records) < 2:
        return Decision(COMPARE, ANSWER, best.score, records=tuple(records), filters=reading.filters)
    aspect = aspect_of(reading.aspects, ZONE)
    return Decision(
        COMPARE, ANSWER, best.score, kind=ZONE, aspect=aspect, records=tuple(records), filters=reading.filters
    )


def _record(reading: Reading, context: Context) -> Decision:
    """A record leads: answered when it is sure together with those that answer about the same."""
    best = reading.candidates[0]
    alike = context.related.get(str(best.record), frozenset())
    twins = [c for c in reading.candidates[1:] if c.record in alike]
    sure = best.score + sum(twin.score for twin in twins)
    others = [c for c in reading.candidates[1:] if c not in twins]
    alone = best.score >= ALONE and (not others or best.score >= TIMES_THE_NEXT * others[0].score)
    if sure < SURE and not alone:
        return _unsure(reading)
    chosen = best
    aspect = aspect_of(reading.aspects, PROCEDURE)
    if best.kind == FAQ and aspect in FIGURES and reading.aspects[str(aspect)] >= ASPECT_PLAIN:
        # "How long" of a named procedure: the procedure's own figure, not a question about it.
        named = {record for mention in reading.mentions for record in mention.records}
        chosen = next((c for c in twins if c.kind == PROCEDURE and c.record in named), best)
    kind = str(chosen.kind)
    decision = _answer(chosen.intent, str(chosen.record), kind, aspect_of(reading.aspects, kind), sure)
    return replace(decision, candidates=tuple(c for c in (best, *twins) if c.record != chosen.record))


def _follow_up(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    """A question that leaves out its record, or its aspect: completed from what was spoken of."""
    said = _said(reading)
    if zones:
        kept = context.aspect if context.kind == ZONE and not said else None
        return _with_aspect(_zone(reading, context, best, zones), kept)
    other = _other_record(reading, context)
    if other is not None:
        kind = str(other.kind)
        kept = context.aspect if context.kind == kind and not said else None
        return _answer(
            other.intent, str(other.record), kind, kept or aspect_of(reading.aspects, kind), other.score
        )
    if context.record and context.kind:
        record, kind = context.record, context.kind
        if kind not in ASPECTS and said:
            # What a question's answer leaves open, the procedure behind it says.
            behind = sorted(r for r in context.related.get(record, ()) if context.kinds.get(r) == PROCEDURE)
            if behind:
                record, kind = behind[0], PROCEDURE
        return _answer(ASK[kind], record, kind, aspect_of(reading.aspects, kind), best.score)
    others = [c for c in reading.candidates if c.intent != FOLLOW_UP]
    return _unsure(replace(reading, candidates=others))


def _other_record(reading: Reading, context: Context) -> Candidate | None:
    """The record that a follow-up turns to: one it names, or one found with the record in mind beside it."""
    named = [
        Candidate(ASK[mention.kind], mention.records[0], 1.0)
        for mention in reading.mentions
        if mention.kind != ZONE and len(mention.records) == 1 and mention.records[0] != context.record
    ]
    # "Còn Boviet?" after a project is about a project, not about a procedure of that name.
    alike = [candidate for candidate in named if candidate.kind == context.kind]
    said = _said(reading)
    if alike or (named and (said is None or said in ASPECTS.get(str(named[0].kind), ()))):
        return (alike or named)[0]
    if said or not reading.joined or context.record is None:
        return None
    together = reading.joined[0]
    if together.record not in (None, context.record) and together.score >= SURE_TOGETHER:
        return together
    own = _shares(reading.candidates, context)
    joined = _shares(reading.joined, context)
    turned = {c: own[c] * joined[c] for c in own if c in joined}
    best = max(turned, key=lambda record: turned[record], default=None)
    if best is None or own[best] < SURE_OWN or joined[best] < SURE_JOINED:
        return None
    return Candidate(ASK[str(context.kind)], best, turned[best] ** 0.5)


def _shares(candidates: Sequence[Candidate], context: Context) -> dict[str, float]:
    """What each other record of the kind in mind holds of all that those hold."""
    found = {
        str(c.record): c.score
        for c in candidates
        if c.kind == context.kind and c.record not in (None, context.record)
    }
    whole = sum(found.values()) or 1.0
    return {record: score / whole for record, score in found.items()}


def _unsure(reading: Reading) -> Decision:
    """No candidate is sure: offer the likely records, or say that it was not understood."""
    likely = [
        candidate
        for candidate in reading.candidates
        if candidate.record and candidate.score >= SHARE_OF_BEST * reading.candidates[0].score
    ][:MOST_OFFERED]
    together = sum(candidate.score for candidate in likely)
    if likely and likely[0].score >= BEST_WORTH_ASKING and together >= WORTH_ASKING:
        aspects = {str(c.kind): aspect_of(reading.aspects, str(c.kind)) for c in likely}
        return Decision(
            AMBIGUOUS, ASK_BETWEEN, together, aspect=aspects[str(likely[0].kind)], candidates=tuple(likely)
        )
    return Decision(FALLBACK, REFUSE, reading.candidates[0].score)


def aspect_of(aspects: Mapping[str, float], kind: str) -> str | None:
    """The likeliest aspect of this kind of record; the overview when none is; None for kinds without."""
    if kind not in ASPECTS:
        return None
    fitting = {name: aspects.get(name, 0.0) for name in ASPECTS[kind]}
    best = max(fitting, key=lambda name: fitting[name])
    return best if fitting[best] >= ASPECT_SURE * sum(fitting.values()) else OVERVIEW


def _said(reading: Reading) -> str | None:
    """The aspect that the message clearly asks for, None when it asks for none."""
    best = max(reading.aspects, key=lambda name: reading.aspects[name], default=OVERVIEW)
    return best if best != OVERVIEW and reading.aspects[best] >= ASPECT_CLEAR else None


def _with_aspect(decision: Decision, aspect: str | None) -> Decision:
    return replace(decision, aspect=aspect) if aspect else decision


def _answer(intent: str, record: str, kind: str, aspect: str | None, confidence: float) -> Decision:
    return Decision(intent, ANSWER, confidence, record=record, kind=kind, aspect=aspect)
