"""A question that leaves out its record, or its aspect: completed from what was spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.assistant.nlu.decision import zones as of_zones
from bot.assistant.nlu.decision.aspects import aspect_of, plain, said
from bot.assistant.nlu.decision.choices import still_open
from bot.assistant.nlu.decision.its_kind import not_of_its_kind
from bot.assistant.nlu.decision.places import of_its_zone, phase_of_it
from bot.assistant.nlu.decision.records import OF_PROCEDURES, best_record, named_in_full, together
from bot.assistant.nlu.decision.shapes import (
    ANSWER,
    CANCEL,
    FOLLOW_UP,
    OFF_TOPIC,
    Candidate,
    Context,
    Decision,
    Reading,
    answer,
)
from bot.assistant.nlu.decision.staying import (
    SURELY_STAYS,
    goes_on,
    surely_another,
    turned_to,
)
from bot.assistant.nlu.decision.unsure import unsure
from bot.common.names import ASK, ASPECTS, FAQ, PROCEDURE, STATISTIC, ZONE

# A follow-up turns to another record when it holds this much of those of the kind in mind, read by itself and
# read together with the record in mind; or when, read together, it is this sure.
SURE_OWN, SURE_JOINED = 0.15, 0.40
SURE_TOGETHER = 0.75
# "And the water?" is about another record when its words alone find one this surely, and are no bare aspect.
SURE_BESIDE, BARE = 0.62, 0.42
# Read as going on after the last answer, a record this likely is meant, unless the message by itself is
# surer of a record, or of small talk.
SURE_IN_TALK, SURE_BY_ITSELF, SURE_TALK_BY_ITSELF = 0.45, 0.88, 0.50
# A message that finds a question or figure by itself is all the same read in the talk when it asks this
# surely for an aspect of the record in mind.
PLAINLY_AN_ASPECT = 0.90
# With a procedure in mind it stays at less, where no question is quite so surely meant.
STAYS, SURELY_A_QUESTION = 0.60, 0.90
# And at this, where a message that may also go on, at least this likely, fits a question not quite so surely.
PERHAPS_STAYS, SURE_THOUGH_IT_MAY_GO_ON, MAY_GO_ON = 0.45, 0.95, 0.05
# Of a message that goes on at least this likely these aspects are asked of the record in mind; the others are
# asked of whatever may come next ("and if it has to be changed later?").
GOES_ON_AT_LEAST, VAGUE = 0.67, ("steps", "conditions", "result")
# A procedure behind the question in mind is asked for its figures where both are this likely in the talk.
LIKELY_BEHIND_IT = 0.60
# What a first message must hold besides going on about something.
SURE_FIRST = 0.25
# "Company tax there, how much": asked of what was spoken of, unless it is very sure by itself.
POINTS_BACK = re.compile(r"\b(?:there|in it|trong đó|ở đó|tại đó|chỗ đó|khu đó)\b", re.IGNORECASE)
_IF = re.compile(
    r"\W*(?:and |thế |vậy |còn |mà |à )*(?:nếu|lỡ|giả sử|if|in case|what if|suppose)\b", re.IGNORECASE
)
# An aspect of the record in mind that is this likely keeps it there.
PERHAPS_AN_ASPECT = 0.30


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


def not_cancelled(reading: Reading, context: Context) -> Reading:
    """After a record "if we want to stop for good" asks something; only who breaks off cancels."""
    asks = context.record is not None and _IF.match(reading.text)
    others = [c for c in reading.candidates if c.intent != CANCEL]
    left = sum(c.score for c in others)
    if not asks or reading.candidates[0].intent != CANCEL or not left:
        return reading
    return replace(reading, candidates=[replace(c, score=c.score / left) for c in others])


def follow_up(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    """The decision for a message that goes on about something."""
    asked = said(reading)
    if zones:
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
        return not_of_its_kind(reading, context) or goes_on(reading, context, best)
    if asked and context.offered:
        return still_open(context, asked, best)
    others = [c for c in reading.candidates if c.intent != FOLLOW_UP]
    return unsure(replace(reading, candidates=others))


def in_talk(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """What a message that says too little by itself means after the last answer: "and for his wife?"."""
    if not reading.joined or context.record is None or named_in_full(reading) or _is_named(reading, best):
        return None
    phase = phase_of_it(reading, context, best)
    if phase is not None:
        return phase
    another = surely_another(reading, context, best)
    if another is not None:
        return turned_to(reading, another)
    found = reading.joined[0]
    doubtful = best.score < SURELY_STAYS or found.score >= SURELY_STAYS
    points_back = doubtful and POINTS_BACK.search(reading.text)
    if not points_back:
        stays = _behind_the_question(reading, context, best) or _all_the_same(reading, context, best)
        if stays or _enough_by_itself(reading, context, best):
            return stays
    if _only_an_aspect(reading, context, best):
        # "How long?" after a procedure is its own figure, not what a question or its neighbour tells.
        return goes_on(reading, context, best)
    zone = of_its_zone(reading, context, best)
    if zone is not None:
        return zone
    of_the_zone = context.kind == ZONE and said(reading) in ASPECTS[ZONE]
    if found.record is None or found.score < SURE_IN_TALK or of_the_zone:
        return None
    return _as_found(reading, context, best)


def _as_found(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """About the record that is likeliest in the talk."""
    found = reading.joined[0]
    if found.record != context.record:
        # Of what is likeliest both ways a figure of its own goes before a question about it, as ever.
        alone = best_record(reading, context) if found.record == best.record else None
        if alone is not None and alone.verdict == ANSWER and alone.kind != FAQ:
            return alone
        return turned_to(reading, found)
    stays = said(reading) in ASPECTS.get(str(found.kind), ()) and not _names_another(reading, context)
    return goes_on(reading, context, found) if stays else None


def _only_an_aspect(reading: Reading, context: Context, best: Candidate) -> bool:
    """Whether a message leaves out everything but a plain aspect of the record in mind.

    One that is vague, or names something, may be asked of whatever was found, but for a question.
    """
    asks = plain(reading.aspects, str(context.kind), PLAINLY_AN_ASPECT)
    if best.intent != FOLLOW_UP or asks is None:
        return False
    if asks not in VAGUE and not reading.mentions:
        return best.score >= GOES_ON_AT_LEAST
    return reading.joined[0].kind == FAQ and best.score >= PLAINLY_AN_ASPECT


def _all_the_same(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """What is meant in the talk, though the message alone would find another record.

    "What documents are needed?" fits the question about a certificate, and asks of what was spoken of.
    """
    found = reading.joined[0]
    asks = plain(reading.aspects, str(context.kind), PLAINLY_AN_ASPECT)
    together = {c.record: c.score for c in reading.joined}
    perhaps = asks is not None and context.kind == PROCEDURE and best.kind in (FAQ, STATISTIC)
    if perhaps and _doubtful(reading) and together.get(context.record, 0.0) >= PERHAPS_STAYS:
        return goes_on(reading, context, best)
    if found.record != context.record:
        return None
    doubtful = best.kind == STATISTIC or best.score < SURELY_A_QUESTION
    least = STAYS if context.kind == PROCEDURE and doubtful else SURELY_STAYS
    stays = found.score >= least and asks is not None and not _names_another(reading, context)
    return goes_on(reading, context, found) if stays and best.kind in (FAQ, STATISTIC) else None


def _behind_the_question(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """A figure of the procedure behind the question in mind, though alone the message fits another question.

    "How long does the permit take?" after "do we need a building permit?" is not asked of work permits.
    """
    behind = [
        record
        for record in context.related.get(str(context.record), ())
        if context.kinds.get(record) == PROCEDURE
    ]
    asks = plain(reading.aspects, PROCEDURE, PLAINLY_AN_ASPECT)
    another = best.kind in (FAQ, STATISTIC) and best.record != context.record
    if context.kind != FAQ or not another or not behind or asks not in OF_PROCEDURES:
        return None
    together = sum(c.score for c in reading.joined if c.record in (context.record, *behind))
    return goes_on(reading, context, best) if together >= LIKELY_BEHIND_IT else None


def _doubtful(reading: Reading) -> bool:
    """Whether what a message alone is about is not quite sure, and it may go on about something as well."""
    best, *others = reading.candidates
    may_go_on = bool(others) and others[0].intent == FOLLOW_UP and others[0].score >= MAY_GO_ON
    return may_go_on and best.score < SURE_THOUGH_IT_MAY_GO_ON


def _names_another(reading: Reading, context: Context) -> bool:
    """Whether a procedure is named that is neither the one in mind nor beside it."""
    own = {context.record, *context.related.get(str(context.record), ())}
    return any(
        mention.kind == PROCEDURE and mention.likeness == 1.0 and not own.intersection(mention.records)
        for mention in reading.mentions
    )


def _is_named(reading: Reading, best: Candidate) -> bool:
    """Whether the procedure that a message alone is likeliest about is named in it."""
    return best.kind == PROCEDURE and any(
        mention.records == (best.record,) and mention.likeness == 1.0 for mention in reading.mentions
    )


def _enough_by_itself(reading: Reading, context: Context, best: Candidate) -> bool:
    """Whether a message would do as a first one; what several records tell alike counts together."""
    if best.intent in (OFF_TOPIC, FOLLOW_UP):
        return False
    if best.record is None:
        return best.score >= SURE_TALK_BY_ITSELF
    return together(reading, context, best) >= SURE_BY_ITSELF


def _beside(reading: Reading, context: Context) -> Candidate | None:
    """The record that "and the water?" turns to from the price of electricity."""
    left_out = sum(c.score for c in reading.turned if c.intent == FOLLOW_UP)
    aspect = plain(reading.aspects, str(context.kind), PERHAPS_AN_ASPECT)
    if context.kind == FAQ:
        # What the procedure behind a question says: "and if we need it, how long?"
        behind = any(context.kinds.get(r) == PROCEDURE for r in context.related.get(str(context.record), ()))
        aspect = plain(reading.aspects, PROCEDURE, PLAINLY_AN_ASPECT) if behind else None
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
    elsewhere = asked not in ASPECTS.get(str(context.kind), ())
    if alike or (named and (elsewhere or asked in ASPECTS.get(str(named[0].kind), ()))):
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
