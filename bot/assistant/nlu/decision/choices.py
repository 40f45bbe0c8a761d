"""What is meant by its place: one of the records offered, or of the parks spoken of."""

from __future__ import annotations

from bot.assistant.nlu.decision.aspects import aspect_of, said
from bot.assistant.nlu.decision.shapes import (
    AMBIGUOUS,
    ASK_BETWEEN,
    Candidate,
    Context,
    Decision,
    Reading,
    answer,
)
from bot.assistant.nlu.ordinals import chosen, in_place
from bot.common.names import ASK, ASPECTS, ZONE


def choice(reading: Reading, context: Context) -> Decision | None:
    """One of the records offered, taken by its place: "the second one"."""
    record = chosen(reading.text, context.offered)
    if record is None and not context.offered:
        record = _in_place(reading, context)
    kind = context.kinds.get(record or "")
    if record is None or kind is None:
        return None
    asked = (name for name in (said(reading), context.aspect) if name in ASPECTS.get(kind, ()))
    aspect = next(asked, aspect_of({}, kind))
    return answer(ASK[kind], record, kind, aspect, 1.0)


def _in_place(reading: Reading, context: Context) -> str | None:
    """The park meant by its place: "the second one" of those that the message names, else of the latest."""
    named = [m.records[0] for m in reading.mentions if m.kind == ZONE and len(m.records) == 1]
    if len(named) > 1:
        return in_place(reading.text, named)
    latest = range(2, len(context.zones) + 1) if context.kind == ZONE else ()
    return next(filter(None, (in_place(reading.text, context.zones[-count:]) for count in latest)), None)


def still_open(context: Context, asked: str, best: Candidate) -> Decision:
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
