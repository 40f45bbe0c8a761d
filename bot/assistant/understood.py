"""What Rasa understood of a message, read from the events of its turn, for the gateway's log."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from bot.assistant.pins import asked_for
from bot.common import names

Event = dict[str, Any]

MOST_RANKED = 5


def understood(
    events: Sequence[Event], message_id: str, model: str | None, milliseconds: int
) -> dict[str, Any]:
    """The Understood of docs/architecture.md; empty where nothing is known."""
    turn = turn_of(events, message_id)
    parsed = (turn[0].get("parse_data") or {}) if turn else {}
    decision = parsed.get(names.DECISION) or {}
    return {
        "language": _language(events) or decision.get("language"),
        "intent": {key: (parsed.get("intent") or {}).get(key) for key in ("name", "confidence")},
        "intent_ranking": list(parsed.get("intent_ranking") or ())[:MOST_RANKED],
        "entities": list(parsed.get("entities") or ()),
        "decision": decision,
        "action": next((event["name"] for event in turn if _is_answer(event)), None),
        "asked_for": asked_for(events),
        "model": model,
        "milliseconds": milliseconds,
    }


def turn_of(events: Sequence[Event], message_id: str) -> Sequence[Event]:
    """The message and what came of it, up to the next one; [] when Rasa did not take it."""
    starts = [position for position, event in enumerate(events) if event["event"] == "user"]
    for start, end in reversed(list(pairwise([*starts, len(events)]))):
        if events[start].get("message_id") == message_id:
            return events[start:end]
    return []


def _language(events: Sequence[Event]) -> str | None:
    """The language that the conversation was last answered in."""
    values = (
        event["value"]
        for event in reversed(events)
        if event["event"] == "slot" and event["name"] == names.LANGUAGE_SLOT
    )
    return next(values, None)


def _is_answer(event: Event) -> bool:
    name = event.get("name") or ""
    return event["event"] == "action" and name not in (
        "action_listen",
        "action_session_start",
        "action_extract_slots",
    )
