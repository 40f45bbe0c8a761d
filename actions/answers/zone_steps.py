"""What may be asked next about a zone; where it has no figure, questions that tell what is usual."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from actions import titles
from actions.answers import frame
from actions.answers.frame import Record
from actions.reply import Button, button, select
from actions.turn import Turn

_USUAL = Path(__file__).with_name("usual.yml")
# The next questions after each aspect.
_AFTER = {
    "overview": ("rent", "incentives", "contact"),
    "area": ("available", "rent", "developer"),
    "available": ("contact", "rent", "occupancy"),
    "occupancy": ("available", "rent", "tenants"),
    "rent": ("fees", "incentives", "contact"),
    "fees": ("utilities", "rent", "contact"),
    "utilities": ("fees", "rent", "contact"),
    "developer": ("contact", "rent", "area"),
    "sectors": ("tenants", "incentives", "rent"),
    "tenants": ("sectors", "occupancy", "rent"),
    "incentives": ("parent", "rent", "sectors"),
    "contact": ("rent", "available", "developer"),
}
_OTHERS = ("overview", "rent", "incentives")
# Asked instead of those that have no figure.
_ALWAYS = ("overview", "incentives", "location", "parent")


def after(
    turn: Turn, record: Record, aspect: str, has: Callable[[str], bool], answered: bool
) -> list[Button]:
    """The next questions, of those that `has` an answer to.

    Where this one had none, those that tell what is usual go before, and the officer comes last.
    """
    wanted = dict.fromkeys([*_AFTER.get(aspect, _OTHERS), *_ALWAYS])
    steps = [
        select(turn.say(f"button.{step}"), record, step) for step in wanted if step != aspect and has(step)
    ]
    if answered:
        return steps[: frame.MAX_NEXT_STEPS]
    usual = [found for identity in _usual().get(aspect, ()) if (found := turn.registry.glance(identity))]
    steps = [*titles.buttons(usual, turn.language), *steps][: frame.MAX_NEXT_STEPS - 1]
    return [*steps, button(turn.say("button.person"), "request_human")]


@lru_cache(maxsize=1)
def _usual() -> Mapping[str, Sequence[str]]:
    table: Mapping[str, Sequence[str]] = yaml.safe_load(_USUAL.read_text(encoding="utf-8"))
    return table
