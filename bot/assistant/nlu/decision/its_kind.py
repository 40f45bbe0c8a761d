"""What is asked of a record in mind whose kind does not have it."""

from __future__ import annotations

from dataclasses import replace

from bot.assistant.nlu.decision.aspects import said
from bot.assistant.nlu.decision.shapes import FOLLOW_UP, Context, Decision, Reading, answer
from bot.assistant.nlu.decision.staying import LIKELY_BEHIND, turned_to
from bot.assistant.nlu.decision.unsure import unsure
from bot.common.names import ASK, ASPECTS, PROCEDURE, ZONE

# Below this likelihood of any aspect that its kind has nothing is asked of the record in mind; another that
# has it is meant when it holds this share of all others in the talk.
ITS_OWN, MOSTLY = 0.20, 0.60
# What another kind calls by another name: "how much?" after a park asks for its rent.
ALIKE = {
    ZONE: {"fee": "rent", "where": "location"},
    PROCEDURE: {"rent": "fee", "fees": "fee", "location": "where", "contact": "where"},
}


def not_of_its_kind(reading: Reading, context: Context) -> Decision | None:
    """What is asked of a record whose kind does not have it: of another, or it is asked of which.

    "Documents?" after a rule are those of the procedure by which it is applied for; "which tenants?" after a
    permit is nothing of the permit's.
    """
    kind = str(context.kind)
    own = sum(reading.aspects.get(name, 0.0) for name in ASPECTS.get(kind, reading.aspects))
    if own >= ITS_OWN * sum(reading.aspects.values()):
        return None
    asked = said(reading)
    alike = ALIKE.get(kind, {}).get(str(asked))
    if alike is not None:
        return answer(ASK[kind], str(context.record), kind, alike, reading.candidates[0].score)
    others = [c for c in reading.joined if c.record not in (None, context.record)]
    whole = sum(c.score for c in others)
    having = [c for c in others if asked in ASPECTS.get(str(c.kind), ())]
    if having and having[0].score >= max(MOSTLY * whole, LIKELY_BEHIND):
        return turned_to(reading, having[0])
    if whole < LIKELY_BEHIND:
        return unsure(replace(reading, candidates=[c for c in reading.candidates if c.intent != FOLLOW_UP]))
    return unsure(replace(reading, candidates=[replace(c, score=c.score / whole) for c in others]))
