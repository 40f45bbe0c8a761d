"""Parks that share a name and differ by where they are: "VSIP Hải Dương" beside "VSIP Thủy Nguyên"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from bot.assistant.nlu.filters import places
from bot.assistant.nlu.gazetteer import core
from bot.assistant.nlu.records import PARKS, Record

# The parts of the city that parks' names tell besides districts.
_SIDES = ("hai duong", "hai phong")
# Words between the name and the place, and words for what it is, which no name is made of.
_BETWEEN = r"(?: (?:in|at|of|o|tai|ben|phia|former|park|kcn|khu cong nghiep|industrial park))*"
_NO_NAME = frozenset(("kcn", "khu", "khu cong nghiep", "park", "industrial park", "industrial zone", "zone"))
# "Nam" is but the south.
_SHORTEST = 4


def namesakes_of(zones: Iterable[Record]) -> dict[str, dict[str, str]]:
    """Park → place → the park of the same name there; only names that several parks share."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    there: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    pattern = re.compile(rf"^(?P<name>.+?){_BETWEEN} (?P<place>{'|'.join((*_SIDES, *places()))})(?: cu)?$")
    for zone in (one for one in zones if one.id.startswith(PARKS)):
        for key in {core(name.text) for name in zone.names()}:
            found = pattern.match(key)
            name = found.group("name") if found else key
            if name in _NO_NAME or len(name) < _SHORTEST:
                continue
            called[zone.id].add(name)
            if found:
                there[name][found.group("place")].add(zone.id)
    return {
        zone: {
            place: next(iter(records))
            for name in sorted(names)
            if len(set().union(*there[name].values())) > 1
            for place, records in there[name].items()
            if len(records) == 1
        }
        for zone, names in called.items()
    }
