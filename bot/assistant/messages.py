"""What comes through the door, checked: a text or a payload, never one as the other."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from bot.common import names
from bot.common.text import clean, neutralise

MOST_CHARACTERS = 4000
LANGUAGES = ("vi", "en", None)
AUTHORS = ("user", "staff")

_SENDER = re.compile(r"[\w.:-]{1,128}", re.ASCII)
_PAYLOAD = re.compile(r"/(?P<intent>[a-z_]+)(?P<values>\{.*\})?", re.DOTALL)


class BadMessage(Exception):
    """A request that is signed but not in the agreed form; the text names what is wrong."""


@dataclass(frozen=True)
class Incoming:
    """A message: exactly one of `text` and `payload`; `language` is a hint, "vi", "en" or None."""

    sender: str
    message_id: str
    text: str | None
    payload: str | None
    language: str | None


def read_message(body: dict[str, Any]) -> Incoming:
    """The body of `/messages`; raises BadMessage."""
    text, payload, language = body.get("text"), body.get("payload"), body.get("language")
    if (text is None) == (payload is None):
        raise BadMessage("text or payload")
    if language not in LANGUAGES:
        raise BadMessage("language")
    if text is not None:
        # The gateway neutralises; what still looks like a forced intent did not come through it.
        if (
            not isinstance(text, str)
            or not 0 < len(text) <= MOST_CHARACTERS
            or clean(text) != neutralise(text)
        ):
            raise BadMessage("text")
    elif not isinstance(payload, str) or _intent_of(payload) not in names.INTENTS:
        raise BadMessage("payload")
    return Incoming(read_sender(body), _message_id(body), text, payload, language)


def read_sender(body: dict[str, Any]) -> str:
    """The conversation's id; raises BadMessage."""
    sender = body.get("sender")
    if not isinstance(sender, str) or not _SENDER.fullmatch(sender):
        raise BadMessage("sender")
    return sender


@dataclass(frozen=True)
class Note:
    """What "user" or "staff" said without the assistant."""

    sender: str
    message_id: str
    author: str
    text: str


def read_note(body: dict[str, Any]) -> Note:
    """The body of `/note`; raises BadMessage."""
    author, text = body.get("author"), body.get("text")
    if author not in AUTHORS:
        raise BadMessage("author")
    if not isinstance(text, str) or not neutralise(text):
        raise BadMessage("text")
    return Note(read_sender(body), _message_id(body), author, neutralise(text))


def parsed_payload(incoming: Incoming) -> dict[str, Any]:
    """What the understanding would have said of a payload: it is taken at its word and not parsed."""
    match = _PAYLOAD.fullmatch(incoming.payload or "")
    if match is None:
        raise BadMessage("payload")
    values = json.loads(match["values"] or "{}")
    filters = {key: value for key, value in values.items() if key not in ("record", "kind", "aspect")}
    decision = {
        "verdict": "answer",
        "kind": values.get("kind"),
        "record": values.get("record"),
        "aspect": values.get("aspect"),
        "candidates": [],
        "records": [values["record"]] if values.get("record") else [],
        "filters": filters,
        "confidence": 1.0,
        "language": incoming.language,
        "foreign": None,
    }
    intent = {"name": match["intent"], "confidence": 1.0}
    return {
        "text": incoming.payload,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [],
        names.DECISION: decision,
    }


def _message_id(body: dict[str, Any]) -> str:
    return str(body.get("message_id") or "")


def _intent_of(payload: str) -> str | None:
    match = _PAYLOAD.fullmatch(payload)
    if match is None:
        return None
    try:
        values = json.loads(match["values"] or "{}")
    except ValueError:
        return None
    return match["intent"] if isinstance(values, dict) else None
