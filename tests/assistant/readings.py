"""Readings made by hand, for tests of the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.assistant.nlu.decision import Candidate, Context, Decision, Reading
from bot.assistant.nlu.gazetteer import Mention

PERMIT, FIRE = "ask_procedure/work_permit", "ask_procedure/fire_check"
WAGE, TAX = "ask_faq/faq-wage", "ask_incentive/cit-ez"
LONG = "a question of more words than any follow-up would ever need to have"
NOMURA = Mention(("ip-nomura",), "zone", 0, 6, 1.0, "nomura")
TRANG_DUE = Mention(("ip-trang-due",), "zone", 10, 19, 1.0, "trang due")
DEEP_C = Mention(("ip-deep-c-1", "ip-deep-c-2"), "zone", 0, 6, 1.0, "deep c")
TALKING_OF_NOMURA = Context("ip-nomura", "zone", "rent", zones=("ip-vsip", "ip-nomura"))
TALKING_OF_PERMIT = Context("work_permit", "procedure", "fee")


def candidates(scores: Mapping[str, float]) -> list[Candidate]:
    """From labels with scores, the likeliest first."""
    split = [(label.partition("/"), score) for label, score in scores.items()]
    return [Candidate(intent, record or None, score) for (intent, _, record), score in split]


def reading(
    scores: Mapping[str, float],
    *mentions: Mention,
    text: str = LONG,
    aspects: Mapping[str, float] | None = None,
    joined: Mapping[str, float] | None = None,
    filters: Mapping[str, Any] | None = None,
    foreign: str | None = None,
    parts: Sequence[Mapping[str, float]] = (),
    tie: str | None = None,
    turned: Mapping[str, float] | None = None,
    placeless: Mapping[str, float] | None = None,
) -> Reading:
    """A reading with these candidates (label → score, the likeliest first) and names."""
    return Reading(
        text,
        "en",
        foreign,
        candidates(scores),
        candidates(joined or {}),
        aspects or {},
        mentions,
        filters or {},
        parts,
        tie,
        candidates(turned or {}),
        candidates(placeless or {}),
    )


def short(decision: Decision) -> tuple[str, str, str | None, str | None]:
    """Verdict, intent, record and aspect."""
    return decision.verdict, decision.intent, decision.record, decision.aspect
