"""Which aspect of a record a message asks for."""

from __future__ import annotations

from collections.abc import Mapping

from bot.assistant.nlu.decision.shapes import Reading
from bot.common.names import ASPECTS, OVERVIEW

# An aspect less likely than this is no aspect: the overview answers.
SURE = 0.28
# An aspect this likely completes a question that names no record of its own.
CLEAR = 0.67
# The same of a part of a message.
VERY_CLEAR = 0.70
# What an aspect beside the likeliest must hold to be answered as well.
AS_LIKELY = 0.15
# What other kinds of records call it: "how long?" asks a procedure for its time, a relief for its duration.
_CALLED = {"time": "duration", "duration": "time", "fee": "fees", "fees": "fee"}


def aspect_of(aspects: Mapping[str, float], kind: str) -> str | None:
    """The likeliest aspect of this kind of record; the overview when none is; None for kinds without."""
    if kind not in ASPECTS:
        return None
    fitting = {name: aspects.get(name, 0.0) for name in ASPECTS[kind]}
    best = max(fitting, key=lambda name: fitting[name])
    return best if fitting[best] >= SURE * sum(fitting.values()) else OVERVIEW


def as_likely(aspects: Mapping[str, float], kind: str, likeliest: str | None) -> str | None:
    """Another aspect that may well be meant instead of the likeliest: "fee thế nào" asks how, or how much."""
    fitting = {name: aspects.get(name, 0.0) for name in ASPECTS.get(kind, ()) if name != OVERVIEW}
    if likeliest not in fitting or likeliest != aspect_of(aspects, kind):
        return None
    whole = sum(fitting.values()) + aspects.get(OVERVIEW, 0.0)
    del fitting[likeliest]
    other = max(fitting, key=lambda name: fitting[name])
    return other if fitting[other] >= AS_LIKELY * whole else None


def said(reading: Reading) -> str | None:
    """The aspect that the message clearly asks for, None when it asks for none."""
    best = max(reading.aspects, key=lambda name: reading.aspects[name], default=OVERVIEW)
    return best if best != OVERVIEW and reading.aspects[best] >= CLEAR else None


def clear(reading: Reading, kind: str) -> bool:
    """Whether the message clearly asks for an aspect of this kind of record."""
    return plain(reading.aspects, kind) is not None


def plain(aspects: Mapping[str, float], kind: str, least: float = CLEAR) -> str | None:
    """The aspect that a message, or a part of it, asks for at least this likely; None when for none."""
    aspect = aspect_of(aspects, kind)
    if aspect in (None, OVERVIEW):
        return None
    elsewhere = _CALLED.get(str(aspect), "")
    chance = aspects.get(str(aspect), 0.0)
    if elsewhere not in ASPECTS[kind]:
        chance += aspects.get(elsewhere, 0.0)
    return aspect if chance >= least else None
