"""What to do when no candidate is sure: offer the likely records, or say that it was not understood."""

from __future__ import annotations

from bot.assistant.nlu.decision.aspects import aspect_of
from bot.assistant.nlu.decision.shapes import AMBIGUOUS, ASK_BETWEEN, FALLBACK, REFUSE, Decision, Reading

# Candidates that together hold this much are offered; each must hold a part of the best one's.
WORTH_ASKING = 0.30
BEST_WORTH_ASKING = 0.18
SHARE_OF_BEST = 0.25
MOST_OFFERED = 4


def unsure(reading: Reading) -> Decision:
    """Ask between the likely ones, or refuse."""
    likely = [
        candidate
        for candidate in reading.candidates
        if candidate.record and candidate.score >= SHARE_OF_BEST * reading.candidates[0].score
    ][:MOST_OFFERED]
    together = sum(candidate.score for candidate in likely)
    if likely and likely[0].score >= BEST_WORTH_ASKING and together >= WORTH_ASKING:
        aspect = aspect_of(reading.aspects, str(likely[0].kind))
        return Decision(AMBIGUOUS, ASK_BETWEEN, together, aspect=aspect, candidates=tuple(likely))
    return Decision(FALLBACK, REFUSE, reading.candidates[0].score)
