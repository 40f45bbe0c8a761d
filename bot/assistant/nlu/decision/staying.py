"""A message goes on about the record in mind, or turns to one that was found beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from bot.assistant.nlu.decision import zones as of_zones
from bot.assistant.nlu.decision.aspects import aspect_of, said
from bot.assistant.nlu.decision.shapes import Candidate, Context, Decision, Reading, answer
from bot.common.names import ASK, ASPECTS, FAQ, INCENTIVE, PROCEDURE, ZONE

# Read as going on after the last answer, a message stays with the record in mind at this likelihood.
SURELY_STAYS = 0.90
# A record behind the question in mind is meant before others at this likelihood.
LIKELY_BEHIND = 0.05
# Another record that is this likely in the talk is meant by what goes on after a question or a figure.
PERHAPS_ANOTHER = 0.01
# What a record counts that the message alone does not find.
HARDLY = 0.001
# A question is meant whatever was spoken of when it is this sure by itself; what stands behind "and", or
# beside an incentive, when it is this sure and also fits the talk a little.
SURELY_THE_QUESTION = 0.98
SURE_BESIDE, FITS = 0.78, 0.02
SURE_RULE, FITS_A_RULE = 0.80, 0.10


def goes_on(reading: Reading, context: Context, best: Candidate) -> Decision:
    """About the record in mind; what a question's answer leaves open, the procedure behind it says."""
    record, kind = str(context.record), str(context.kind)
    if kind == ZONE:
        phase = str(of_zones.in_mind(reading, context))
        kept = context.aspect if phase != record and not said(reading) else None
        return answer(ASK[ZONE], phase, ZONE, kept or of_zones.asked_of_it(reading, context), best.score)
    asked = said(reading)
    if kind not in ASPECTS and asked:
        record, kind = _behind(reading, context, asked) or (record, kind)
    if kind not in ASPECTS:
        other = _next_to(reading, record)
        if other is not None:
            return turned_to(reading, other)
    return answer(ASK[kind], record, kind, aspect_of(reading.aspects, kind), best.score)


def _behind(reading: Reading, context: Context, asked: str) -> tuple[str, str] | None:
    """Of the records behind a question one that has this aspect, with its kind.

    For what rules and procedures both tell, the likeliest in the talk; else what the question names first,
    which it is most about.
    """
    joined = {c.record: c.score for c in reading.joined}
    behind = [(r, context.kinds.get(r, "")) for r in context.related.get(str(context.record), ())]
    having = [
        (r, kind)
        for of in (ZONE, PROCEDURE, INCENTIVE)
        for r, kind in behind
        if kind == of and asked in ASPECTS[of]
    ]
    likely = [one for one in having if joined.get(one[0], 0.0) >= LIKELY_BEHIND]
    if likely and asked in ASPECTS[INCENTIVE]:
        return max(likely, key=lambda one: joined[one[0]])
    return next(iter(having), None)


def _next_to(reading: Reading, record: str) -> Candidate | None:
    """The likeliest other record in the talk: whoever goes on after a figure has had its answer."""
    others = [c for c in reading.joined if c.record not in (None, record)]
    if not others or others[0].score < PERHAPS_ANOTHER:
        return None
    alone: defaultdict[str | None, float] = defaultdict(float)
    for candidate in (*reading.candidates, *reading.turned):
        alone[candidate.record] += candidate.score
    found = max(others, key=lambda c: c.score * (HARDLY + alone[c.record]))
    return replace(found, score=found.score / sum(c.score for c in reading.joined if c.record != record))


def once_more(reading: Reading, context: Context) -> Decision | None:
    """The answer once more to what fits no record alone, and in the talk surely the one in mind.

    "At most how many per cent?" after a question whose answer says so among other things.
    """
    found = reading.joined[0] if reading.joined else None
    if found is None or found.record != context.record or found.score < SURELY_STAYS:
        return None
    return goes_on(reading, context, found)


def surely_another(reading: Reading, context: Context, best: Candidate) -> Candidate | None:
    """Another record that a message is surely about, though it could ask something of the one in mind.

    "And is an auction needed?" after the rent of a zone; "is a deposit payable?" after a procedure. A zone is
    asked for so much that its own answer goes first.
    """
    if context.kind == ZONE:
        return None
    joined = {c.record: c.score for c in reading.joined}
    if best.kind == FAQ and best.score >= SURELY_THE_QUESTION:
        sure = best
    elif reading.turned and reading.turned[0].score >= SURE_BESIDE and _fits(reading.turned[0], joined, FITS):
        sure = reading.turned[0]
    elif context.kind == INCENTIVE and best.score >= SURE_RULE and _fits(best, joined, FITS_A_RULE):
        sure = best
    else:
        return None
    return sure if sure.record not in (None, context.record) else None


def _fits(found: Candidate, joined: Mapping[str | None, float], least: float) -> bool:
    return joined.get(found.record, 0.0) >= least


def turned_to(reading: Reading, found: Candidate) -> Decision:
    """About a record found in the talk."""
    kind = str(found.kind)
    return answer(found.intent, str(found.record), kind, aspect_of(reading.aspects, kind), found.score)
