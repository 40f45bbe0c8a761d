"""A record leads: whether it is answered, or is too doubtful."""

from __future__ import annotations

from dataclasses import replace

from bot.assistant.nlu.decision.aspects import aspect_of, plain
from bot.assistant.nlu.decision.shapes import Context, Decision, Reading, answer
from bot.assistant.nlu.decision.unsure import unsure
from bot.common.names import FAQ, PROCEDURE

# Found on the tables in docs/quality: where a wrong answer costs more than asking back.
SURE = 0.44
# A best candidate this likely is answered though not sure, when no other comes near it.
ALONE, TIMES_THE_NEXT = 0.30, 2.5
# A name of so many words is no everyday phrase.
LONG_NAME, MOST_OF_IT = 4, 0.5
# A question this likely is the very one that was asked.
THE_VERY_QUESTION = 0.95
# Aspects that a procedure has a figure or list for, and how plainly one must be asked for to go before a FAQ.
FIGURES = ("time", "fee", "documents")
ASPECT_PLAIN = 0.85
# What it must hold of the FAQ's share.
SHARE_OF_FAQ = 0.004
# The same when it is one of several of that name.
NEARLY_AS_LIKELY = 0.4


def best_record(reading: Reading, context: Context) -> Decision:
    """Answered when it is sure together with those that answer about the same."""
    best = reading.candidates[0]
    alike = context.related.get(str(best.record), ())
    twins = [c for c in reading.candidates[1:] if c.record in alike]
    sure = best.score + sum(twin.score for twin in twins)
    others = [c for c in reading.candidates[1:] if c not in twins]
    alone = best.score >= ALONE and (not others or best.score >= TIMES_THE_NEXT * others[0].score)
    if sure < SURE and not alone:
        return unsure(reading)
    chosen = best
    aspect = aspect_of(reading.aspects, PROCEDURE)
    asks = reading.tie or plain(reading.aspects, PROCEDURE)
    in_full = named_in_full(reading) if asks and best.score < THE_VERY_QUESTION else frozenset()
    if best.kind == FAQ and (own := next((c for c in twins if c.record in in_full), None)):
        chosen = own
    elif best.kind == FAQ and (
        (aspect in FIGURES and reading.aspects[str(aspect)] >= ASPECT_PLAIN) or _several(reading)
    ):
        # "How long" of a named procedure: the procedure's own figure, not a question about it.
        named = {mention.records[0] for mention in reading.mentions if len(mention.records) == 1}
        perhaps = {record for mention in reading.mentions for record in mention.records}
        likely = [
            c
            for c in twins
            if (c.record in named and c.score >= SHARE_OF_FAQ * best.score)
            or (c.record in perhaps and c.score >= NEARLY_AS_LIKELY * best.score)
        ]
        chosen = next((c for c in likely if c.kind == PROCEDURE), best)
    kind = str(chosen.kind)
    decision = answer(chosen.intent, str(chosen.record), kind, aspect_of(reading.aspects, kind), sure)
    return replace(decision, candidates=tuple(c for c in (best, *twins) if c.record != chosen.record))


def named_in_full(reading: Reading) -> frozenset[str]:
    """Procedures whose name, a whole long one, is most of the message: what else it says is asked of them."""
    return frozenset(
        mention.records[0]
        for mention in reading.mentions
        if mention.kind == PROCEDURE
        and len(mention.records) == 1
        and mention.likeness == 1.0
        and len(mention.text.split()) >= LONG_NAME
        and mention.end - mention.start >= MOST_OF_IT * len(reading.text)
    )


def _several(reading: Reading) -> bool:
    """Whether a message asks for several things that only the procedure has together."""
    return len({plain(part, PROCEDURE) for part in reading.parts} & {*FIGURES, "steps", "authority"}) > 1
