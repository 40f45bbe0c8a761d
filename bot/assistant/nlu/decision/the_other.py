"""Parks meant by how they stand to the one in mind: "the other one", "the old one", "khu kia"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.assistant.nlu.decision.shapes import Context
from bot.common.names import ZONE
from bot.common.text import fold

_THINGS = "one|park|zone|site|place|area|part|phase"
_KHU = "khu|kcn|ben|cai|phan|giai doan"
_BEFORE = r"^(?:ok|okay|and|then|so|but|what about|how about|\W)*"
# "Any other park" and "other parks" ask for a list; "bên kia sông" is a bank, "phần còn lại" land.
_OTHER = re.compile(
    rf"\bthe other (?:{_THINGS})\b|\bthe (?:other|remaining)(?: one)?\b(?! ?\w)"
    rf"|{_BEFORE}other (?:{_THINGS})\b"
    r"|\b(?:khu|kcn|ben|cai) (?:kia|con lai)\b(?! (?:song|cau|bien))"
)
_OLD = re.compile(
    rf"\b(?:the|that|its) (?:old|older|original|existing|former|previous|earlier) (?:{_THINGS})\b"
    rf"|{_BEFORE}(?:old|existing|original) (?:{_THINGS})\b"
    rf"|\b(?:{_KHU}) (?:cu|hien huu|hien co|ban dau|goc)\b"
)
_NEW = re.compile(
    rf"\b(?:the|that|its) (?:new|newer|expanded) (?:{_THINGS})\b|{_BEFORE}new (?:{_THINGS})\b"
    rf"|\b(?:{_KHU}) moi\b(?! nao)"
)
# "The one in Hải Dương", "cái ở Thủy Nguyên ấy", "bên Hải Dương cơ"; "is it in Hải Dương?" asks where it is,
# "which park in Hải Dương", "các khu ở Hải Dương" for a list.
_THERE = (
    rf"(?:\b(?:the|that) (?:{_THINGS})|^(?:\W|no|and|ok)*one)"
    r" (?:that is |which is )?(?:(?:in|at|on|of|from) )?(?:the )?(?:former |old )?"
    rf"|(?<!cac )(?<!nhung )(?<!may )(?:\b(?:cai|ben|phia) |\b(?:{_KHU}) (?:o|ben|phia|tai|thuoc) )"
)
_FIRST = "1"


def the_other(text: str, context: Context) -> str | None:
    """The park that is not the one in mind, of those spoken of; or an older or newer phase of that one."""
    if context.kind != ZONE or context.record is None:
        return None
    folded = fold(text)
    others = [zone for zone in context.zones if zone != context.record]
    family = [zone for zone in others if _are_phases(zone, context.record, context.phases)]
    if _OTHER.search(folded):
        return others[-1] if others else _sole(_newer(context) or _older(context))
    if _OLD.search(folded):
        return _sole(family or _older(context))
    return _sole(family or _newer(context)) if _NEW.search(folded) else None


def namesake(text: str, context: Context) -> str | None:
    """The park called like the one in mind that lies where the message says."""
    there = context.namesakes.get(str(context.record), {}) if context.kind == ZONE else {}
    folded = fold(text)
    return next((zone for place, zone in there.items() if re.search(rf"(?:{_THERE}){place}\b", folded)), None)


def without(text: str) -> str:
    """Folded text without what points to another park: what is left may ask for something."""
    folded = fold(text)
    for pattern in (_OTHER, _OLD, _NEW):
        folded = pattern.sub(" ", folded)
    return folded


def _are_phases(one: str, other: str, phases: Mapping[str, Mapping[str, str]]) -> bool:
    return other in phases.get(one, {}).values() or one in phases.get(other, {}).values()


def _older(context: Context) -> list[str]:
    """The first phase of the park in mind, or what it extends."""
    first = context.phases.get(str(context.record), {}).get(_FIRST)
    if first is not None:
        return [] if first == context.record else [first]
    return [z for z, own in context.phases.items() if z != context.record and context.record in own.values()]


def _newer(context: Context) -> list[str]:
    """Other phases of the park in mind."""
    own = context.phases.get(str(context.record), {})
    return list(
        dict.fromkeys(zone for part, zone in own.items() if part != _FIRST and zone != context.record)
    )


def _sole(zones: Sequence[str]) -> str | None:
    return zones[0] if len(zones) == 1 else None
