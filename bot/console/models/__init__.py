"""Tables of the console.

`Turn` is a reading copy of the gateway's questions (bot.console.turns keeps it fresh): lists, search,
figures and the learning inbox read it, never the JSON of the messages. `Judgement` is what a person thinks of
a turn's answer.
"""

from __future__ import annotations

from bot.console.models.audit import Deed
from bot.console.models.canned import CannedReply
from bot.console.models.case import Case, Label, Note
from bot.console.models.judgement import Judgement, Reservation, Verdict
from bot.console.models.learning import (
    ExampleState,
    ModelState,
    Survey,
    TrainedModel,
    TrainingExample,
    Utterance,
    UtteranceGroup,
)
from bot.console.models.saved import SavedFilter
from bot.console.models.sign_in import FailedSignIn
from bot.console.models.turn import Outcome, SearchText, Turn

__all__ = [
    "CannedReply",
    "Case",
    "Deed",
    "ExampleState",
    "FailedSignIn",
    "Judgement",
    "Label",
    "ModelState",
    "Note",
    "Outcome",
    "Reservation",
    "SavedFilter",
    "SearchText",
    "Survey",
    "TrainedModel",
    "TrainingExample",
    "Turn",
    "Utterance",
    "UtteranceGroup",
    "Verdict",
]
