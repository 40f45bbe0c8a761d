"""The whole understanding in one object, without Rasa: reads a message with what `learning` learned.

preparation → classifiers of record and aspect → likeness to the records' texts → ranking → reading.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.assistant.nlu import filters, signs
from bot.assistant.nlu.classifier import Classifier
from bot.assistant.nlu.decision.aspects import plain
from bot.assistant.nlu.decision.shapes import FALLBACK, LIST_ZONES, OFF_TOPIC, Candidate, Reading
from bot.assistant.nlu.elsewhere import is_of_elsewhere, place_in
from bot.assistant.nlu.examples import after
from bot.assistant.nlu.halves import halves
from bot.assistant.nlu.lead_ins import GOES_ON
from bot.assistant.nlu.live import Embed, Index, remembered, spoken
from bot.assistant.nlu.preparation import Preparation, Prepared, outside, placeless
from bot.assistant.nlu.quantities import years_in
from bot.assistant.nlu.ranking import Signs, rank
from bot.assistant.nlu.records import PARKS, Record
from bot.common.names import ASK, ASPECTS, OVERVIEW, PROCEDURE, ZONE
from bot.common.text import clean, fold

FILE = "understanding.pickle"
# What a zone tells of, and a rule tells more fully.
INCENTIVES = "incentives"
# A message of so few words may leave out what it is about.
MOST_WORDS_LEFT_OUT = 16
# Fewer words beside a zone's name ask for the zone.
FEWEST_WORDS_BESIDE = 4
# "Area and developer", "phí, thời gian và hồ sơ": each part may ask for an aspect of its own.
_JOINT = re.compile(r"\s+(?:và|and|&|\+|cùng|lẫn|as well as|plus)\s+|[,;]\s+", re.IGNORECASE)
MOST_PARTS = 4
_PROCEDURE_ASPECTS = tuple(name for name in ASPECTS[PROCEDURE] if name != OVERVIEW)


@dataclass
class Understanding:
    """All that was learned. The index of the records is apart, because it changes while the product runs."""

    preparation: Preparation
    classifier: Classifier
    aspects: Classifier
    records: list[Record]
    vocabulary: frozenset[str]

    def index(self, embed: Embed) -> Index:
        """Look-up structures over the records as they were at training."""
        return Index.of(self.records, embed, self.vocabulary)

    def prepare(self, text: str, index: Index, conversation: str | None = None) -> Prepared:
        """The message made comparable; `conversation` is the language spoken so far."""
        return self.preparation.prepare(
            index.known_by.written_out(clean(text)), index.gazetteer, conversation
        )

    def read(self, prepared: Prepared, index: Index, embed: Embed, subject: str | None = None) -> Reading:
        """Candidates with probabilities, aspects, filters of a prepared message.

        `subject` is the record in mind: a short message is also read as if it began with its name.
        """
        language, tie = prepared.detected.language, prepared.tie
        parted = [
            self.read(self.prepare(half, index, language), index, embed)
            for half in halves(prepared.text, prepared.mentions)
        ]
        embed = remembered(embed)
        rest = self.prepare(tie.rest, index, language) if tie and tie.kind == GOES_ON else None
        short = len(prepared.text.split()) <= MOST_WORDS_LEFT_OUT
        in_mind = index.records.get(subject or "") if short else None
        whole = self._after(in_mind, prepared, index) if in_mind else None
        # "Còn" and "and" themselves ask for nothing ("còn" is also "is there any left").
        asking = self._parts(rest or prepared, prepared)
        # Together: each call to the engine unpacks its weights anew.
        turned = rest if in_mind else None
        embed([way.view for way in (prepared, whole, turned) if way] + asking)
        aspects, *parts = self.aspects.chances(asking, embed(asking))
        beside = self._placeless(prepared, index, aspects)
        ways = [way for way in (prepared, whole, turned, beside) if way is not None]
        found = dict(zip(map(id, ways), self._signs(ways, embed, index, aspects), strict=True))

        origin = _origin(prepared)

        def candidates(way: Prepared | None) -> Sequence[Candidate]:
            return self._candidates(way, found[id(way)], index, origin) if way else ()

        return Reading(
            prepared.text,
            language,
            prepared.detected.foreign,
            candidates(prepared),
            self._in_talk(prepared, in_mind, index, found[id(whole)]) if in_mind and whole else (),
            aspects,
            prepared.mentions,
            filters.read(prepared.text, prepared.quantities, prepared.mentions),
            parts,
            tie.kind if tie else None,
            candidates(turned),
            candidates(beside),
            index.questions.get(spoken(prepared.original)) or index.questions.get(spoken(prepared.text)),
            index.known_by.companies(prepared.text),
            parted,
        )

    def _placeless(self, prepared: Prepared, index: Index, aspects: Mapping[str, float]) -> Prepared | None:
        """A message without its zones, where they may only say where something is."""
        zones = [mention for mention in prepared.mentions if mention.kind == ZONE]
        if not zones or plain(aspects, ZONE) not in (None, INCENTIVES):
            return None
        beside = placeless(prepared)
        if beside == prepared.text or len(beside.split()) < FEWEST_WORDS_BESIDE:
            return None
        return self.prepare(beside, index, prepared.detected.language)

    def _after(self, in_mind: Record, prepared: Prepared, index: Index) -> Prepared:
        """A message read as going on after an answer about the record in mind."""
        language = prepared.detected.language
        return self.prepare(after(in_mind, prepared.text, language), index, language)

    def _in_talk(
        self, prepared: Prepared, in_mind: Record, index: Index, found: Signs
    ) -> Sequence[Candidate]:
        """Candidates of a message read as going on; that the own name stands before it says nothing."""
        own = f"{ASK[in_mind.kind]}/{in_mind.id}"
        texts = {label: likeness for label, likeness in found.texts.items() if label != own}
        bare = replace(
            found, texts=texts, named=signs.named(prepared), about=signs.spoken_of(prepared, index)
        )
        return [_candidate(label, chance) for label, chance in rank(bare)]

    def _parts(self, asking: Prepared, prepared: Prepared) -> list[str]:
        """Where aspects are looked for: the message without the names of what is asked about.

        Then each part of a message that joins several.
        """
        parts = [part for part in _JOINT.split(prepared.view) if part.strip()]
        return [self.preparation.nameless(asking), *(parts if 1 < len(parts) <= MOST_PARTS else ())]

    def _candidates(
        self, prepared: Prepared, found: Signs, index: Index, origin: str | None
    ) -> list[Candidate]:
        ranked = [_candidate(label, chance) for label, chance in rank(found)]
        known = (
            prepared.mentions or prepared.quantities or years_in(prepared.text) or prepared.detected.foreign
        )
        if not known and not found.resembles() and not self.preparation.knows(prepared.text):
            # Letters alone would find something for any nonsense.
            return [Candidate(FALLBACK, None, 1.0), *ranked]
        terms = prepared.detected.foreign is not None
        place = place_in(prepared.text if terms else outside(prepared, ZONE), terms)
        best = ranked[0]
        parks = [mention for mention in prepared.mentions if mention.kind == ZONE]
        if best.record is None:
            elsewhere = best.intent in (LIST_ZONES, OFF_TOPIC) or (best.intent == ASK[ZONE] and not parks)
        else:
            elsewhere = place is not None and place not in index.words.get(best.record, "")
        if (place and elsewhere and place != origin) or any(
            is_of_elsewhere(prepared.text[park.end :]) for park in parks
        ):
            return [Candidate(OFF_TOPIC, None, 1.0), *ranked]
        if place and place == origin:
            others = [c for c in ranked if c.intent != OFF_TOPIC]
            left = sum(c.score for c in others) or 1.0
            return [replace(c, score=c.score / left) for c in others]
        return ranked

    def signs_of(self, prepared: Prepared, index: Index, embed: Embed) -> Signs:
        """What speaks for each label of a prepared message."""
        view = [prepared.view]
        (aspects,) = self.aspects.chances(view, embed(view))
        (found,) = self._signs([prepared], embed, index, aspects)
        return found

    def _signs(
        self, ways: Sequence[Prepared], embed: Embed, index: Index, aspects: Mapping[str, float]
    ) -> list[Signs]:
        """What speaks for each label, in each way to read a message.

        They are judged together: what was learned is large, and walking through it takes the time.
        """
        views, vectors = [way.view for way in ways], embed([way.view for way in ways])
        judged = self.classifier.chances(views, vectors)
        asks = max(aspects.get(name, 0.0) for name in _PROCEDURE_ASPECTS)
        return [
            Signs(
                chances,
                signs.likenesses(index, index.library.likeness(way.text, vector), self.classifier.labels),
                signs.named(way),
                signs.spoken_of(way, index),
                asks,
                signs.of_others(way, index),
                signs.of_that_year(way, index, chances),
            )
            for way, vector, chances in zip(ways, vectors, judged, strict=True)
        ]

    def save(self, folder: Path) -> None:
        """Write everything into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FILE).open("wb") as file:
            # Plain pickle: joblib's reader is written in Python and takes five times as long.
            pickle.dump(self, file, protocol=pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def load(folder: Path) -> Understanding:
        """Read what `save` wrote; the folder must be our own, for pickle runs what it reads."""
        with (folder / FILE).open("rb") as file:
            learned = pickle.load(file)  # noqa: S301
        if not isinstance(learned, Understanding):
            raise TypeError(f"{folder / FILE} holds no understanding.")
        return learned


def _origin(prepared: Prepared) -> str | None:
    """The place elsewhere that somebody comes from, before a park of ours that they go to.

    "A company from Bình Dương opens a plant in VSIP".
    """
    if prepared.detected.foreign:
        return None
    place = place_in(outside(prepared, ZONE))
    at = fold(prepared.text).find(place) if place else -1
    parks = (m for m in prepared.mentions if m.kind == ZONE and m.records[0].startswith(PARKS))
    return place if at >= 0 and any(at < park.start for park in parks) else None


def _candidate(label: str, chance: float) -> Candidate:
    intent, _, record = label.partition("/")
    return Candidate(intent, record or None, chance)
