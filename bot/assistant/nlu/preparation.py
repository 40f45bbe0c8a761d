"""From what was typed to what is compared: language, one writing, names found and masked, quantities.

Used alike on training wordings and on questions, so that both look the same to everything behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from bot.assistant.nlu import quantities
from bot.assistant.nlu.filters import without_places
from bot.assistant.nlu.gazetteer import Gazetteer, Mention, masked, tokens
from bot.assistant.nlu.glossary import gloss
from bot.assistant.nlu.language import Detected, LanguageIdentifier, foreign_script
from bot.assistant.nlu.lead_ins import CORRECTS, LeadIn, lead_in
from bot.assistant.nlu.normaliser import expand, normalise
from bot.assistant.nlu.quantities import Quantity
from bot.assistant.nlu.records import PARKS
from bot.assistant.nlu.restorer import Restorer
from bot.common.names import INCENTIVE, PROCEDURE, ZONE
from bot.common.text import clean, fold

# What a masked name reads as. A park's name says which park, never what is asked; the names of economic
# zones stay, because questions about their rules and taxes hang on them.
PARK_MARK = "abcpark"
_MARKS = {ZONE: PARK_MARK}
NEAR_KINDS = (ZONE, PROCEDURE)
# A name of so many words ("CIT: new project … (10% for 15 years)") drowns what is asked of it.
LONG_NAME = 4
_LONG_KINDS = (PROCEDURE, INCENTIVE)
# Words before a zone's name that only say that something is there.
_LEADS_TO = re.compile(
    r"\b(?:in|at|inside|within|ở|tại|trong|thuộc|bên)\s+(?:the\s+)?"
    r"(?:\b(?:KCN|KKT|khu công nghiệp|khu kinh tế|khu)\s+)?$",
    re.IGNORECASE,
)
_THIS = {
    "vi": {PROCEDURE: "thủ tục này", INCENTIVE: "ưu đãi này"},
    "en": {PROCEDURE: "this procedure", INCENTIVE: "this incentive"},
}


@dataclass(frozen=True)
class Prepared:
    """A message ready for comparison.

    `text`: one writing, shorthand written out, diacritics and spelling restored; `view`: with parks masked;
    `tie`: how it ties itself to the message before.
    """

    original: str
    text: str
    view: str
    detected: Detected
    mentions: Sequence[Mention]
    quantities: Sequence[Quantity]
    tie: LeadIn | None = None


class Preparation:
    """The steps before classification, with what they learned."""

    def __init__(
        self, identifier: LanguageIdentifier, restorers: Mapping[str, Restorer], words: Container[str]
    ) -> None:
        """`restorers` by language; `words` holds the folded words of both languages."""
        self.identifier = identifier
        self.restorers = restorers
        self._words = words

    def prepare(
        self, original: str, gazetteer: Gazetteer, conversation: str | None = None, known: str | None = None
    ) -> Prepared:
        """Read a message; `conversation` is the language so far, `known` that of a training wording."""
        text = clean(original)
        tie = lead_in(text)
        if tie and tie.kind == CORRECTS:
            text = tie.rest
        # Not of a training wording: a greeting in Korean must not teach that "hello" is Korean.
        foreign = None if known else foreign_script(text)
        if foreign:
            text = gloss(text, foreign) or text
        found = gazetteer.find(text, near=())
        zones = [mention for mention in found if mention.kind == ZONE]
        typed = text
        text = _between(text, zones, lambda part: normalise(part, self.restorers["vi"].words, self._words))
        if known or foreign:
            detected = Detected(known or "en", 1.0, foreign)
        else:
            bare = without_places(_without_zones(text, gazetteer))
            detected = self.identifier.detect(bare, conversation)
            if conversation and not self.knows(bare):
                # Nonsense has no language: the conversation keeps its own.
                detected = Detected(conversation, detected.confidence)
        # Names in training wordings are spelt as they are: looking for misspelt ones would only take time.
        near = () if known else NEAR_KINDS
        mentions = found if text == typed and not near else gazetteer.find(text, near=near)
        zones = [mention for mention in mentions if mention.kind == ZONE]
        written = _between(text, zones, lambda part: self._rewrite(part, detected))
        if written != text:
            text, mentions = written, gazetteer.find(written, near=near)
        parks = [m for m in mentions if m.kind == ZONE and m.records[0].startswith(PARKS)]
        if detected.language == "vi":
            text = _accented(text, [m for m in mentions if m.kind == ZONE and m not in parks], gazetteer)
        view = _replaced(text, parks)
        # Nothing learns from quantities.
        amounts = [] if known else quantities.find(text)
        return Prepared(original, text, view, detected, mentions, amounts, tie)

    def nameless(self, prepared: Prepared) -> str:
        """A message for what it asks: names of all zones masked like parks, else long names as "this"."""
        if len(fold(prepared.text)) != len(prepared.text):
            return prepared.view
        long = [
            m
            for m in prepared.mentions
            if m.kind in _LONG_KINDS and m.likeness == 1.0 and len(m.text.split()) >= LONG_NAME
        ]
        zones = [
            m
            for m in prepared.mentions
            if m.kind == ZONE and not any(m.start < name.end and name.start < m.end for name in long)
        ]
        if zones:
            # A zone that is named is asked about: what else has a name there is what is asked of it.
            return _replaced(prepared.text, zones)
        return _replaced(prepared.text, long, _THIS[prepared.detected.language])

    def knows(self, text: str) -> bool:
        """Whether any word of `text` is known in either language."""
        return any(word in self._words for word in tokens(text))

    def _rewrite(self, part: str, detected: Detected) -> str:
        """Shorthand, diacritics and typing errors of a part that names no zone."""
        language = detected.language
        others = self.restorers["en" if language == "vi" else "vi"].forms
        return self.restorers[language].restore(expand(part, language), others)


def placeless(prepared: Prepared) -> str:
    """What was written, without the zones that only say where ("a permit for our plant in VSIP")."""
    text = prepared.text
    if len(fold(text)) != len(text):
        return text
    for zone in sorted((m for m in prepared.mentions if m.kind == ZONE), key=lambda m: -m.start):
        if leads := _LEADS_TO.search(text[: zone.start]):
            text = f"{text[: leads.start()]} {text[zone.end :]}"
    return " ".join(text.split())


def outside(prepared: Prepared, kind: str) -> str:
    """What was typed, without the names of this kind in it: "Nam Đình Vũ" is not in Nam Định."""
    mentions = [mention for mention in prepared.mentions if mention.kind == kind]
    if not mentions:
        return prepared.original
    return " ".join(_replaced(prepared.text, mentions, {kind: " "}).split())


def _between(text: str, mentions: Sequence[Mention], change: Callable[[str], str]) -> str:
    """`text` with everything outside the mentions changed; names stay as they were typed."""
    if len(fold(text)) != len(text):
        return text
    pieces, last = [], 0
    for mention in sorted(mentions, key=lambda found: found.start):
        pieces += [change(text[last : mention.start]), text[mention.start : mention.end]]
        last = mention.end
    return "".join([*pieces, change(text[last:])])


def _accented(text: str, zones: Sequence[Mention], gazetteer: Gazetteer) -> str:
    """Names of zones typed without diacritics, as their records write them; all places stay the same."""
    for mention in zones:
        typed = text[mention.start : mention.end]
        if mention.likeness == 1.0 and typed.isascii() and len(fold(text)) == len(text):
            text = text[: mention.start] + gazetteer.written(typed) + text[mention.end :]
    return text


def _without_zones(text: str, gazetteer: Gazetteer) -> str:
    """Without the names of zones, which are the same in both languages."""
    return _replaced(text, [m for m in gazetteer.find(text, near=()) if m.kind == ZONE], {ZONE: " "})


def _replaced(text: str, mentions: Sequence[Mention], marks: Mapping[str, str] = _MARKS) -> str:
    """`text` with mentions replaced by the mark of their kind.

    Folding keeps the length of composed text, so places are the same.
    """
    if len(fold(text)) != len(text):
        return masked(text, mentions, marks)
    for mention in sorted(mentions, key=lambda found: -found.start):
        text = text[: mention.start] + marks[mention.kind] + text[mention.end :]
    return text
