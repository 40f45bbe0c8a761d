"""The two parts of a message that asks of two records: "GPMT fee, and who appraises the EIA?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.assistant.nlu.gazetteer import Mention
from bot.common.names import INCENTIVE, PROCEDURE, ZONE

# Where one question may end and another begin; a park behind less than a full stop only says where.
_JOINT = re.compile(
    r"(?P<end>[?!.;]+\s+)|,\s+|\s+(?:và|còn|với lại|ngoài ra|and|also|plus)\s+", re.IGNORECASE
)
_FEWEST_WORDS = 2


def halves(text: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """What stands before and behind the first joint with different records on both sides; else nothing."""
    sure = [mention for mention in mentions if mention.likeness == 1.0 and len(mention.records) == 1]
    for joint in _JOINT.finditer(text):
        kinds = (PROCEDURE, INCENTIVE, *((ZONE,) if joint.group("end") else ()))
        counted = [mention for mention in sure if mention.kind in kinds]
        before = {mention.records[0] for mention in counted if mention.end <= joint.start()}
        behind = {mention.records[0] for mention in counted if mention.start >= joint.end()}
        parts = text[: joint.start()], text[joint.end() :]
        if before and behind - before and all(len(part.split()) >= _FEWEST_WORDS for part in parts):
            return parts
    return ()
