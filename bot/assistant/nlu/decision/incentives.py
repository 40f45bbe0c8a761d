"""An incentive found from the one in mind: another tax in its place, or the same tax elsewhere."""

from __future__ import annotations

from bot.assistant.nlu.decision import zones as of_zones
from bot.assistant.nlu.decision.records import SURE
from bot.assistant.nlu.decision.shapes import Candidate, Context, Decision, Reading, answer
from bot.common.names import ASK, FAQ, INCENTIVE, OVERVIEW

# Of several rules that fit, what the likeliest must hold.
LIKELY = 0.05
# A record that is this likely by itself is meant wherever it is.
SURE_OF_ANOTHER = 0.75


def rule_there(
    reading: Reading, context: Context, best: Candidate, zones: list[tuple[str, ...]]
) -> Decision | None:
    """The rule about the same place and the tax named, or about the place named and the same tax.

    "And personal income tax?" after the corporate one in the free trade zone, or a question about it; "and in
    the free trade zone?".
    """
    own = _tax_spoken_of(context)
    tax = reading.filters.get("tax", own)
    asks = own is not None or (context.kind == FAQ and tax is not None and reading.tie is not None)
    if not asks or not reading.joined or (best.record is not None and best.score >= SURE_OF_ANOTHER):
        return None
    if zones:
        if tax == own and not of_zones.names_only(reading):
            return None
        places = frozenset(zones[0])
    else:
        places = context.about.get(str(context.record), frozenset()) if tax != own else frozenset()
    fitting = [
        rule
        for rule, of in context.taxes.items()
        if of == tax and rule != context.record and context.about.get(rule, frozenset()) & places
    ]
    if len(fitting) > 1:
        fitting = [str(c.record) for c in reading.candidates if c.record in fitting and c.score >= LIKELY][:1]
    return answer(ASK[INCENTIVE], fitting[0], INCENTIVE, OVERVIEW, SURE) if fitting else None


def _tax_spoken_of(context: Context) -> str | None:
    """The tax of the rule in mind, or that of all rules behind the question in mind."""
    record = str(context.record)
    if context.kind != FAQ:
        return context.taxes.get(record)
    behind = {context.taxes[r] for r in context.related.get(record, ()) if r in context.taxes}
    return behind.pop() if len(behind) == 1 else None
