"""The registry's index while the product runs: asked for twice a second, cheap when nothing changed.

Until the registry answers, the copy inside the model serves. A change builds new look-up structures beside
the old ones and exchanges them in one step, so a question never meets half of each.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import requests

from bot.assistant.nlu import filters
from bot.assistant.nlu import records as known
from bot.assistant.nlu.decision import Context
from bot.assistant.nlu.gazetteer import Gazetteer, tokens
from bot.assistant.nlu.known_by import KnownBy
from bot.assistant.nlu.namesakes import namesakes_of
from bot.assistant.nlu.phases import phases_of
from bot.assistant.nlu.quantities import years_in
from bot.assistant.nlu.records import Record
from bot.assistant.nlu.retrieval import Library
from bot.common.embedder import Vectors
from bot.common.names import ASK, FAQ, INCENTIVE, STATISTIC, ZONE
from bot.common.text import fold

log = logging.getLogger(__name__)

# Building anew takes a second and more while questions keep coming; what is published is found within five.
POLL_SECONDS = 0.5
_TIMEOUT_SECONDS = 10.0

# What the name of a rule says of where it holds.
_OF_ZONES = re.compile(r"\b(?:economic zone|free trade zone|khu kinh te|khu thuong mai tu do)")
_OF_PARKS = re.compile(r"\b(?:industrial (?:park|zone)|khu cong nghiep)")

Embed = Callable[[Sequence[str]], Vectors]


def remembered(embed: Embed) -> Embed:
    """The same for one message, each text embedded once."""
    known: dict[str, Vectors] = {}

    def vectors(texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(missing, embed(missing), strict=True))
        return np.stack([known[text] for text in texts])

    return vectors


@dataclass(frozen=True)
class Index:
    """Look-up structures over one state of the registry.

    `related`: records that answer about the same, both ways, nearest first; `about`: zones that a record
    lies in or its texts name; `spoken_of`: of each record but zones the others whose texts name it; `words`:
    its names and texts, folded; `phases`: of each zone its phases that are records.
    """

    records: dict[str, Record]
    gazetteer: Gazetteer
    library: Library
    related: dict[str, tuple[str, ...]]
    about: dict[str, frozenset[str]]
    spoken_of: dict[str, frozenset[str]]
    words: dict[str, str]
    phases: dict[str, dict[str, str]]
    known_by: KnownBy

    @classmethod
    def of(cls, records: Sequence[Record], embed: Embed, vocabulary: Container[str]) -> Index:
        """Build from records; texts that came without a vector are embedded; `vocabulary`: see Gazetteer."""
        ids, texts = known.texts_of(records)
        vectors = [text.vector for text in texts]
        missing = [at for at, vector in enumerate(vectors) if vector is None]
        if missing:
            for at, vector in zip(missing, embed([texts[at].text for at in missing]), strict=True):
                vectors[at] = vector
        names = (name for record in records if record.kind in known.NAMED for name in record.names())
        gazetteer = Gazetteer(names, vocabulary)
        named = {record.id: _named(record, gazetteer) for record in records if record.kind != ZONE}
        return cls(
            {record.id: record for record in records},
            gazetteer,
            Library(ids, [text.text for text in texts], vectors),
            _related(records),
            _about(records, named),
            _turned(named),
            {record.id: fold(" ".join(_texts(record))) for record in records},
            phases_of([record for record in records if record.kind == ZONE]),
            KnownBy.of(records, gazetteer),
        )

    def context(
        self,
        record: str | None,
        aspect: str | None,
        offered: Sequence[str] = (),
        zones: Sequence[str] = (),
    ) -> Context:
        """What the decision knows of the conversation: what was last spoken of and offered, zones before."""
        known = self.records.get(record or "")
        return Context(
            known.id if known else None,
            known.kind if known else None,
            aspect,
            self.kinds,
            self.related,
            self.about,
            offered,
            self.phases,
            [zone for zone in zones if zone in self.records],
            self.taxes,
            self.outside,
            self.of_zones,
            self.namesakes,
        )

    @cached_property
    def namesakes(self) -> dict[str, dict[str, str]]:
        """Of each park those of the same name elsewhere, by place."""
        return namesakes_of(record for record in self.records.values() if record.kind == ZONE)

    @cached_property
    def taxes(self) -> dict[str, str]:
        """Of the incentives whose names say a tax, that tax."""
        rules = (record for record in self.records.values() if record.kind == INCENTIVE)
        found = {rule.id: filters.read(" ".join(rule.name.values()), (), ()).get("tax") for rule in rules}
        return {rule: tax for rule, tax in found.items() if tax}

    @cached_property
    def outside(self) -> frozenset[str]:
        """Parks that lie in no other zone."""
        return frozenset(
            record.id
            for record in self.records.values()
            if record.id.startswith(known.PARKS) and record.parent is None
        )

    @cached_property
    def of_zones(self) -> frozenset[str]:
        """Incentives whose names say that they are an economic or free trade zone's, and no park's."""
        rules = (record for record in self.records.values() if record.kind == INCENTIVE)
        names = {rule.id: fold(" ".join(rule.name.values())) for rule in rules}
        return frozenset(
            rule for rule, name in names.items() if _OF_ZONES.search(name) and not _OF_PARKS.search(name)
        )

    @cached_property
    def of_parks(self) -> dict[str, frozenset[str]]:
        """Of the records whose own texts name parks and no other zone, those parks."""
        return {
            record: zones
            for record, zones in self.about.items()
            if zones and all(zone.startswith(known.PARKS) for zone in zones)
        }

    @cached_property
    def of_years(self) -> dict[str, frozenset[str]]:
        """Of the figures whose names speak of years, those years."""
        figures = (record for record in self.records.values() if record.kind == STATISTIC)
        found = {one.id: years_in(" ".join((*one.name.values(), *one.aliases))) for one in figures}
        return {record: years for record, years in found.items() if years}

    @cached_property
    def rows(self) -> dict[str, int]:
        """Label of every record but zones, which are known by name alone → its place in the library."""
        kinds = ((place, key, self.records[key].kind) for place, key in enumerate(self.library.keys))
        return {f"{ASK[kind]}/{key}": place for place, key, kind in kinds if kind != ZONE}

    @cached_property
    def questions(self) -> dict[str, str]:
        """The words of every question on record, in both languages → its record."""
        questions = (record for record in self.records.values() if record.kind == FAQ)
        return {spoken(text): record.id for record in questions for text in record.name.values()}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Kind of every record."""
        return {record.id: record.kind for record in self.records.values()}


def spoken(text: str) -> str:
    """The words of a text, however it is punctuated and whether or not it has diacritics."""
    return " ".join(tokens(text))


def _related(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """Both ways: a question that leads to a rule is led to by it. What a record names itself comes first."""
    found = {record.id: dict.fromkeys(record.related) for record in records}
    for record in records:
        for other in record.related:
            found.setdefault(other, {})[record.id] = None
    return {record: tuple(others) for record, others in found.items() if others}


def _texts(record: Record) -> Iterator[str]:
    yield from record.name.values()
    yield from record.aliases
    yield from (text.text for text in record.texts)


def _named(record: Record, gazetteer: Gazetteer) -> set[tuple[str, str]]:
    """Other records that a record's own names and texts name, with their kinds."""
    return {
        (other, mention.kind)
        for text in _texts(record)
        for mention in gazetteer.find(text, near=())
        for other in mention.records
        if other != record.id
    }


def _about(records: Sequence[Record], named: Mapping[str, set[tuple[str, str]]]) -> dict[str, frozenset[str]]:
    """Record, but zones → the zone it lies in where it says so, else those that its texts name."""
    lies_in = {record.id: record.parent for record in records}
    return {
        record: frozenset((zone,) if (zone := lies_in[record]) else (one for one, kind in of if kind == ZONE))
        for record, of in named.items()
    }


def _turned(named: Mapping[str, set[tuple[str, str]]]) -> dict[str, frozenset[str]]:
    """The other way round: record, but zones → those that name it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record, others in named.items():
        for other, kind in others:
            if kind != ZONE:
                found[other].add(record)
    return {record: frozenset(others) for record, others in found.items()}


class LiveIndex:
    """Holds the present `index`; `follow` keeps it so in the background."""

    def __init__(self, model: Callable[[], Index], embed: Embed, vocabulary: Container[str]) -> None:
        """`model` builds the index over the copy inside the model."""
        self._model = model
        self._index: Index | None = None
        self._embed = embed
        self._vocabulary = vocabulary
        self._etag = ""
        self._session = requests.Session()
        self._session.trust_env = False

    @property
    def index(self) -> Index:
        """The one that serves: the registry's once it was read."""
        if self._index is None:
            self._index = self._model()
        return self._index

    def follow(self, registry_url: str) -> None:
        """Take over what the registry has, and follow it from now on; the thread ends with the process."""
        address = f"{registry_url}/index"
        # Waited for: the model's copy, built first and replaced at once, would put off the start by a second.
        reachable = self._taken_over(address, True)
        # Without a registry the model's copy is built now and not under the first question.
        self._index = self._index or self._model()
        threading.Thread(target=self._poll, args=(address, reachable), daemon=True, name="index").start()

    def refresh(self, address: str) -> bool:
        """Ask once; whether the index changed. Raises requests.RequestException or ValueError."""
        headers = {"If-None-Match": self._etag} if self._etag else {}
        answer = self._session.get(address, headers=headers, timeout=_TIMEOUT_SECONDS)
        if answer.status_code == requests.codes.not_modified:
            return False
        answer.raise_for_status()
        try:
            records = known.from_index(answer.json())
        except (KeyError, TypeError) as error:
            raise ValueError(f"{address} gave no index") from error
        self._index = Index.of(records, self._embed, self._vocabulary)
        self._etag = answer.headers.get("ETag", "")
        return True

    def _poll(self, address: str, reachable: bool) -> None:
        pause = threading.Event()
        while True:
            pause.wait(POLL_SECONDS)
            reachable = self._taken_over(address, reachable)

    def _taken_over(self, address: str, reachable: bool) -> bool:
        """Whether the registry could be read; that it no longer can is told once."""
        try:
            if self.refresh(address):
                log.info("index of the registry taken over: %d records", len(self.index.records))
        except (requests.RequestException, ValueError) as error:
            if reachable:
                log.warning("the registry's index cannot be read, the last copy serves: %s", error)
            return False
        return True
