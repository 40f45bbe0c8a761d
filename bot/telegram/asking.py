"""How a message of Telegram's is named in the gateway, so that what comes twice is answered once.

`tg-BOT-MESSAGE`, the same with `eDATE` for an edit, `tg-BOT-cQUERY` for a pressed button; with `x` at its
end what the door itself asks in somebody's place, whose answer nobody waits for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OWN = "x"
_NAME = re.compile(r"tg-\d+-(?P<message>\d+)(?P<edited>e\d+)?")


@dataclass(frozen=True)
class Asked:
    """The message that was asked in, and whether it was the edited form of an earlier one."""

    message_id: int
    edited: bool


def name_of_message(bot: int, message_id: int, edited: int | None = None) -> str:
    """The name of a message; `edited`: the time of the edit in unix seconds."""
    return f"tg-{bot}-{message_id}" + (f"e{edited}" if edited is not None else "")


def name_of_press(bot: int, query: str) -> str:
    """The name of a pressed button."""
    return f"tg-{bot}-c{query}"


def name_in_place_of(name: str) -> str:
    """The name of what the door asks because of a message."""
    return f"{name}{_OWN}"


def is_in_place_of(name: str | None) -> bool:
    """Whether the door itself has asked."""
    return (name or "").endswith(_OWN)


def asked_in(name: str | None) -> Asked | None:
    """What a name says; None for buttons and for what did not come from Telegram."""
    match = _NAME.fullmatch(name or "")
    return Asked(int(match["message"]), match["edited"] is not None) if match else None
