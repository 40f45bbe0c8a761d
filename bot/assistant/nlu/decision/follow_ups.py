"""A question that leaves out its record, or its aspect: completed from what was spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.assistant.nlu.decision import zones as of_zones
from bot.assistant.nlu.decision.aspects import aspect_of, plain, said
from bot.assistant.nlu.decision.records import TIMES_THE_NEXT, named_in_full
from bot.assistant.nlu.decision.shapes import (
    AMBIGUOUS,
    ASK_BETWEEN,
    FOLLOW_UP,
    OFF_TOPIC,
    Candidate,
    Context,
    Decision,
    Reading,
    answer,
)
from bot.assistant.nlu.decision.unsure import unsure
from bot.assistant.nlu.ordinals import chosen, in_place
from bot.common.names import ASK, ASPECTS, FAQ, INCENTIVE, PROCEDURE, STATISTIC, ZONE

# A follow-up turns to another record when it holds this much of those of the kind in mind, read by itself and
# read together with the record in mind; or when, read together, it is this sure.
SURE_OWN, SURE_JOINED = 0.15, 0.40
SURE_TOGETHER = 0.75
# "And the water?" is about another record when its words alone find one this surely, and are no bare aspect.
SURE_BESIDE, BARE = 0.10, 0.50
# Read as going on after the last answer, a record this likely is meant, unless the message by itself is
# surer of a record, or of small talk.
SURE_IN_TALK, SURE_BY_ITSELF, SURE_TALK_BY_ITSELF = 0.50, 0.60, 0.50
# A message that would do by itself is all the same read in the talk: how surely it must stay with the record
# in mind and ask for an aspect of it, and below what it may turn to another.
SURELY_STAYS, PLAINLY_AN_ASPECT, SURELY_BY_ITSELF = 0.90, 0.90, 0.80
# With a procedure in mind it stays at less, where no question is quite so surely meant.
STAYS, SURELY_A_QUESTION = 0.70, 0.90
# What a first message must hold besides going on about something.
SURE_FIRST = 0.25
# "Company tax there, how much": asked of what was spoken of, unless it is very sure by itself.
POINTS_BACK = re.compile(r"\b(?:there|in it|trong đó|ở đó|tại đó|chỗ đó|khu đó)\b", re.IGNORECASE)
# A figure about the zone in mind, when nothing the zone itself tells is asked for.
SURE_FIGURE = 0.30
# An aspect of the record in mind that is this likely keeps it there.
PERHAPS_AN_ASPECT = 0.30


def choice(reading: Reading, context: Context) -> Decision | None:
    """One of the records offered, taken by its place: "the second one"."""
    record = chosen(reading.text, context.offered)
    if record is None and context.kind == ZONE and not context.offered:
        # "The first one" of two parks spoken of.
        record = in_place(reading.text, context.zones[-2:])
    kind = context.kinds.get(record or "")
    if record is None or kind is None:
        return None
    asked = (name for name in (said(reading), context.aspect) if name in ASPECTS.get(kind, ()))
    aspect = next(asked, aspect_of({}, kind))
    return answer(ASK[kind], record, kind, aspect, 1.0)


def by_itself(reading: Reading, context: Context) -> Reading:
    """A first message goes on about nothing: what it could ask for by itself holds the whole."""
    left = 1.0 - sum(c.score for c in reading.candidates if c.intent == FOLLOW_UP)
    in_talk = context.record or context.offered or context.zones or reading.mentions or reading.tie
    if in_talk or reading.candidates[0].intent != FOLLOW_UP or left <= SURE_FIRST:
        return reading
    others = [
        Candidate(c.intent, c.record, c.score / left) for c in reading.candidates if c.intent != FOLLOW_UP
    ]
    return replace(reading, candidates=others)


def follow_up(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    """The decision for a message that goes on about something."""
    asked = said(reading)
    if zones:
        if same := _of_that_zone(reading, context, zones):
            return same
        kept = context.aspect if context.kind == ZONE and not asked else None
        decision = of_zones.one(reading, context, best, zones)
        return replace(decision, aspect=kept) if kept else decision
    other = _beside(reading, context) or _other_record(reading, context)
    if other is not None:
        kind = str(other.kind)
        kept = context.aspect if context.kind == kind and not asked else None
        aspect = kept or aspect_of(reading.aspects, kind)
        return answer(other.intent, str(other.record), kind, aspect, other.score)
    if context.record and context.kind:
        return _goes_on(reading, context, best)
    if asked and context.offered:
        return _still_open(context, asked, best)
    others = [c for c in reading.candidates if c.intent != FOLLOW_UP]
    return unsure(replace(reading, candidates=others))


def in_talk(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """What a message that says too little by itself means after the last answer: "and for his wife?"."""
    if not reading.joined or context.record is None or named_in_full(reading):
        return None
    found = reading.joined[0]
    if _enough_by_itself(best) and not (POINTS_BACK.search(reading.text) and best.score < SURELY_STAYS):
        return _all_the_same(reading, context, best)
    if _only_an_aspect(reading, context, best) and found.kind == FAQ:
        # "How long?" after a procedure is its own figure, not what a question tells of it.
        return _goes_on(reading, context, best)
    zone = _of_its_zone(reading, context, best)
    if zone is not None:
        return zone
    of_the_zone = context.kind == ZONE and said(reading) in ASPECTS[ZONE]
    if found.record is None or found.score < SURE_IN_TALK or of_the_zone:
        return None
    if found.record != context.record:
        return _turns_to(reading, found)
    stays = said(reading) in ASPECTS.get(str(found.kind), ()) and not _names_another(reading, context)
    return _goes_on(reading, context, found) if stays else None


def _only_an_aspect(reading: Reading, context: Context, best: Candidate) -> bool:
    """Whether a message leaves out everything but a plain aspect of the record in mind."""
    asks = plain(reading.aspects, str(context.kind), PLAINLY_AN_ASPECT)
    return best.intent == FOLLOW_UP and best.score >= PLAINLY_AN_ASPECT and asks is not None


def _of_its_zone(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """What is asked of the zone in mind, or of the one that the figure in mind is about.

    "Who built that park?" after its wages; "has the land been handed over?"; "what do workers there earn?" is
    a figure about the zone in mind.
    """
    found = reading.joined[0]
    aspect = plain(reading.aspects, ZONE)
    if context.kind == ZONE:
        about = context.about.get(str(found.record), frozenset())
        if (
            found.kind == STATISTIC
            and context.record in about
            and aspect is None
            and found.score >= SURE_FIGURE
        ):
            return _turns_to(reading, found)
        if found.intent == ASK[ZONE] and found.score >= SURELY_STAYS and best.record is not None:
            return _goes_on(reading, context, found)
        return None
    about = context.about.get(str(context.record), frozenset())
    if found.intent == ASK[ZONE] and found.score >= SURE_TOGETHER and aspect and len(about) == 1:
        return answer(ASK[ZONE], next(iter(about)), ZONE, aspect, found.score)
    return None


def once_more(reading: Reading, context: Context) -> Decision | None:
    """The answer once more to what fits no record alone, and in the talk surely the one in mind.

    "At most how many per cent?" after a question whose answer says so among other things.
    """
    found = reading.joined[0] if reading.joined else None
    if found is None or found.record != context.record or found.score < SURELY_STAYS:
        return None
    return _goes_on(reading, context, found)


def _all_the_same(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """What is meant in the talk, though the message alone would find another record.

    "What documents are needed?" fits the question about a certificate, and asks of what was spoken of;
    another record is meant when it is likely alone and far likelier in the talk.
    """
    found = reading.joined[0]
    asks = plain(reading.aspects, str(context.kind), PLAINLY_AN_ASPECT)
    if found.record == context.record:
        least = STAYS if context.kind == PROCEDURE and best.score < SURELY_A_QUESTION else SURELY_STAYS
        stays = found.score >= least and asks is not None and not _names_another(reading, context)
        return _goes_on(reading, context, found) if stays and best.kind == FAQ else None
    alone = {c.record: c.score for c in reading.candidates}
    together = {c.record: c.score for c in reading.joined}
    turns = found.score >= SURE_IN_TALK and best.score < SURELY_BY_ITSELF and best.record is not None
    if not turns or found.record is None or best.record == found.record:
        return None
    if alone.get(found.record, 0.0) < SURE_OWN or together.get(best.record, 0.0) > SURE_OWN:
        return None
    return _turns_to(reading, found)


def _turns_to(reading: Reading, found: Candidate) -> Decision:
    kind = str(found.kind)
    return answer(found.intent, str(found.record), kind, aspect_of(reading.aspects, kind), found.score)


def _names_another(reading: Reading, context: Context) -> bool:
    """Whether a procedure is named that is neither the one in mind nor beside it."""
    own = {context.record, *context.related.get(str(context.record), ())}
    return any(
        mention.kind == PROCEDURE and mention.likeness == 1.0 and not own.intersection(mention.records)
        for mention in reading.mentions
    )


def _enough_by_itself(best: Candidate) -> bool:
    if best.intent in (OFF_TOPIC, FOLLOW_UP):
        return False
    return best.score >= (SURE_BY_ITSELF if best.record else SURE_TALK_BY_ITSELF)


def _of_that_zone(reading: Reading, context: Context, zones: list[tuple[str, ...]]) -> Decision | None:
    """The same figure of another zone: "and Đồ Sơn?" after the wages at Nomura.

    Of the records of that kind about the zone, the likeliest in the talk, where none other comes near it.
    """
    if context.kind != STATISTIC or not context.about.get(str(context.record)) or said(reading):
        return None
    alike = [c for c in reading.joined if c.kind == STATISTIC and c.record != context.record]
    theirs = [c for c in alike if context.about.get(str(c.record), frozenset()) & set(zones[0])]
    if not theirs or (len(theirs) > 1 and theirs[0].score < TIMES_THE_NEXT * theirs[1].score):
        return None
    return answer(theirs[0].intent, str(theirs[0].record), STATISTIC, None, theirs[0].score)


def _still_open(context: Context, asked: str, best: Candidate) -> Decision:
    """An aspect of one of the records offered: of the one that has it, else the question stands."""
    kinds = {record: context.kinds[record] for record in context.offered if record in context.kinds}
    having = [record for record, kind in kinds.items() if asked in ASPECTS.get(kind, ())]
    if not having:
        # What a question is about, the procedure behind it says.
        behind = (other for record in kinds for other in context.related.get(record, ()))
        having = [r for r in dict.fromkeys(behind) if asked in ASPECTS.get(context.kinds.get(r, ""), ())]
    if len(having) == 1:
        kind = context.kinds[having[0]]
        return answer(ASK[kind], having[0], kind, asked, best.score)
    candidates = tuple(Candidate(ASK[kind], record, best.score) for record, kind in kinds.items())
    return Decision(AMBIGUOUS, ASK_BETWEEN, best.score, aspect=asked, candidates=candidates)


def _goes_on(reading: Reading, context: Context, best: Candidate) -> Decision:
    """About the record in mind; what a question's answer leaves open, the procedure behind it says."""
    record, kind = str(context.record), str(context.kind)
    if kind == ZONE:
        phase = str(of_zones.in_mind(reading, context))
        kept = context.aspect if phase != record and not said(reading) else None
        return answer(ASK[ZONE], phase, ZONE, kept or aspect_of(reading.aspects, ZONE), best.score)
    asked = said(reading)
    if kind not in ASPECTS and asked:
        # What the question names first is what it is most about.
        behind = [(r, context.kinds.get(r, "")) for r in context.related.get(record, ())]
        for other in (ZONE, PROCEDURE, INCENTIVE):
            having = [r for r, of in behind if of == other and asked in ASPECTS[other]]
            if having:
                record, kind = having[0], other
                break
    return answer(ASK[kind], record, kind, aspect_of(reading.aspects, kind), best.score)


def _beside(reading: Reading, context: Context) -> Candidate | None:
    """The record that "and the water?" turns to from the price of electricity."""
    left_out = sum(c.score for c in reading.turned if c.intent == FOLLOW_UP)
    aspect = plain(reading.aspects, str(context.kind), PERHAPS_AN_ASPECT)
    if context.kind == ZONE or aspect is not None or left_out >= BARE:
        return None
    joined = {c.record: c.score for c in reading.joined}
    found = [c for c in reading.turned if c.record not in (None, context.record) and c.score >= SURE_BESIDE]
    return max(found, key=lambda c: c.score * joined.get(c.record, 0.0), default=None)


def _other_record(reading: Reading, context: Context) -> Candidate | None:
    """The record that a follow-up turns to: one it names, or one found with the record in mind beside it."""
    named = [
        Candidate(ASK[mention.kind], mention.records[0], 1.0)
        for mention in reading.mentions
        if mention.kind != ZONE and len(mention.records) == 1 and mention.records[0] != context.record
    ]
    # "Còn Boviet?" after a project is about a project, not about a procedure of that name.
    alike = [candidate for candidate in named if candidate.kind == context.kind]
    asked = said(reading)
    if alike or (named and (asked is None or asked in ASPECTS.get(str(named[0].kind), ()))):
        return (alike or named)[0]
    if asked or not reading.joined or context.record is None:
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
