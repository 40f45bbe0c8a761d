"""What to do when no candidate is sure: offer the likely records, or say that it was not understood."""

from __future__ import annotations

from dataclasses import replace

from bot.assistant.nlu.decision.aspects import aspect_of
from bot.assistant.nlu.decision.shapes import (
    AMBIGUOUS,
    ANSWER,
    ASK_BETWEEN,
    FALLBACK,
    OFF_TOPIC,
    REFUSE,
    Context,
    Decision,
    Reading,
)
from bot.common.names import FAQ, ZONE

# Candidates that together hold this much are offered; each must hold a part of the best one's.
WORTH_ASKING = 0.36
# Up to this strange by itself, and no stranger in the talk than that, a message is ours.
HARDLY_STRANGE, OURS = 0.60, 0.02
_PEOPLE = ("complaint", "request_human")
BEST_WORTH_ASKING = 0.15
SHARE_OF_BEST = 0.25
MOST_OFFERED = 4
# A question that the talk turns to is answered when it is this likely; any record that the words alone find,
# and the talk hardly supports, when it is much likelier than not.
SURE_TURN = 0.45
HARDLY_FITS, SURE_THOUGH_IT_HARDLY_FITS = 0.10, 0.70
# Of what is asked between then so many are likely in the talk, and so many alone.
MOST_IN_TALK, MOST_ALONE = 3, 2


def ours_in_talk(reading: Reading) -> Reading:
    """What looks strange by itself, but not in the talk, is ours: the other candidates hold the whole."""
    best = reading.candidates[0]
    strange = sum(c.score for c in reading.joined if c.intent == OFF_TOPIC)
    if best.intent != OFF_TOPIC or best.score >= HARDLY_STRANGE or not reading.joined or strange >= OURS:
        return reading
    others = [c for c in reading.candidates if c.intent != OFF_TOPIC]
    left = sum(c.score for c in others)
    return (
        replace(reading, candidates=[replace(c, score=c.score / left) for c in others]) if left else reading
    )


def unsure(reading: Reading) -> Decision:
    """Ask between the likely ones, or refuse; a person who is likely wanted goes before what is doubtful."""
    wanted = next((c for c in reading.candidates if c.intent in _PEOPLE and c.score >= WORTH_ASKING), None)
    if wanted is not None:
        return Decision(wanted.intent, ANSWER, wanted.score)
    likely = [
        candidate
        for candidate in reading.candidates
        if candidate.record and candidate.score >= SHARE_OF_BEST * reading.candidates[0].score
    ][:MOST_OFFERED]
    together = sum(candidate.score for candidate in likely)
    if likely and likely[0].score >= BEST_WORTH_ASKING and together >= WORTH_ASKING:
        aspect = aspect_of(reading.aspects, str(likely[0].kind))
        return Decision(AMBIGUOUS, ASK_BETWEEN, together, aspect=aspect, candidates=tuple(likely))
    return Decision(FALLBACK, REFUSE, reading.candidates[0].score)


def hardly_turned(reading: Reading, context: Context, decision: Decision) -> Decision | None:
    """Ask, where what a message of the talk turns to is too doubtful to be answered."""
    stays = decision.record in (None, context.record) or context.record is None
    if decision.verdict != ANSWER or stays or not _too_doubtful(reading, decision):
        return None
    others = [c for c in reading.joined if c.record not in (None, context.record)][:MOST_IN_TALK]
    alone = [c for c in reading.candidates if c.record][:MOST_ALONE]
    offered = tuple({c.record: c for c in (*others, *alone)}.values())[:MOST_OFFERED]
    return Decision(AMBIGUOUS, ASK_BETWEEN, decision.confidence, candidates=offered)


def _too_doubtful(reading: Reading, decision: Decision) -> bool:
    best, joined = reading.candidates[0], {c.record: c.score for c in reading.joined}
    hardly_fits = bool(joined) and joined.get(decision.record, 0.0) < HARDLY_FITS
    if hardly_fits and best.record == decision.record and not _names_a_zone(reading):
        return decision.confidence < SURE_THOUGH_IT_HARDLY_FITS
    return decision.kind == FAQ and decision.confidence < SURE_TURN


def _names_a_zone(reading: Reading) -> bool:
    return any(mention.kind == ZONE for mention in reading.mentions)
