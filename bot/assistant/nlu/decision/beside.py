"""A message that asks of two records: one is answered, the other is offered beside it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.assistant.nlu.decision.deciding import decide as decide_one
from bot.assistant.nlu.decision.shapes import ANSWER, Context, Decision, Reading
from bot.common.names import FAQ

# A half is a question of its own when it is this sure alone.
SURE_OF_HALF = 0.60


def decide(reading: Reading, context: Context) -> Decision:
    """The decision for one message, with what else it asks of a record that it names."""
    decision = decide_one(reading, context)
    if not reading.halves or decision.verdict != ANSWER or decision.record is None:
        return decision
    alone = replace(context, record=None, kind=None, aspect=None, offered=(), zones=())
    # What a question's answer tells, the procedure behind it tells too.
    told = {decision.record, *(context.related.get(decision.record, ()) if decision.kind == FAQ else ())}
    own, other = decision, None
    for half in reading.halves:
        found = decide_one(half, alone)
        named = {record for mention in half.mentions for record in mention.records}
        if found.record == decision.record:
            own = found
        elif not named & told and _asks(found, named, context):
            other = found
    if other is None:
        return decision
    return replace(decision, aspect=own.aspect, more_aspects=own.more_aspects, beside=other)


def _asks(found: Decision, named: AbstractSet[str], context: Context) -> bool:
    """Whether a half surely asks of a record that it names, or has a question about it."""
    about = {found.record, *(context.related.get(str(found.record), ()) if found.kind == FAQ else ())}
    return found.verdict == ANSWER and bool(named & about) and found.confidence >= SURE_OF_HALF
