"""Weighs intent, names and likeness, and says: answer, ask between these, or not mine.

The record in mind and the aspect in mind (what the last answer was about) complete a question that leaves
them out.
"""

from __future__ import annotations

from dataclasses import replace

from bot.assistant.nlu.decision import zone_in_mind
from bot.assistant.nlu.decision import zones as of_zones
from bot.assistant.nlu.decision.aspects import VERY_CLEAR, as_likely, aspect_of, clear, plain, said
from bot.assistant.nlu.decision.choices import choice, of_those_offered
from bot.assistant.nlu.decision.companies import where_it_is
from bot.assistant.nlu.decision.follow_ups import by_itself, follow_up, in_talk, not_cancelled
from bot.assistant.nlu.decision.incentives import rule_there
from bot.assistant.nlu.decision.named import (
    HARDLY_STRANGE,
    SURELY_STRANGE,
    beside_the_name,
    named_alone,
    named_at_all,
)
from bot.assistant.nlu.decision.places import FEW_WORDS, land_of_it, of_that_zone, that_park
from bot.assistant.nlu.decision.records import SURE, best_record
from bot.assistant.nlu.decision.shapes import (
    ANSWER,
    COMPARE,
    FALLBACK,
    FOLLOW_UP,
    FOREIGN,
    LIST_ZONES,
    LISTS,
    OFF_TOPIC,
    REFUSE,
    Candidate,
    Context,
    Decision,
    Reading,
    answer,
)
from bot.assistant.nlu.decision.staying import once_more
from bot.assistant.nlu.decision.unsure import hardly_turned, ours_in_talk, unsure
from bot.assistant.nlu.decision.which_of_them import which_of_them
from bot.common.names import ASK, ASPECTS, FAQ, INCENTIVE, OVERVIEW, PROCEDURE, ZONE

# Small talk and lists assert nothing about law: less is enough.
SURE_TALK = 0.18
# A question in a third language is read by its terms alone.
SURE_FOREIGN = 0.35
# What a third language may ask for besides records.
_TALK_IN_TERMS = (*LISTS, COMPARE, "request_human")
_OF_OTHERS = ("field", "tax", "order")
# So many of what only a site can have ask for sites, whatever else the message tells.
_OF_SITES = {
    "near",
    "max_km",
    "sector",
    "min_area_ha",
    "max_area_ha",
    "min_rent_usd",
    "max_rent_usd",
    "has_space",
}
ENOUGH_OF_SITES = 3
# "Vacancy": one word, or two, about the park in mind.
FEWEST_WORDS = 2
# Words that nobody knows ask for an aspect when they go on this surely.
SURELY_GOES_ON = 0.90


def decide(reading: Reading, context: Context) -> Decision:
    """The decision for one message."""
    if reading.question:
        return answer(ASK[FAQ], reading.question, FAQ, None, 1.0)
    reading = not_cancelled(ours_in_talk(by_itself(reading, context)), context)
    meant = choice(reading, context) or which_of_them(reading, context)
    decision = meant or _same_of_another(reading, context, _decide(reading, context))
    decision = hardly_turned(reading, context, decision) or decision
    if decision.verdict != ANSWER or decision.record is None:
        return decision
    asked = [plain(part, str(decision.kind), VERY_CLEAR) for part in reading.parts]
    distinct = list(dict.fromkeys(aspect for aspect in asked if aspect))
    if len(distinct) < 2:
        other = as_likely(reading.aspects, str(decision.kind), decision.aspect)
        return replace(decision, more_aspects=(other,)) if other else decision
    # What the whole asks for comes first, for its parts alone say less.
    whole = plain(reading.aspects, str(decision.kind))
    distinct.sort(key=lambda aspect: aspect != whole)
    return replace(decision, aspect=distinct[0], more_aspects=tuple(distinct[1:]))


def _same_of_another(reading: Reading, context: Context, decision: Decision) -> Decision:
    """The same asked of another record of that kind: "and the fire acceptance?" after a time."""
    same_kind = decision.kind == context.kind and decision.record not in (None, context.record)
    if reading.tie and same_kind and context.aspect and decision.aspect == OVERVIEW and not said(reading):
        return replace(decision, aspect=context.aspect)
    return decision


def _decide(reading: Reading, context: Context) -> Decision:
    if reading.foreign:
        return _foreign(reading, context)
    best = reading.candidates[0]
    if best.intent == FALLBACK:
        return _of_unknown_words(reading, context)
    zones = of_zones.named(reading, context)
    found = (
        _plainly(reading, context, zones)
        or _of_those_named(reading, context, best, zones)
        or _left_out(reading, context, best, zones)
    )
    if found is not None:
        return found
    if best.intent == ASK[ZONE]:
        return of_zones.one(reading, context, best, zones)
    if best.record is not None:
        return _of_record(reading, context, best, zones)
    if best.score >= SURE_TALK:
        records = tuple(ids[0] for ids in zones if len(ids) == 1)
        return Decision(best.intent, ANSWER, best.score, records=records, filters=reading.filters)
    return unsure(reading)


def _of_those_named(
    reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]
) -> Decision | None:
    """Zones that are named: side by side, a rule that holds there, or one of them."""
    if of_zones.compares(reading, context, best, zones) or (best.intent == ASK[ZONE] and len(zones) > 1):
        return of_zones.several(reading, context, best, zones)
    there = rule_there(reading, context, best, zones)
    if there is not None:
        return there
    if zones and _of_zone(reading, context, best, zones):
        return of_zones.one(reading, context, of_zones.surely(best), zones)
    return None


def _of_record(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    """A record is likeliest: it, or what is too little for any is meant of what was spoken of."""
    decision = best_record(reading, context)
    if decision.intent != FALLBACK or context.record is None:
        return decision
    if said(reading) is not None:
        return follow_up(reading, context, best, zones)
    return once_more(reading, context) or decision


def _left_out(
    reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]
) -> Decision | None:
    """The decision for a message that leaves out what it is about, None for one that stands by itself."""
    if not zones:
        for meant in (of_those_offered, that_park, land_of_it, in_talk):
            if (turned := meant(reading, context, best)) is not None:
                return turned
    goes_on = (
        best.intent == FOLLOW_UP
        or zone_in_mind.leaves_out(reading, context, best, zones)
        or _bare(reading, context, best)
    )
    there = zones and (goes_on or reading.tie or of_zones.names_only(reading))
    turned = of_that_zone(reading, context, zones) if there else None
    return turned or (follow_up(reading, context, best, zones) if goes_on else None)


def _of_zone(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> bool:
    """Whether a zone that is named is asked about, though something else looks likelier."""
    # What is left of COMPARE here has but one zone (of_zones.compares).
    of_one_name = len(zones) == 1 and len(zones[0]) > 1 and "place" not in reading.filters
    return (
        best.intent == COMPARE
        or (best.intent == LIST_ZONES and of_one_name)
        or of_zones.is_about(reading, context, best, zones)
        or _names_all_the_same(reading, best)
    )


def _names_all_the_same(reading: Reading, best: Candidate) -> bool:
    """Whether a zone and an aspect of it are plain, though the words are strange."""
    return best.intent == OFF_TOPIC and best.score < SURELY_STRANGE and clear(reading, ZONE)


def _bare(reading: Reading, context: Context, best: Candidate) -> bool:
    """Whether few words are but an aspect ("time", "day?"): of the record in mind or of those offered."""
    words = len(reading.text.split())
    # "Vacancy" alone is one for a job, but not after a park.
    of_park = context.kind == ZONE and words <= FEWEST_WORDS and plain(reading.aspects, ZONE, VERY_CLEAR)
    return (
        (context.record is not None or bool(context.offered))
        and words <= FEW_WORDS
        and (best.score < SURELY_STRANGE or bool(of_park))
        and best.record is None
        and said(reading) is not None
    )


def _of_unknown_words(reading: Reading, context: Context) -> Decision:
    """Nonsense, unless it surely goes on and asks for an aspect of the record in mind: "occ %?"."""
    unknown, *known = reading.candidates
    goes_on = bool(known) and known[0].intent == FOLLOW_UP and known[0].score >= SURELY_GOES_ON
    if goes_on and plain(reading.aspects, str(context.kind), VERY_CLEAR) is not None:
        return _decide(replace(reading, candidates=known), context)
    return Decision(FALLBACK, REFUSE, unknown.score)


def _foreign(reading: Reading, context: Context) -> Decision:
    """A third language, read through its terms.

    A record or list that is found is answered (in English), and whoever wants an officer gets one; otherwise
    it is said which languages are spoken here.
    """
    best = reading.candidates[0]
    if best.intent == OFF_TOPIC and best.score >= SURELY_STRANGE:
        return Decision(FOREIGN, ANSWER, best.score)
    known = [c for c in reading.candidates if c.intent not in (FOREIGN, FOLLOW_UP, OFF_TOPIC)]
    left = sum(candidate.score for candidate in known) or 1.0
    scaled = [Candidate(c.intent, c.record, c.score / left) for c in known]
    decision = _decide(replace(reading, foreign=None, candidates=scaled), context)
    plain_enough = decision.record or decision.intent in _TALK_IN_TERMS
    if decision.verdict == ANSWER and plain_enough and scaled[0].score >= SURE_FOREIGN:
        return decision
    return Decision(FOREIGN, ANSWER, 1.0 - scaled[0].score)


def _plainly(reading: Reading, context: Context, zones: list[tuple[str, ...]]) -> Decision | None:
    """What needs no weighing: a name alone, or a choice of zones with conditions."""
    alone = named_alone(reading, context)
    if alone is not None:
        aspect = beside_the_name(reading, alone) if alone.kind in ASPECTS else None
        return answer(alone.intent, str(alone.record), str(alone.kind), aspect, alone.score)
    best = reading.candidates[0]
    company = where_it_is(reading, best)
    if company is not None:
        return company
    strangely = named_at_all(reading, best)
    if strangely is not None:
        aspect = aspect_of(reading.aspects, str(strangely.kind))
        return answer(strangely.intent, str(strangely.record), str(strangely.kind), aspect, SURE)
    if zone_in_mind.asks_inside(reading, context, best, zones):
        return answer(ASK[ZONE], str(context.record), ZONE, "parent", best.score)
    if zone_in_mind.turns_to_a_place(reading, context, zones):
        return Decision(LIST_ZONES, ANSWER, max(best.score, SURE), filters=reading.filters)
    if zone_in_mind.asks_which(reading, context, best, zones):
        aspect = plain(reading.aspects, ZONE)
        return Decision(LIST_ZONES, ANSWER, best.score, aspect=aspect, filters=reading.filters)
    if _lists_sites(reading, best, zones):
        return Decision(LIST_ZONES, ANSWER, max(best.score, SURE), filters=reading.filters)
    strange = best.intent == OFF_TOPIC and best.score >= SURELY_STRANGE
    # What narrows procedures or incentives does not narrow zones.
    narrowed = [name for name in reading.filters if name not in _OF_OTHERS]
    of_procedure = clear(reading, PROCEDURE) and any(m.kind == PROCEDURE for m in reading.mentions)
    listed = bool(reading.filters.get("which")) and len(narrowed) > 2
    if listed and not (zones or strange or of_procedure):
        return Decision(LIST_ZONES, ANSWER, max(best.score, SURE), filters=reading.filters)
    placed = of_zones.only_where(reading, zones)
    return best_record(placed, context) if placed else None


def _lists_sites(reading: Reading, best: Candidate, zones: list[tuple[str, ...]]) -> bool:
    """Whether sites are wanted: of a district, or for a project that tells its size, place and price."""
    if best.score >= HARDLY_STRANGE or best.kind in (PROCEDURE, INCENTIVE):
        return False
    enough = len(_OF_SITES & set(reading.filters)) >= ENOUGH_OF_SITES and not zones
    in_place = best.record is None and zone_in_mind.asks_in_place(reading, zones)
    return enough or in_place
