"""Which zones a message means, and what it wants to know of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.assistant.nlu.decision.aspects import aspect_of, clear, plain
from bot.assistant.nlu.decision.records import SURE, THE_VERY_QUESTION, best_record
from bot.assistant.nlu.decision.shapes import (
    AMBIGUOUS,
    ANSWER,
    ASK_BETWEEN,
    COMPARE,
    FOLLOW_UP,
    LIST_ZONES,
    Candidate,
    Context,
    Decision,
    Reading,
    answer,
)
from bot.assistant.nlu.gazetteer import Mention
from bot.assistant.nlu.ordinals import NAME, part_in, without_part
from bot.assistant.nlu.phases import phase_of
from bot.assistant.nlu.quantities import years_in
from bot.assistant.nlu.records import PARKS
from bot.common.names import ASK, ASPECTS, FAQ, INCENTIVE, OVERVIEW, PROCEDURE, ZONE
from bot.common.text import fold

# What the rest must hold, of what is left, when a zone is asked for but none named.
SHARE_WITHOUT_ZONE = 0.25
# What can be asked of a plant wherever it is, and how surely it is asked.
_HAPPENS_SOMEWHERE = (PROCEDURE, INCENTIVE, FAQ)
SURE_WITHOUT_ZONE = 0.45
# A zone that is asked about this surely without the place beside it is asked about.
SURE_WITHOUT_PLACE = 0.70
# How surely what names one zone compares it with the one in mind: in the talk, and by itself ("and VSIP?").
SURE_COMPARED, PERHAPS_COMPARED = 0.80, 0.20
# What names one zone and is less likely to compare than this asks for it alone.
LEAST_COMPARED = 0.25
# Two names that nothing joins are both meant where zones are this likely compared.
MAY_COMPARE = 0.10
# A zone is asked about when zones hold this part of what the likeliest record holds.
SHARE_OF_ZONES = 0.3
# Aspects that a zone has a figure or name for, and how plainly one must be asked for to go before a FAQ.
FIGURES = (
    "location", "area", "established", "developer", "capital", "occupancy", "available", "rent", "fees",
    "utilities", "lease_term", "contact", "distance", "tenants",
)  # fmt: skip
# Of these, what a zone says of its land as well as a rule that lowers the rent.
OF_LAND = ("rent", "lease_term")
# Aspects that only a park has, even where a company in it is named.
_OF_PARKS_ONLY = ("available", "occupancy", "fees", "tenants", "developer")
# On other aspects a question may say more: they must be plainer, and it not likely the very question.
_VERY_PLAIN = 0.70
PLAIN = 0.78
MOST_COMPARED = 6
# Taxes whose reliefs a zone lists; of "land rent" it tells its own price.
TAXES = ("CIT", "PIT", "VAT", "IMPORT_DUTY")
# "And a plant in Nomura?" after a rule asks for no tenants.
_BESIDE = ("tenants", "sectors")
_RELIEF = re.compile(r"\b(?:uu dai|incentives?|tax(?:es)?|thue suat)\b")
# With so few words besides the name, what was asked of the zone before is asked of this one.
MOST_WORDS_BESIDE = 4
# Between two names: the second says where the first is, or whose.
_WHERE = re.compile(r"^\W*(?:o|tai|thuoc|cua|do|in|at|of|by|from|near)?\W*$")
# What joins two names that are both meant: "VSIP or Nomura"; nothing at all does, too ("VSIP Nomura area").
_JOINS = re.compile(
    r"^\W*$|[,;/&+]|\b(?:va|hay|hoac|voi|so|hon|cung|con|lan|and|or|vs|versus|with|to|than|then|between|against|beside)\b"
)
# Words beside a zone's name that ask for nothing by themselves.
ASKS_NOTHING = frozenset((
    "and", "at", "in", "inside", "within", "for", "of", "the", "same", "now", "how", "what", "about", "over",
    "or", "ok", "so", "then", "please", "industrial", "park", "zone", "ip", "iz", "part", "one",
    "thi", "sao", "con", "ben", "khu", "kcn", "o", "tai", "trong", "voi", "vay", "nay",
    "kia", "nua", "a", "nhi", "cung", "hoi", "rieng",
))  # fmt: skip


def named(reading: Reading, context: Context) -> list[tuple[str, ...]]:
    """The zones named, each with all records that carry the name.

    Names that several records carry are narrowed by the phase spoken of ("giai đoạn 2") and by a second name
    of the same zone beside it ("Ngũ Phúc của Vinhomes"); a name that nothing joins to the first only says
    where that is, and is left out ("Hoàng Diệu làm ở Gia Lộc") unless zones are compared.
    """
    mentions = [mention for mention in reading.mentions if mention.kind == ZONE]
    part = part_in(_outside(reading.text, mentions))
    compared = any(c.intent == COMPARE and c.score >= MAY_COMPARE for c in reading.candidates)
    found: list[tuple[str, ...]] = []
    last: Mention | None = None
    for mention in mentions:
        between = fold(reading.text)[last.end : mention.start] if last else ""
        joined = bool(_JOINS.search(between))
        if last and (_WHERE.match(between) or not joined):
            shared = tuple(record for record in found[-1] if record in mention.records)
            if shared:
                found[-1] = shared
                continue
            if not compared and not joined:
                continue
        records = phase_of(mention.records, part, context.phases)
        if records not in found:
            found.append(records)
            last = mention
    return found


def _outside(text: str, mentions: Sequence[Mention]) -> str:
    """Folded text without the names, which may hold a phase themselves."""
    folded = fold(text)
    for mention in sorted(mentions, key=lambda one: -one.start):
        folded = f"{folded[: mention.start]} {NAME} {folded[mention.end :]}"
    return folded


def in_mind(reading: Reading, context: Context) -> str | None:
    """The zone spoken of, or its phase that the message turns to ("còn giai đoạn 2?")."""
    if context.kind != ZONE or context.record is None:
        return None
    return phase_of((context.record,), part_in(reading.text), context.phases)[0]


def is_about(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> bool:
    """Whether a named zone is asked about, though a record that does not speak of it looks likelier."""
    if best.record is None or best.kind == ZONE:
        return False
    if best.record in context.of_zones and context.outside.issuperset(zones[0]):
        # A rule of economic zones never holds in a park outside them: the park says what does.
        return True
    # "Land rent in the free trade zone" is its rent, not the rule that lowers it.
    land = best.kind == INCENTIVE and max(reading.aspects.get(name, 0.0) for name in OF_LAND) >= _VERY_PLAIN
    if (best.kind == FAQ or land) and len(zones) == 1 and _of_its_own(reading, best):
        return True
    if _plainest(reading) >= _VERY_PLAIN and best.score < SURE:
        # In doubt the zone's own answer, not a choice of records about it.
        return True
    placeless = reading.placeless[0] if reading.placeless else None
    if placeless and placeless.intent == ASK[ZONE] and placeless.score >= SURE_WITHOUT_PLACE:
        # "VSIP in Thủy Nguyên, is it fit for medical devices?"
        return True
    if any(best.record in mention.records for mention in reading.mentions):
        # "Kyocera in VSIP" names both: the project is asked about, unless only a park has what is asked.
        return plain(reading.aspects, ZONE, PLAIN) in _OF_PARKS_ONLY
    if context.about.get(best.record, frozenset()) & set(zones[0]):
        return False
    asked = sum(c.score for c in reading.candidates if c.intent == ASK[ZONE])
    return asked >= SHARE_OF_ZONES * best.score or clear(reading, ZONE)


def only_where(reading: Reading, zones: list[tuple[str, ...]]) -> Reading | None:
    """The message without the zone it names, when that only says where: "a permit for our plant in VSIP"."""
    found = reading.placeless[0] if reading.placeless and len(zones) == 1 else None
    if found is None or found.kind not in _HAPPENS_SOMEWHERE or found.score < SURE_WITHOUT_ZONE:
        return None
    if _is_relief_there(reading, found, zones[0]):
        return None
    best = reading.candidates[0]
    asks_zone = best.intent == ASK[ZONE] or (best.record is not None and best.score < SURE)
    return replace(reading, candidates=reading.placeless) if asks_zone else None


def _is_relief_there(reading: Reading, found: Candidate, zone: tuple[str, ...]) -> bool:
    """Whether a relief is asked for that hangs on where the park lies: "CIT for a new project in Nomura".

    With a year it may be that of a licence, and the law of then be asked for.
    """
    relief = reading.filters.get("tax") == "CIT" or _RELIEF.search(fold(reading.text))
    if years_in(reading.text):
        return False
    of_place = found.kind == INCENTIVE or (found.kind == FAQ and found.score < THE_VERY_QUESTION)
    return bool(relief) and of_place and all(record.startswith(PARKS) for record in zone)


def _of_its_own(reading: Reading, best: Candidate) -> bool:
    """Whether a zone's own figure is asked for, not what a question about it tells among other things."""
    if plain(reading.aspects, ZONE, PLAIN) in FIGURES:
        return True
    # Of one tax a question says more than the zone, which lists the incentives of its place.
    plainly = _plainest(reading) >= _VERY_PLAIN and "tax" not in reading.filters
    return plainly and best.score < THE_VERY_QUESTION


def _plainest(reading: Reading) -> float:
    return max(reading.aspects.get(aspect, 0.0) for aspect in ASPECTS[ZONE] if aspect != OVERVIEW)


def one(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    """A zone is asked about: the one named, the one in mind, or a list."""
    aspect = asked_of_it(reading, context)
    if not zones:
        spoken_of = in_mind(reading, context)
        if spoken_of is not None:
            return answer(ASK[ZONE], spoken_of, ZONE, aspect, best.score)
        others = [c for c in reading.candidates if c.intent not in (ASK[ZONE], FOLLOW_UP)]
        left = sum(candidate.score for candidate in others) or 1.0
        if others[0].record and others[0].score >= SHARE_WITHOUT_ZONE * left:
            scaled = [Candidate(c.intent, c.record, c.score / left) for c in others]
            return best_record(replace(reading, candidates=scaled), context)
        return Decision(LIST_ZONES, ANSWER, best.score, aspect=aspect, filters=reading.filters)
    records = zones[0]
    if len(records) == 1 or context.record in records:
        record = context.record if context.record in records else records[0]
        if context.aspect in ASPECTS[ZONE] and (
            (record in context.offered and not clear(reading, ZONE)) or _same_of(reading, context)
        ):
            # "DEEP C 1" answers "which of them?", "same for VSIP": what was asked still is.
            aspect = context.aspect
        return answer(ASK[ZONE], str(record), ZONE, aspect, best.score)
    offered = tuple(Candidate(ASK[ZONE], record, best.score / len(records)) for record in records)
    return Decision(AMBIGUOUS, ASK_BETWEEN, best.score, kind=ZONE, aspect=aspect, candidates=offered)


def asked_of_it(reading: Reading, context: Context) -> str | None:
    """What is asked of a zone: its incentives where a tax is named, or was spoken of, and nothing is plain.

    "CIT in VSIP"; "and in Nomura?" after a rule.
    """
    of_tax = reading.filters.get("tax") in TAXES or _RELIEF.search(fold(reading.text))
    bare = names_only(reading) or plain(reading.aspects, ZONE) in (None, *(_BESIDE if reading.tie else ()))
    if (of_tax and not clear(reading, ZONE)) or (bare and _spoken_of_tax(context)):
        return "incentives"
    return aspect_of(reading.aspects, ZONE)


def _spoken_of_tax(context: Context) -> bool:
    """Whether a rule, or a question that a rule stands behind, was answered last."""
    behind = context.related.get(str(context.record), ())
    rules = context.kind == FAQ and any(context.kinds.get(record) == INCENTIVE for record in behind)
    return context.kind == INCENTIVE or rules


def _beside(reading: Reading) -> list[str]:
    """The words besides the names of zones, folded."""
    mentions = [mention for mention in reading.mentions if mention.kind == ZONE]
    return [word for word in re.findall(r"\w+", _outside(reading.text, mentions)) if word != NAME]


def names_only(reading: Reading) -> bool:
    """Whether a message says nothing but zones' names and words that ask for nothing: "and in VSIP?"."""
    return ASKS_NOTHING.issuperset(_beside(reading))


def names_part_only(reading: Reading) -> bool:
    """Whether a message says nothing but a part of a park: "what about the mở rộng part"."""
    return ASKS_NOTHING.issuperset(re.findall(r"\w+", without_part(reading.text)))


def _same_of(reading: Reading, context: Context) -> bool:
    """Whether a message only turns to another zone: "and at Nomura?", "same for VSIP"."""
    beside = _beside(reading)
    if context.kind != ZONE or len(beside) > MOST_WORDS_BESIDE:
        return False
    asks = reading.aspects.get(OVERVIEW, 0.0) >= PLAIN or clear(reading, ZONE)
    return not asks or ASKS_NOTHING.issuperset(beside)


def surely(best: Candidate) -> Candidate:
    """The candidate of a zone that is named: the name makes it sure."""
    return Candidate(ASK[ZONE], None, max(best.score, SURE))


def compares(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> bool:
    """Whether zones are compared; with one alone there is nothing to compare what it is plainly asked for.

    "So với VSIP thì sao?" compares with the park in mind, "side by side?" those spoken of.
    """
    hardly = best.intent in (FOLLOW_UP, ASK[ZONE]) or best.score < LEAST_COMPARED
    if (len(zones) == 1 or (not zones and len(context.zones) > 1)) and context.kind == ZONE and hardly:
        alone, together = (
            sum(c.score for c in of if c.intent == COMPARE) for of in (reading.candidates, reading.joined)
        )
        return alone >= PERHAPS_COMPARED and together >= SURE_COMPARED
    alone = len(zones) == 1 and not context.zones and clear(reading, ZONE)
    return best.intent == COMPARE and not alone


def several(reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]) -> Decision:
    """Zones side by side: "so sánh DEEP C" means its parts.

    "Compare it with Nomura", "compare the two" add the one or two spoken of last.
    """
    named = list(dict.fromkeys(record for ids in zones for record in ids))
    before = [zone for zone in context.zones if zone not in named]
    lacking = max(0, 2 - len(named))
    records = [*(before[-lacking:] if lacking else ()), *named][:MOST_COMPARED]
    compared = Decision(COMPARE, ANSWER, best.score, records=tuple(records), filters=reading.filters)
    if len(records) < 2:
        return compared
    aspect = aspect_of(reading.aspects, ZONE) if named or clear(reading, ZONE) else OVERVIEW
    return replace(compared, kind=ZONE, aspect=aspect)
