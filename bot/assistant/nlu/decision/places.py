"""What is meant of a zone that is in mind, or that a message turns to."""

from __future__ import annotations

import re

from bot.assistant.nlu.decision.aspects import plain, said
from bot.assistant.nlu.decision.records import SURE
from bot.assistant.nlu.decision.shapes import LIST_INCENTIVES, Candidate, Context, Decision, Reading, answer
from bot.assistant.nlu.decision.staying import SURELY_STAYS, goes_on, turned_to
from bot.assistant.nlu.decision.zones import OF_LAND, PLAIN, in_mind, names_only, names_part_only
from bot.assistant.nlu.ordinals import EXPANSION, part_in
from bot.assistant.nlu.phases import phase_of
from bot.common.names import ASK, FAQ, INCENTIVE, OVERVIEW, STATISTIC, ZONE

# A figure about the zone in mind, when nothing the zone itself tells is asked for.
SURE_FIGURE = 0.30
# How surely the zone is asked about that the figure in mind is about; with a plain aspect less is enough.
SURE_TOGETHER, PERHAPS_TOGETHER = 0.75, 0.40
# A figure of the zone named, after a question whose answer tells it of all.
LIKELY_FIGURE = 0.10
# The same of a rule, after a question about a tax.
LIKELY_RULE = 0.50
# How much likelier than any other of that zone it must be.
TIMES_THE_NEXT = 2.5
# So few words leave out what they are about; they ask for the land of the zone in mind, though they fit many
# rules a little, when that holds this much of all they may ask for.
FEW_WORDS, MOSTLY = 4, 0.50
_THIS_PARK = re.compile(
    r"\b(?:(?:this|that|the) (?:park|zone|place|site|ip|iz)|(?:khu|kcn|park) (?:này|đó|ấy|kia|nay|do))\b",
    re.IGNORECASE,
)


def of_its_zone(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """What is asked of the zone in mind, or of the one that the figure in mind is about.

    "Who built that park?" after its wages; "has the land been handed over?"; "what do workers there earn?" is
    a figure about the zone in mind.
    """
    found = reading.joined[0]
    aspect = plain(reading.aspects, ZONE)
    if context.kind == ZONE:
        about = context.about.get(str(found.record), frozenset())
        if (
            found.kind == STATISTIC
            and context.record in about
            and aspect is None
            and found.score >= SURE_FIGURE
        ):
            return turned_to(reading, found)
        least = SURE_TOGETHER if reading.tie else SURELY_STAYS
        if found.intent == ASK[ZONE] and found.score >= least and best.record is not None:
            return goes_on(reading, context, found)
        return None
    about = context.about.get(str(context.record), frozenset())
    plainly = aspect is not None and reading.aspects[aspect] >= PLAIN
    if plainly and len(about) == 1 and _THIS_PARK.search(reading.text):
        return answer(ASK[ZONE], next(iter(about)), ZONE, aspect, reading.aspects[str(aspect)])
    least = PERHAPS_TOGETHER if plainly else SURE_TOGETHER
    asked = sum(c.score for c in reading.joined if c.intent == ASK[ZONE])
    if asked >= least and aspect and len(about) == 1:
        return answer(ASK[ZONE], next(iter(about)), ZONE, aspect, asked)
    return None


def that_park(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """What is asked of the park spoken of before something else: "back to the park, what is the rent?"."""
    aspect = plain(reading.aspects, ZONE, PLAIN)
    spoken_of = context.kind != ZONE and bool(context.zones) and _THIS_PARK.search(reading.text)
    if not spoken_of or aspect is None or (best.record is not None and best.score >= SURE):
        return None
    return answer(ASK[ZONE], context.zones[-1], ZONE, aspect, reading.aspects[aspect])


def phase_of_it(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """The phase that is named of the zone in mind, or that the figure in mind is about, or spoken of last.

    "Has the second phase begun?" is no question about expanding; "and the second phase?" follows wages.
    """
    of_zones = reading.joined[0].kind == ZONE
    if context.kind == ZONE:
        meant = of_zones or (reading.tie and names_part_only(reading))
        other = in_mind(reading, context) != context.record
        return goes_on(reading, context, best) if meant and other else None
    part = part_in(reading.text)
    # What is about nothing else names a phase by its number; to expand is also something one does.
    numbered = best.score < SURE and part not in (None, EXPANSION)
    if context.kind not in (STATISTIC, FAQ) or not (of_zones or numbered):
        return None
    about = context.about.get(str(context.record), frozenset())
    zone = next(iter(about)) if len(about) == 1 else next(reversed(context.zones), None)
    phase = phase_of((zone,), part, context.phases)[0] if zone else None
    if phase == zone:
        return None
    return answer(ASK[ZONE], str(phase), ZONE, plain(reading.aspects, ZONE) or OVERVIEW, PLAIN)


def of_that_zone(reading: Reading, context: Context, zones: list[tuple[str, ...]]) -> Decision | None:
    """The same figure of another zone: "and Đồ Sơn?" after the wages at Nomura.

    Of the records of that kind about the zone, the likeliest in the talk, where none other comes near it.
    """
    if context.kind not in (STATISTIC, FAQ) or (said(reading) and not names_only(reading)):
        return None
    least = LIKELY_FIGURE if context.kind == FAQ else 0.0
    alike = [
        c
        for c in reading.joined
        if c.record != context.record
        and ((c.kind == STATISTIC and c.score >= least) or (c.kind == INCENTIVE and c.score >= LIKELY_RULE))
    ]
    theirs = [c for c in alike if context.about.get(str(c.record), frozenset()) & set(zones[0])]
    if not theirs or (len(theirs) > 1 and theirs[0].score < TIMES_THE_NEXT * theirs[1].score):
        return None
    return turned_to(reading, theirs[0])


def land_of_it(reading: Reading, context: Context, best: Candidate) -> Decision | None:
    """What the land of the zone in mind costs: "land rent?" fits every rule that lowers it, none surely."""
    unsure = best.score < SURE and (best.kind == INCENTIVE or best.intent == LIST_INCENTIVES)
    if context.kind != ZONE or not unsure or len(reading.text.split()) > FEW_WORDS:
        return None
    asked = {name: chance for name, chance in reading.aspects.items() if name != OVERVIEW}
    likeliest = max(asked, key=lambda name: asked[name], default=OVERVIEW)
    if likeliest not in OF_LAND or asked[likeliest] < MOSTLY * sum(asked.values()):
        return None
    return answer(ASK[ZONE], str(in_mind(reading, context)), ZONE, likeliest, best.score)
