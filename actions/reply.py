"""An answer as it leaves an action: the shape of docs/architecture.md, and the slots that change with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.common import names

Button = dict[str, str]
Block = dict[str, Any]
Source = dict[str, Any]

# What stands between paragraphs.
GAP = "\n\n"
# In the slot `offered`: the last answer offered to pass the conversation to a person.
PERSON = "person"


@dataclass
class Reply:
    """Text in Markdown (bold, lists, links) with all that goes with it; `slots` to set, raw `events`."""

    text: str
    buttons: list[Button] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    handoff: str | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    def message(self) -> dict[str, Any]:
        """The Answer that the door passes on."""
        return {
            "text": self.text,
            "buttons": self.buttons,
            "blocks": self.blocks,
            "sources": self.sources,
            "handoff": self.handoff,
        }


def button(title: str, intent: str, **values: object) -> Button:
    """A button that sends an intent with its values."""
    given = {key: value for key, value in values.items() if value is not None}
    payload = json.dumps(given, ensure_ascii=False, separators=(",", ":")) if given else ""
    return {"title": title, "payload": f"/{intent}{payload}"}


def select(title: str, record: Mapping[str, Any], aspect: str | None = None) -> Button:
    """A button that asks for a record, or for one aspect of it."""
    return button(title, names.SELECT_RECORD, record=record["id"], kind=record["kind"], aspect=aspect)


def card(title: str, rows: list[tuple[str, str]]) -> Block:
    """Key facts under a title."""
    return {
        "type": "card",
        "title": title,
        "rows": [{"label": label, "value": value} for label, value in rows],
    }


def table(columns: list[str], rows: list[list[str]]) -> Block:
    """A table; every row has as many cells as there are columns."""
    return {"type": "table", "columns": columns, "rows": rows}


def paragraphs(*parts: str | None) -> str:
    """The parts that are not empty, a blank line between them."""
    return GAP.join(part for part in parts if part)


def bullets(lines: list[str]) -> str:
    """A list, one line an item."""
    return "\n".join(f"- {line}" for line in lines)


def numbered(lines: list[str]) -> str:
    """A list with numbers."""
    return "\n".join(f"{position}. {line}" for position, line in enumerate(lines, 1))
