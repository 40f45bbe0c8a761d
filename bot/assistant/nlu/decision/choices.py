"""What is meant by its place: one of the records offered, or of the parks spoken of."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.assistant.nlu.decision.aspects import VERY_CLEAR, aspect_of, plain, said
from bot.assistant.nlu.decision.shapes import (
    AMBIGUOUS,
    ASK_BETWEEN,
    FOLLOW_UP,
    Candidate,
    Context,
    Decision,
    Reading,
    answer,
)
from bot.assistant.nlu.decision.the_other import namesake, the_other, without
from bot.assistant.nlu.decision.zones import ASKS_NOTHING, FIGURES
from bot.assistant.nlu.ordinals import chosen, in_place, without_place
from bot.common.names import ASK, ASPECTS, FAQ, OVERVIEW, STATISTIC, ZONE

# So few words ask of so few parks that were offered, unless a record is likelier than this by itself.
FEW_WORDS, MOST_OFFERED, SURE_OF_ANOTHER = 6, 4, 0.90
# This plain, it is asked of them all the same where a question or figure tells it of all parks.
PLAINLY_ASKED = 0.90
# What may go on asks for an aspect that is so much of all a park is asked for.
MAY_GO_ON, MOSTLY = 0.20, 0.50
_WHERE = ("location", "where", "parent")
# Besides where it is, less than this is nothing that is asked.
_ASKS = 0.3


def choice(reading: Reading, context: Context) -> Decision | None:
    """One of the records offered, taken by its place: "the second one"."""
    record = chosen(reading.text, context.offered)
    if record is None and not context.offered:
        there = _namesake(reading, context)
        if there is not None:
            reading = _without_where(reading)
        record = there or _in_place(reading, context) or _the_other(reading, context)
    kind = context.kinds.get(record or "")
    if record is None or kind is None:
        return None
    return answer(ASK[kind], record, kind, _asked_of(reading, context, kind), 1.0)


def _asked_of(reading: Reading, context: Context, kind: str) -> str | None:
    """What is asked of the one meant: what the message says, else what was asked before."""
    words = re.findall(r"\w+", without_place(without(reading.text)))
    told = None if ASKS_NOTHING.issuperset(words) else said(reading) or aspect_of(reading.aspects, kind)
    asked = (name for name in (told, context.aspect) if name != OVERVIEW and name in ASPECTS.get(kind, ()))
    return next(asked, aspect_of({}, kind))


def _in_place(reading: Reading, context: Context) -> str | None:
    """The park meant by its place: "the second one" of those that the message names, else of the latest."""
    named = [m.records[0] for m in reading.mentions if m.kind == ZONE and len(m.records) == 1]
    if len(named) > 1:
        return in_place(reading.text, named)
    latest = range(2, len(context.zones) + 1) if context.kind in (ZONE, None) else ()
    return next(filter(None, (in_place(reading.text, context.zones[-count:]) for count in latest)), None)


def _the_other(reading: Reading, context: Context) -> str | None:
    """The park that is not the one in mind, unless the message names one."""
    named = any(m.kind == ZONE for m in reading.mentions)
    return None if named else the_other(reading.text, context)


def _namesake(reading: Reading, context: Context) -> str | None:
    """The park of the same name elsewhere, unless the message names one by more than the place."""
    places = context.namesakes.get(str(context.record), {})
    named = any(m.kind == ZONE and m.text not in places for m in reading.mentions)
    return None if named else namesake(reading.text, context)


def _without_where(reading: Reading) -> Reading:
    """What else is asked by a message that tells a place: which park is meant, not where it is."""
    aspects = {name: chance for name, chance in reading.aspects.items() if name not in _WHERE}
    left = sum(aspects.values())
    if left <= _ASKS:
        return replace(reading, aspects={})
    return replace(reading, aspects={name: chance / left for name, chance in aspects.items()})


def of_those_offered(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """What few words ask of the parks between which was asked: "giá bao nhiêu", "phí quản lý?"."""
    zones = {context.kinds.get(record) for record in context.offered} == {ZONE}
    few = len(context.offered) <= MOST_OFFERED and len(reading.text.split()) <= FEW_WORDS
    plainly = plain(reading.aspects, ZONE, PLAINLY_ASKED) in FIGURES and best.kind in (FAQ, STATISTIC, None)
    # A figure's name is an everyday phrase: "tỷ lệ lấp đầy".
    named = any(mention.kind != STATISTIC for mention in reading.mentions)
    if not zones or not few or named or (best.score >= SURE_OF_ANOTHER and not plainly):
        return None
    asked = plain(reading.aspects, ZONE, VERY_CLEAR) or _mostly(reading)
    return still_open(context, asked, best) if asked else None


def _mostly(reading: Reading) -> str | None:
    """The aspect that most of what may be asked of a park is, where the words go on about something."""
    asked = {name: reading.aspects.get(name, 0.0) for name in ASPECTS[ZONE] if name != OVERVIEW}
    likeliest = max(asked, key=lambda name: asked[name])
    goes_on = any(c.intent == FOLLOW_UP and c.score >= MAY_GO_ON for c in reading.candidates)
    return likeliest if goes_on and asked[likeliest] >= MOSTLY * sum(asked.values()) > 0 else None


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
