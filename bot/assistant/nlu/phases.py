"""Phases of a park that are records of their own: "Tràng Duệ" has "3", "Đại An" an expansion."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.assistant.nlu.gazetteer import core
from bot.assistant.nlu.ordinals import EXPANSION
from bot.assistant.nlu.records import Record

_NUMBERED = re.compile(r"^(?P<stem>.+?)(?: (?:giai doan|phase|khu|area))? (?P<number>[1-5]|ii|iii|iv)$")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}
_EXPANDED = re.compile(r"^(?P<stem>.+) (?:mo rong|expansion|extension)$")


def phases_of(zones: Iterable[Record]) -> dict[str, dict[str, str]]:
    """Zone → number of a phase, or EXPANSION → the record of that phase.

    A phase that several records' names claim is left out.
    """
    stems: defaultdict[str, set[str]] = defaultdict(set)
    claimed: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for zone in zones:
        for key in {core(name.text) for name in zone.names()}:
            stem, part = _split(key)
            stems[zone.id].add(stem)
            if part:
                claimed[stem][part].add(zone.id)
    return {
        zone: {
            part: next(iter(records))
            for stem in sorted(of)
            for part, records in claimed[stem].items()
            if stem and len(records) == 1
        }
        for zone, of in stems.items()
    }


def phase_of(
    records: tuple[str, ...], part: str | None, phases: Mapping[str, Mapping[str, str]]
) -> tuple[str, ...]:
    """The phase `part` of the zones, where it is one record; else the zones themselves.

    One of them before others: what is called DEEP C, and something else too, has phases of that name as well.
    """
    meant = {phases.get(record, {}).get(part or "") for record in records} - {None}
    meant = meant.intersection(records) or meant
    return (str(meant.pop()),) if len(meant) == 1 else records


def _split(key: str) -> tuple[str, str | None]:
    numbered, expanded = _NUMBERED.match(key), _EXPANDED.match(key)
    if numbered:
        number = numbered.group("number")
        return numbered.group("stem"), _ROMAN.get(number, number)
    return (expanded.group("stem"), EXPANSION) if expanded else (key, None)
