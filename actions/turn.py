"""What an action sees of a turn: the question as understood, the language, the slots, the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from actions.registry import Reading
from actions.wording import Say
from bot.common import names

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"


@dataclass(frozen=True)
class Turn:
    """One message and what is known about it; `decision` as in docs/architecture.md, {} if there is none."""

    conversation: str
    text: str
    intent: str
    decision: Mapping[str, Any]
    slots: Mapping[str, Any]
    events: Sequence[Mapping[str, Any]]
    language: str
    registry: Reading
    in_form: bool = False
    requested_slot: str | None = None

    @property
    def say(self) -> Say:
        """The sentences in the turn's language."""
        return Say(self.language)

    @property
    def record(self) -> str | None:
        """The id of the record asked for."""
        return self.decision.get("record")

    @property
    def kind(self) -> str | None:
        """The record's kind, when known."""
        return self.decision.get("kind")

    @property
    def aspect(self) -> str:
        """What is asked of the record; the overview when nothing narrower is."""
        return self.decision.get("aspect") or names.OVERVIEW

    @property
    def aspects(self) -> list[str]:
        """All that is asked of the record: one aspect, or those of a question that names several."""
        return [self.aspect, *(self.decision.get("more_aspects") or ())]

    @property
    def records(self) -> list[str]:
        """All records named in the message."""
        return list(self.decision.get("records") or ())

    @property
    def beside(self) -> Mapping[str, Any] | None:
        """What the message asks of another record too: `record`, `kind`, `aspect`."""
        return self.decision.get("beside")

    @property
    def candidates(self) -> list[Mapping[str, Any]]:
        """Records between which the understanding could not decide, best first."""
        return list(self.decision.get("candidates") or ())

    @property
    def filters(self) -> Mapping[str, Any]:
        """Conditions of a list."""
        return self.decision.get("filters") or {}

    @property
    def confidence(self) -> float:
        """How sure the understanding is, 0 to 1."""
        return float(self.decision.get("confidence") or 0.0)

    @property
    def foreign(self) -> str | None:
        """The language of a question that is neither Vietnamese nor English, e.g. "ko"."""
        return self.decision.get("foreign")


def turn_of(tracker: Tracker, registry: Reading) -> Turn:
    """The turn a tracker stands in. Clear text gives the language, else what the conversation uses."""
    message = tracker.latest_message or {}
    decision = message.get(names.DECISION) or {}
    language = decision.get("language") or tracker.get_slot(names.LANGUAGE_SLOT)
    return Turn(
        conversation=tracker.sender_id,
        text=message.get("text") or "",
        intent=(message.get("intent") or {}).get("name") or "",
        decision=decision,
        slots=tracker.current_slot_values(),
        events=tracker.events,
        language=language if language in LANGUAGES else DEFAULT_LANGUAGE,
        registry=registry,
        in_form=bool(tracker.active_loop and tracker.active_loop.get("name")),
        requested_slot=tracker.get_slot("requested_slot"),
    )
