"""What a message asks of the zone in mind, or of all zones, rather than of one that it names."""

from __future__ import annotations

import re

from bot.assistant.nlu.decision.aspects import CLEAR, clear, plain
from bot.assistant.nlu.decision.records import together
from bot.assistant.nlu.decision.shapes import (
    COMPARE,
    LIST_INCENTIVES,
    LIST_ZONES,
    OFF_TOPIC,
    Candidate,
    Context,
    Reading,
)
from bot.assistant.nlu.decision.zones import ASKS_NOTHING, FIGURES, OF_LAND, PLAIN
from bot.common.names import ASK, FAQ, ZONE
from bot.common.text import fold

# So many words may leave out what they are about; more, where they are not surely about something else.
MOST_WORDS_OF_A_FOLLOW_UP, MOST_OF_A_DOUBTFUL_ONE, NOT_DOUBTFUL = 7, 11, 0.90
# An aspect this plain is asked of the zone in mind, though the words are strange.
SURELY_PLAIN = 0.99
# The same of one a little less plain, where the words are about a zone in the talk, and not surely strange.
VERY_PLAIN, SURE_IN_TALK, HARDLY_STRANGE = 0.90, 0.75, 0.70
# Its incentives are asked for when they are this likely in the talk, and so many times as likely as all.
LIKELY_IN_TALK, TIMES_THE_LIST = 0.45, 4
# What is this sure by itself and in the talk is meant, whatever it may ask of the zone in mind.
SURE_BOTH_WAYS = 0.90
# Aspects by which one zone is chosen among all.
_COMPARED = ("area", "occupancy", "available", "rent", "fees", "utilities", "lease_term")
_THIS = re.compile(r"\b(?:này|đó|ấy|nói trên|this|that|there|it|its)\b", re.IGNORECASE)
# "In the free trade zone or not?", "thuộc khu công nghiệp hay khu thương mại tự do".
_OR_NOT = re.compile(r"\b(?:or not|right|correct|(?:phải|đúng) không)\W*$|\bhay\b", re.IGNORECASE)


def asks_inside(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> bool:
    """Whether a message asks for the parks of the zone in mind, or whether it lies in another.

    "Which parks are in it?"; "is that one inside the free trade zone?"
    """
    lies_in = len(zones) == 1 and context.record not in zones[0]
    whether = lies_in and bool(_OR_NOT.search(reading.text))
    of_it = context.kind == ZONE and (whether or bool(_THIS.search(reading.text)))
    asked = plain(reading.aspects, ZONE, PLAIN if lies_in else CLEAR)
    return of_it and asked == "parent" and (lies_in or (best.intent == LIST_ZONES and not zones))


def asks_which(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> bool:
    """Whether a message asks which of all zones, though one is in mind: "có khu nào rẻ hơn không".

    "Which of the two" compares.
    """
    return (
        context.kind == ZONE
        and best.intent != COMPARE
        and not zones
        and bool(reading.filters.get("which"))
        and not _THIS.search(reading.text)
        and plain(reading.aspects, ZONE, PLAIN) in _COMPARED
    )


def asks_in_place(reading: Reading, zones: list[tuple[str, ...]]) -> bool:
    """Whether the zones of a district are asked for whose name a park bears: "parks in Thủy Nguyên"."""
    place = fold(reading.filters.get("place", ""))
    names = [fold(mention.text) for mention in reading.mentions if mention.kind == ZONE]
    return bool(place and reading.filters.get("which")) and names in ([], [place])


def turns_to_a_place(reading: Reading, context: Context, zones: list[tuple[str, ...]]) -> bool:
    """Whether a message says nothing but a district, after a zone: "and in An Lao?"."""
    place = fold(reading.filters.get("place", ""))
    words = re.findall(r"\w+", fold(reading.text).replace(place, " "))
    return context.kind == ZONE and bool(place) and not zones and ASKS_NOTHING.issuperset(words)


def leaves_out(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> bool:
    """Whether a message goes on about the zone in mind, though it fits a record of its own.

    "Giá thuê đất?", "how large is this park"; "how far from Noi Bai?", though Noi Bai is elsewhere.
    """
    known = plain(reading.aspects, ZONE, SURELY_PLAIN) in FIGURES or _in_the_talk(reading, best)
    strange = best.intent == OFF_TOPIC and (known or plain(reading.aspects, ZONE, PLAIN) == "distance")
    listed = best.intent == LIST_INCENTIVES and plain(reading.aspects, ZONE) in OF_LAND
    doubtful = together(reading, context, best) < NOT_DOUBTFUL
    most = MOST_OF_A_DOUBTFUL_ONE if doubtful else MOST_WORDS_OF_A_FOLLOW_UP
    short = len(reading.text.split()) <= most
    return (
        context.kind == ZONE
        and best.kind != ZONE
        and (best.record is not None or strange or listed)
        and (short or bool(_THIS.search(reading.text)))
        and not zones
        and clear(reading, ZONE)
        and not _both_ways(reading, best)
    ) or _asks_its_incentives(reading, context, best, zones)


def _asks_its_incentives(
    reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]
) -> bool:
    """Whether the incentives of the zone in mind are asked for, not a list of all."""
    if context.kind != ZONE or best.intent != LIST_INCENTIVES or zones:
        return False
    of_it, of_all = (
        sum(c.score for c in reading.joined if c.intent == intent) for intent in (ASK[ZONE], LIST_INCENTIVES)
    )
    return of_it >= max(LIKELY_IN_TALK, TIMES_THE_LIST * of_all)


def _in_the_talk(reading: Reading, best: Candidate) -> bool:
    """Whether words that look strange by themselves are about a zone when read in the talk."""
    joined = sum(c.score for c in reading.joined if c.intent == ASK[ZONE])
    return (
        best.score < HARDLY_STRANGE
        and joined >= SURE_IN_TALK
        and plain(reading.aspects, ZONE, VERY_PLAIN) in FIGURES
    )


def _both_ways(reading: Reading, best: Candidate) -> bool:
    """Whether one record is as good as certain by itself and in the talk: "what has Autel invested?".

    What a question tells of all zones, the one in mind tells of itself.
    """
    joined = {c.record: c.score for c in reading.joined}
    sure = min(best.score, joined.get(best.record, 0.0)) >= SURE_BOTH_WAYS
    return sure and (best.kind != FAQ or plain(reading.aspects, ZONE) not in FIGURES)
