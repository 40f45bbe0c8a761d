"""Rules, procedures and figures that few words name: "IRC", "explain QDMTT", "appraisal fee"."""

from __future__ import annotations

from bot.assistant.nlu.decision.aspects import VERY_CLEAR, clear, plain
from bot.assistant.nlu.decision.shapes import OFF_TOPIC, Candidate, Context, Reading
from bot.common.names import ASK, INCENTIVE, OVERVIEW, PROCEDURE, STATISTIC, ZONE

# Below this nothing is taken for strange whose zone, or whose aspect of the record in mind, is plain.
SURELY_STRANGE = 0.45
# With so few words beside it a name is meant, though the whole looks strange up to this.
FEW_BESIDE, HARDLY_STRANGE = 4, 0.90
# A name is the whole message when it is this much of it.
NEARLY_ALL = 0.85


def named_at_all(reading: Reading, best: Candidate) -> Candidate | None:
    """The rule or procedure whose name a few words speak of, though they look strange: "explain QDMTT"."""
    if best.intent != OFF_TOPIC or best.score >= HARDLY_STRANGE:
        return None
    for mention in reading.mentions:
        beside = len(reading.text[: mention.start].split()) + len(reading.text[mention.end :].split())
        few = beside <= FEW_BESIDE or (best.score < SURELY_STRANGE and clear(reading, mention.kind))
        alone = len(mention.records) == 1 and mention.likeness == 1.0 and few
        if mention.kind in (INCENTIVE, PROCEDURE) and alone:
            return Candidate(ASK[mention.kind], mention.records[0], mention.likeness)
    return None


def beside_the_name(reading: Reading, alone: Candidate) -> str:
    """What the little beside a name asks for: "feasibility study appraisal fee"."""
    whole = any(
        alone.record in mention.records and mention.end - mention.start >= len(reading.text.rstrip(" ?!."))
        for mention in reading.mentions
    )
    return OVERVIEW if whole else plain(reading.aspects, str(alone.kind), VERY_CLEAR) or OVERVIEW


def named_alone(reading: Reading, context: Context) -> Candidate | None:
    """The record whose name is the whole message ("IRC"), if it is one record's alone.

    A statistic's name is also an everyday phrase ("occupancy", "look up a dossier"): it stands back where
    something else is likelier, or where the record in mind or the parks offered are plainly asked for it.
    """
    best = reading.candidates[0]
    for mention in reading.mentions:
        whole = mention.end - mention.start >= NEARLY_ALL * len(reading.text)
        if not whole or len(mention.records) != 1:
            continue
        parks = context.offered and {context.kinds.get(record) for record in context.offered} == {ZONE}
        everyday = best.record != mention.records[0] or clear(reading, ZONE if parks else context.kind or "")
        if mention.kind in (PROCEDURE, INCENTIVE) or (mention.kind == STATISTIC and not everyday):
            return Candidate(ASK[mention.kind], mention.records[0], mention.likeness)
    return None
