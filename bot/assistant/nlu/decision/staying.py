"""A message goes on about the record in mind, or turns to one that was found beside it."""

from __future__ import annotations

from bot.assistant.nlu.decision import zones as of_zones
from bot.assistant.nlu.decision.aspects import aspect_of, said
from bot.assistant.nlu.decision.shapes import Candidate, Context, Decision, Reading, answer
from bot.common.names import ASK, ASPECTS, INCENTIVE, PROCEDURE, ZONE

# Read as going on after the last answer, a message stays with the record in mind at this likelihood.
SURELY_STAYS = 0.90
# A record behind the question in mind is meant before others at this likelihood.
LIKELY_BEHIND = 0.05


def goes_on(reading: Reading, context: Context, best: Candidate) -> Decision:
    """About the record in mind; what a question's answer leaves open, the procedure behind it says."""
    record, kind = str(context.record), str(context.kind)
    if kind == ZONE:
        phase = str(of_zones.in_mind(reading, context))
        kept = context.aspect if phase != record and not said(reading) else None
        return answer(ASK[ZONE], phase, ZONE, kept or aspect_of(reading.aspects, ZONE), best.score)
    asked = said(reading)
    if kind not in ASPECTS and asked:
        record, kind = _behind(reading, context, asked) or (record, kind)
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


def once_more(reading: Reading, context: Context) -> Decision | None:
    """The answer once more to what fits no record alone, and in the talk surely the one in mind.

    "At most how many per cent?" after a question whose answer says so among other things.
    """
    found = reading.joined[0] if reading.joined else None
    if found is None or found.record != context.record or found.score < SURELY_STAYS:
        return None
    return goes_on(reading, context, found)


def turned_to(reading: Reading, found: Candidate) -> Decision:
    """About a record found in the talk."""
    kind = str(found.kind)
    return answer(found.intent, str(found.record), kind, aspect_of(reading.aspects, kind), found.score)
