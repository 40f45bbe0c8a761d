"""Shows staff how a record would be answered before it is published.

No part of the dialogue: the console calls it, as Rasa calls the others, with the record and the aspects in
the latest message: `{"preview": {"record": Record, "aspects": [names]}}`. It answers once for each language
and aspect: `{"language", "aspect", …Answer}`.
"""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import registry
from actions.answers import record as answers
from actions.base import Events
from actions.turn import LANGUAGES, Turn

KEY = "preview"


class Preview(Action):
    """The answers about one record, as they would be."""

    def name(self) -> str:
        """Not in the domain: no conversation leads here."""
        return "action_preview"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answer each aspect in each language; related records are read from the registry."""
        asked = (tracker.latest_message or {}).get(KEY) or {}
        said = await asyncio.to_thread(_answers, asked["record"], asked["aspects"])
        for answer in said:
            dispatcher.utter_message(json_message=answer)
        return []


def _answers(record: dict[str, Any], aspects: list[str]) -> list[dict[str, Any]]:
    reading = registry.Reading(registry.shared())
    return [
        {
            "language": language,
            "aspect": aspect,
            **answers.reply(_turn(record, aspect, language, reading), record, aspect).message(),
        }
        for aspect in aspects
        for language in LANGUAGES
    ]


def _turn(record: dict[str, Any], aspect: str, language: str, reading: registry.Reading) -> Turn:
    return Turn(
        conversation=KEY,
        text="",
        intent="",
        decision={"record": record["id"], "kind": record["kind"], "aspect": aspect, "language": language},
        slots={},
        events=(),
        language=language,
        registry=reading,
    )
