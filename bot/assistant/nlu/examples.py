"""Training examples: labels read, placeholders filled with names of records.

A label is `intent`, `intent/record`, `intent/record.aspect` or `intent/any.aspect` (docs/architecture.md).
A wording that begins with `{after:record}` goes on after an answer about that record.
Everything is chosen by a seed made of the example's own text, so the same data gives the same model.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bot.assistant.nlu.records import PARKS, Record
from bot.common.names import ASK, ASPECTS, INCENTIVE, OVERVIEW, PROCEDURE, ZONE

ANY = "any"
# What a message of Rasa's training data says of itself, besides its text.
LABEL = "label"
LANGUAGE = "language"
KIND_OF = {intent: kind for kind, intent in ASK.items()}
FOLLOW_UP = "follow_up"
# How many names each wording with a placeholder is tried with.
NAMES_EACH = 1
# Of so few words a message is key words only.
MOST_KEY_WORDS = 4
# How many wordings a language that go on about a record are learned of it.
STAYING = 2
_SUBJECT = re.compile(r"\{after:([\w.-]+)\} ")
# What a long name adds to the one by which a record is spoken of.
_ADDED = re.compile(r" [–(]")
_PLACEHOLDER = re.compile(r"\{(procedure|zone|incentive)\}")
_WIDE = "economic zone"
# By kind: name, record, language and full name.
_Fillings = dict[str, list[tuple[str, str, str, str]]]


@dataclass(frozen=True)
class Example:
    """One wording with what it asks for.

    `record` is None where the label has none, `aspect` where it says none: a wording for one record without
    aspect asks about the whole, or for something no aspect names. `meaning` is the text whose vector stands
    for it, where that is not its own: a short name means what the full name means, and is not worth a vector
    of its own.
    """

    text: str
    intent: str
    record: str | None
    aspect: str | None
    language: str
    meaning: str | None = None

    @property
    def label(self) -> str:
        """What the classifier of records predicts.

        A zone is found by its name, so all zones share one label.
        """
        if self.record is None or self.intent in (ASK["zone"], FOLLOW_UP):
            return self.intent
        return f"{self.intent}/{self.record}"


def from_label(text: str, label: str, language: str) -> Example:
    """An example from Rasa's full label.

    Who tells of his case and names no aspect asks what an incentive gives; key words tell of none.
    """
    intent, _, key = label.partition("/")
    record, _, aspect = key.partition(".")
    found = record if record and record != ANY else None
    tells = intent == ASK[INCENTIVE] and len(text.split()) > MOST_KEY_WORDS
    whole = tells or (KIND_OF.get(intent) in ASPECTS and not found)
    return Example(text, intent, found, aspect or (OVERVIEW if whole else None), language)


def from_messages(messages: Iterable[Any]) -> list[Example]:
    """Examples of Rasa's training data (messages with text, full label and language)."""
    return [
        from_label(message.get("text"), message.get(LABEL), message.get(LANGUAGE))
        for message in messages
        if message.get(LABEL)
    ]


def from_files(root: Path) -> list[Example]:
    """Examples of the files under `root` (data/nlu)."""
    return [from_label(*one) for path in sorted(root.rglob("*.yml")) for one in wordings(path)]


def wordings(path: Path) -> Iterator[tuple[str, str, str]]:
    """Text, full label and language of each wording of a file in Rasa's form."""
    for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
        for line in block["examples"].splitlines():
            yield line.removeprefix("- ").strip(), block["intent"], block["metadata"]["language"]


def filled(examples: Sequence[Example], records: Sequence[Record]) -> list[Example]:
    """Examples without placeholders: each wording with a name, and each name alone.

    A name alone is a question about its record.
    """
    names = _fillings(records)
    done = [filling for example in _in_talk(examples, records) for filling in _fill(example, names)]
    done += _staying(examples, records)
    done += [
        Example(name, ASK[kind], record, None, language, full)
        for kind in ("procedure", "incentive", "statistic")
        for name, record, language, full in _names(records, kind)
    ]
    done += [
        Example(text.text, ASK["faq"], record.id, None, text.language)
        for record in records
        if record.kind == "faq"
        for text in record.texts
    ]
    return done


def filled_once(examples: Sequence[Example], records: Sequence[Record]) -> list[Example]:
    """Each wording with one name for its placeholders: to try what was learned from others."""
    names = _fillings(records)
    return [next(_fill(example, names)) for example in _in_talk(examples, records)]


def after(subject: Record, text: str, language: str) -> str:
    """What a message that leaves things out means after an answer about `subject`."""
    name = subject.name[language]
    short = _ADDED.split(name)[0]
    return f"{short if len(short.split()) > 1 else name}: {text}"


def _in_talk(examples: Sequence[Example], records: Sequence[Record]) -> Iterator[Example]:
    """Wordings that go on about a record with its name before them; without those whose record is gone."""
    known = {record.id: record for record in records}
    for example in examples:
        found = _SUBJECT.match(example.text)
        subject = known.get(found.group(1)) if found else None
        if found and subject:
            # What a message asks for is read without its subject: such a wording teaches no aspect.
            text = after(subject, example.text[found.end() :], example.language)
            yield replace(example, text=text, aspect=None)
        elif not found:
            yield example


def _staying(examples: Sequence[Example], records: Sequence[Record]) -> Iterator[Example]:
    """After an answer about a record, wordings that stay with it: so that it is known what turns away."""
    going_on = [one for one in examples if one.intent == FOLLOW_UP and one.aspect != OVERVIEW]
    for record in records:
        if record.kind not in ASPECTS or record.kind == ZONE:
            continue
        choose = random.Random(zlib.crc32(record.id.encode()))
        for language in record.name:
            fitting = [
                example
                for example in going_on
                if example.language == language and example.aspect in ASPECTS[record.kind]
            ]
            for example in choose.sample(fitting, min(STAYING, len(fitting))):
                text = after(record, example.text, language)
                yield Example(text, ASK[record.kind], record.id, None, language)


def _names(records: Sequence[Record], kind: str) -> Iterator[tuple[str, str, str, str]]:
    """Name, record, language and full name for every name of a kind; letters tell an alias's language."""
    for record in records:
        if record.kind == kind:
            for language, name in record.name.items():
                yield name, record.id, language, name
            for alias in record.aliases:
                language = "en" if alias.isascii() else "vi"
                yield alias, record.id, language, record.name[language]


def _fillings(records: Sequence[Record]) -> _Fillings:
    """Names by kind, and those of zones that are no parks by themselves."""
    names = {kind: list(_names(records, kind)) for kind in (PROCEDURE, ZONE, INCENTIVE)}
    return {**names, _WIDE: [name for name in names[ZONE] if not name[1].startswith(PARKS)]}


def _fill(example: Example, names: _Fillings) -> Iterator[Example]:
    found = _PLACEHOLDER.search(example.text)
    if found is None:
        yield example
        return
    choose = random.Random(zlib.crc32(example.text.encode()))
    # All parks look alike; the names of economic zones stay to be seen, and are asked about as parks are.
    wide = [_WIDE] if example.intent == ASK[ZONE] and names[_WIDE] else []
    for source in [found.group(1)] * NAMES_EACH + wide:
        current = example
        while (place := _PLACEHOLDER.search(current.text)) is not None:
            kind = place.group(1)
            chosen = names[_WIDE if source == _WIDE and kind == ZONE else kind]
            fitting = [name for name in chosen if name[2] == example.language] or chosen
            if not fitting:
                return
            name, record, *_ = choose.choice(fitting)
            text = f"{current.text[: place.start()]}{name}{current.text[place.end() :]}"
            known = (
                record if KIND_OF.get(example.intent) == kind and example.record is None else current.record
            )
            current = replace(current, text=text, record=known)
        yield current
