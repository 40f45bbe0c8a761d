"""What the chat would answer from a content that is not published: asked of the action server itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from django.conf import settings
from django.utils import timezone

from bot.common import names
from bot.registry import clock, snapshot
from bot.registry.models import Record
from bot.registry.review import review_by

_SECONDS = 8.0
_ACTION = "action_preview"


class NoPreview(Exception):
    """The action server does not answer, or cannot make an answer of this content."""


@dataclass(frozen=True)
class Answer:
    """One answer, as `bot.console` shows it."""

    language: str
    text: str
    buttons: list[dict[str, Any]]
    blocks: list[dict[str, Any]]
    sources: list[dict[str, Any]]


def aspects_of(kind: str) -> tuple[str, ...]:
    """What a record of the kind can be asked about; kinds without aspects have one answer."""
    return names.ASPECTS.get(kind, (names.OVERVIEW,))


def answers(record_id: str, kind: str, content: Mapping[str, Any], aspect: str) -> list[Answer]:
    """The answers in both languages; raises `NoPreview`."""
    asked = {"record": as_shown(record_id, kind, content), "aspects": [aspect]}
    call = {
        "next_action": _ACTION,
        "sender_id": "preview",
        "tracker": {
            "sender_id": "preview",
            "slots": {},
            "latest_message": {"preview": asked},
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
        },
        "domain": {},
    }
    address = f"http://127.0.0.1:{settings.HEZA.actions_port}/webhook"
    try:
        response = httpx.post(address, json=call, timeout=_SECONDS, trust_env=False)
        response.raise_for_status()
        said = [answer["custom"] for answer in response.json()["responses"]]
    except (httpx.HTTPError, ValueError, KeyError) as error:
        raise NoPreview from error
    shown = ("language", "text", "buttons", "blocks", "sources")
    return [Answer(**{name: answer[name] for name in shown}) for answer in said]


def as_shown(record_id: str, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as the API would show it once it is published: a sign-off does not carry over."""
    record = Record(id=record_id or "new", kind=kind, content=dict(content))
    record.review_by, record.updated_at = review_by(kind, content), timezone.now()
    return snapshot.shown(record, clock.today())
