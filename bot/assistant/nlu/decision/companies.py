"""Where a company is that a message names: the park that it lies in or has built."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.assistant.nlu.decision.aspects import plain
from bot.assistant.nlu.decision.records import SURE, SURE_QUESTION
from bot.assistant.nlu.decision.shapes import (
    ANSWER,
    COMPARE,
    LIST_ZONES,
    OFF_TOPIC,
    Candidate,
    Decision,
    Reading,
    answer,
)
from bot.assistant.nlu.known_by import DEVELOPER, TENANT
from bot.common.names import ASK, ZONE
from bot.common.text import fold

# What a park says of a company in it, and of the one that built it.
_SAYS = {TENANT: "tenants", DEVELOPER: "developer"}
_WHERE = re.compile(
    r"\b(?:where|(?:which|what|how many) (?:industrial )?(?:parks?|zones?|ip|sites?)|o dau"
    r"|(?:khu|kcn|cho) nao|(?:khu|kcn|parks?|zones?) (?:cua|of|by))\b"
)
# A record this sure is meant, whoever is named.
SURE_OF_ANOTHER = 0.90
# So strange it is no matter of ours where the company is: whoever looks for work there.
STRANGE = 0.60
# What says no more of a park than that it is the company's.
_NO_MORE = ("location", "parent", "sectors", "tenants")


def where_it_is(reading: Reading, best: Candidate) -> Decision | None:
    """The park of the company named, where one is asked for and no record of the company's own is likely.

    Several stand side by side.
    """
    its_own = best.score >= SURE_QUESTION and any(
        best.record in mention.records for mention in reading.mentions
    )
    sure = best.record is not None and (its_own or best.score >= SURE_OF_ANOTHER)
    if sure or not reading.companies or any(mention.kind == ZONE for mention in reading.mentions):
        return None
    if best.intent == OFF_TOPIC and best.score >= STRANGE:
        return None
    if best.intent != LIST_ZONES and not _WHERE.search(fold(reading.text)):
        return None
    role, parks = next(iter(reading.companies.items()))
    asked, score = plain(reading.aspects, ZONE), max(best.score, SURE)
    also = ("location",) if asked == "location" else ()
    aspect = _SAYS[role] if asked in (None, *_NO_MORE) else asked
    if len(parks) == 1:
        return replace(answer(ASK[ZONE], parks[0], ZONE, aspect, score), more_aspects=also)
    return Decision(
        COMPARE, ANSWER, score, kind=ZONE, aspect=aspect, records=tuple(parks), filters=reading.filters
    )
