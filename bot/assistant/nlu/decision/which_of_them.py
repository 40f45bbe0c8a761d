"""Which of the parks spoken of: "which is cheapest?", "cái nào gần cảng hơn?"."""

from __future__ import annotations

import re

from bot.assistant.nlu.decision.aspects import aspect_of
from bot.assistant.nlu.decision.shapes import ANSWER, COMPARE, Context, Decision, Reading
from bot.assistant.nlu.decision.zones import MOST_COMPARED
from bot.common.names import ASPECTS, OVERVIEW, ZONE
from bot.common.text import fold

_COUNTS = {"two": 2, "both": 2, "hai": 2, "2": 2, "three": 3, "ba": 3, "3": 3, "four": 4, "bon": 4, "4": 4}
_COUNT = "|".join(_COUNTS)
# "Which park is cheapest" is asked of all.
_WHICH = re.compile(
    rf"\bwhich (?:one|of (?:the )?(?:them|these|those|{_COUNT}))\b|^\W*(?:and |so |then )?which (?:is|has)\b"
    r"|\b(?:cai|ben) nao\b"
)
_MORE = re.compile(
    r"\b(?:(?:cheap|low|high|near|close|larg|bigg|small|old|new|clos|emptie)(?:er|est)|more|most|least|less"
    r"|better|best|hon|nhat|con (?:dat|cho|trong)|(?:has|have) (?:space|land))\b"
)
# Of two just compared also "khu nào gần cảng hơn?"; "có khu nào rẻ hơn không" looks for another.
_THAN = re.compile(
    r"^(?!con\b|.*\b(?:co (?:khu|kcn)|any|other)\b)"
    r".*\b(?:(?:khu|kcn) nao\b.*\bhon|which (?:park|zone).*\b(?:\w+er|more|less))\b"
)
_OF = re.compile(rf"\b(?:of (?:the |these |those )?|trong |giua )({_COUNT})\b")


def which_of_them(reading: Reading, context: Context) -> Decision | None:
    """The parks spoken of compared once more for what is asked; None where none is chosen among them."""
    folded = fold(reading.text)
    others = any(mention.kind == ZONE for mention in reading.mentions)
    elsewhere = context.record is not None and context.kind != ZONE
    if len(context.zones) < 2 or others or elsewhere:
        return None
    compared = context.record is None and set(context.offered) <= set(context.zones)
    of_them = "which" not in reading.filters and _WHICH.search(folded) and _MORE.search(folded)
    if not (of_them or (compared and _THAN.search(folded))):
        return None
    count = _OF.search(folded)
    zones = tuple(context.zones[-(_COUNTS[count.group(1)] if count else MOST_COMPARED) :])
    aspect = aspect_of(reading.aspects, ZONE)
    if aspect == OVERVIEW and context.aspect in ASPECTS[ZONE]:
        aspect = context.aspect
    score = reading.candidates[0].score
    return Decision(COMPARE, ANSWER, score, kind=ZONE, aspect=aspect, records=zones, filters=reading.filters)
