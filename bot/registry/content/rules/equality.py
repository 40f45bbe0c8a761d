"""Figures, dates, codes and units are the same in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from bot.registry.content.entries import Registry, pairs
from bot.registry.content.faults import Fault
from bot.registry.content.figures import figures, spelled_out, units


def check(registry: Registry) -> Iterator[Fault]:
    """A fault for each pair of texts whose figures or units differ."""
    for entry in registry.documents:
        for pair in pairs(entry.record):
            if pair.vi is None or pair.en is None:
                continue
            advice = difference(pair.vi, pair.en)
            if advice:
                yield Fault("equality", entry.file, entry.id, pair.path, advice)


def difference(vi: str, en: str) -> str:
    """What one text says and the other does not; empty when they agree.

    A figure written in digits on one side may be spelled out on the other ("3 years", "ba năm").
    """
    left, right = figures(vi, "vi"), figures(en, "en")
    said = []
    for only, language, spelled in (
        (left - right, "vi", spelled_out(en, "en")),
        (right - left, "en", spelled_out(vi, "vi")),
    ):
        missing = sorted(set(only) - spelled)
        if missing:
            said.append(f"more often in '{language}': {', '.join(missing)}")
    vi_units, en_units = units(vi), units(en)
    if vi_units != en_units:
        said.append(f"units differ: {', '.join(sorted(vi_units ^ en_units))}")
    return "; ".join(said)
