"""Labels of training examples in an officer's words, and as forms send them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.common import names
from bot.console import subjects
from bot.console.learning.examples import ANY, KIND_OF, Unfit, checked, parted

ASPECTS = tuple(dict.fromkeys(aspect for aspects in names.ASPECTS.values() for aspect in aspects))
# Intents that stand for themselves: chosen from a list, no record with them.
PLAIN = tuple(intent for intent in subjects.intents() if intent not in KIND_OF)


@dataclass(frozen=True)
class Named:
    """A label with what it stands for; `name` is empty where there is no record."""

    label: str
    intent: str
    record: str
    aspect: str
    name: str


def named(label: str) -> Named:
    """A label as a page shows it."""
    intent, record, aspect = parted(label)
    name = subjects.subject(record).name if record and record != ANY else ""
    return Named(label, intent, record, aspect, name)


def chosen(sent: Mapping[str, str]) -> tuple[str, str, str]:
    """What a form says: `intent` when one was picked, else `label`, with `aspect` over it; raises `Unfit`."""
    if intent := sent.get("intent", ""):
        return checked(intent, "", sent.get("aspect", ""))
    label = sent.get("label", "")
    if not label:
        raise Unfit("none_chosen")
    intent, record, aspect = parted(label)
    return checked(intent, record, sent.get("aspect") or aspect)
