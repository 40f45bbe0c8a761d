"""No PIN is left in Rasa's memory, and the gateway learns what the form waits for."""

from __future__ import annotations

import json
from typing import Any

from bot.assistant.pins import asked_for, without_pins

ASKED = {"event": "slot", "name": "requested_slot", "value": "dossier_pin", "timestamp": 1.0}


def user(text: str) -> dict[str, Any]:
    entities = [{"entity": "number", "value": text.split()[-1]}]
    return {
        "event": "user",
        "text": text,
        "timestamp": 482915.482915,
        "parse_data": {"text": text, "entities": entities},
    }


def slot(value: str | None) -> dict[str, Any]:
    return {"event": "slot", "name": "dossier_pin", "value": value}


def test_a_pin_goes_from_every_text_and_its_slot() -> None:
    events = [user("HEZA-2026-0101 482915"), slot("482915"), slot(None)]
    kept = without_pins(events)
    assert '"482915' not in json.dumps(kept)
    assert kept[0]["text"] == "HEZA-2026-0101 [pin]"
    assert kept[0]["parse_data"]["entities"][0]["value"] == "[pin]"
    assert (kept[0]["timestamp"], kept[1]["value"]) == (482915.482915, None)
    assert events[1]["value"] == "482915"


def test_an_answer_to_the_question_goes_even_when_it_was_not_taken() -> None:
    kept = without_pins([ASKED, user("it is 482915 or 482916")])
    assert kept[1]["text"] == "it is [pin] or [pin]"


def test_other_numbers_stay() -> None:
    events = [user("lô 3000 m2 ở đâu"), user("vốn 500000 USD")]
    assert without_pins(events) == events


def test_what_the_form_waits_for() -> None:
    assert asked_for([ASKED]) == "dossier_pin"
    assert asked_for([ASKED, {**ASKED, "value": None}]) is None
    assert asked_for([]) is None
