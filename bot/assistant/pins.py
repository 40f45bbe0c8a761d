"""A dossier's PIN stays out of what Rasa remembers: it is needed within one turn only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.common import names
from bot.common.masking import PIN, mask

Event = dict[str, Any]

_NUMBER = re.compile(r"(?<!\d)\d{4,8}(?!\d)")
_MASK = f"[{PIN}]"


def without_pins(events: Sequence[Event]) -> list[Event]:
    """The events with every PIN masked, wherever it stands in them, and its slot empty."""
    found = set(_pins(events))
    if not found:
        return list(events)
    number = re.compile(rf"(?<![\w.-])(?:{'|'.join(sorted(found))})(?![\w-])")
    return [_emptied(event) if _is_pin(event) else _masked(event, number) for event in events]


def asked_for(events: Sequence[Event]) -> str | None:
    """The slot that the form waits for after these events."""
    asked = (event.get("value") for event in reversed(events) if _is_request(event))
    value: str | None = next(asked, None)
    return value


def _pins(events: Sequence[Event]) -> Iterator[str]:
    """What was taken as a PIN, and what a PIN's pattern finds in what somebody wrote."""
    asked: str | None = None
    for event in events:
        if _is_request(event):
            asked = event.get("value")
        elif _is_pin(event) and event.get("value"):
            yield str(event["value"])
        elif event["event"] == "user":
            text = event.get("text") or ""
            left = set(_NUMBER.findall(mask(text, asked_for=asked or "").text))
            yield from set(_NUMBER.findall(text)) - left


def _is_request(event: Event) -> bool:
    return _sets(event, names.REQUESTED_SLOT)


def _is_pin(event: Event) -> bool:
    return _sets(event, names.DOSSIER_PIN_SLOT)


def _sets(event: Event, slot: str) -> bool:
    return (event["event"], event.get("name")) == ("slot", slot)


def _emptied(event: Event) -> Event:
    return {**event, "value": None}


def _masked(value: Any, number: re.Pattern[str]) -> Any:
    """The value with the numbers masked in all its texts; times and scores are no texts."""
    if isinstance(value, str):
        return number.sub(_MASK, value)
    if isinstance(value, dict):
        return {key: _masked(each, number) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_masked(each, number) for each in value]
    return value
