"""Learns the whole understanding from examples and records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from bot.assistant.nlu.backgrounds import told
from bot.assistant.nlu.classifier import Classifier
from bot.assistant.nlu.examples import Example, filled
from bot.assistant.nlu.features import Features
from bot.assistant.nlu.gazetteer import Gazetteer
from bot.assistant.nlu.language import LANGUAGES, LanguageIdentifier
from bot.assistant.nlu.live import Embed, Index
from bot.assistant.nlu.preparation import Preparation
from bot.assistant.nlu.records import Record
from bot.assistant.nlu.restorer import Restorer
from bot.assistant.nlu.understanding import Understanding
from bot.common.text import fold, strip_marks

# Vietnamese of so few words may have no diacritics at all ("khu nam", "ai").
_FEW_WORDS = 2
_SENTENCES = re.compile(r"(?<=[.:;?!])\s+")


@dataclass(frozen=True)
class Options:
    """What can be left out, for the ablation table: meaning (e5) and names."""

    meaning: bool = True
    gazetteer: bool = True


@dataclass(frozen=True)
class _Seen:
    """How a wording looks to the classifiers, and the text whose vector stands for it.

    `asks`: without the names of what it asks about, as aspects see it.
    """

    view: str
    meant: str
    asks: str


def learn(
    examples: Sequence[Example], records: Sequence[Record], embed: Embed, options: Options = Options()
) -> Understanding:
    """Learn from training examples (with placeholders) and the records that fill them."""
    everything = filled(examples, records)
    everything += told(everything)
    restorers = {language: _restorer(language, everything, records) for language in LANGUAGES}
    vocabulary = frozenset(
        word for example in everything for word in fold(example.text).split() if word.isalpha()
    )
    index = Index.of(records if options.gazetteer else [], embed, vocabulary)
    preparation = Preparation(LanguageIdentifier(), restorers, vocabulary)

    # A second process while learning: Python runs one thread at a time.
    with ProcessPoolExecutor(1) as beside:
        half = len(everything) // 2
        rest = beside.submit(_seen, everything[half:], preparation, index.gazetteer)
        seen = _seen(everything[:half], preparation, index.gazetteer) + rest.result()
        everything, seen = _distinct(everything, seen)
        # The language of a wording is known, so nothing so far has needed it.
        identifier = beside.submit(LanguageIdentifier().fit, *_languages(examples))
        bare, asked = _bare(everything, seen)
        vectors = embed([one.meant for one in seen] + bare) if options.meaning else None
        features = Features()
        rows = features.fit([one.view for one in seen] + bare, vectors)
        preparation.identifier = identifier.result()
    asking = [at for at, example in enumerate(everything) if example.aspect]
    # At once: neither keeps all processors busy, and what each learns hangs on nothing of the other.
    with ThreadPoolExecutor(1) as at_once:
        aspects = at_once.submit(
            Classifier(features=features).learn,
            rows.take(np.array([*asking, *range(len(seen), len(rows))])),
            [str(everything[at].aspect) for at in asking] + asked,
        )
        whole = np.arange(len(seen))
        classifier = Classifier(features=features).learn(rows.take(whole), [one.label for one in everything])
    return Understanding(preparation, classifier, aspects.result(), _embedded(records, embed), vocabulary)


def _seen(examples: Sequence[Example], preparation: Preparation, gazetteer: Gazetteer) -> list[_Seen]:
    # All names of a record mean the same text.
    @cache
    def view(text: str, language: str) -> tuple[str, str]:
        prepared = preparation.prepare(text, gazetteer, known=language)
        return prepared.view, preparation.nameless(prepared)

    return [
        _Seen(own, view(one.meaning or one.text, one.language)[0], asks)
        for one in examples
        for own, asks in (view(one.text, one.language),)
    ]


def _bare(examples: Sequence[Example], seen: Sequence[_Seen]) -> tuple[list[str], list[str]]:
    """Wordings without the names in them, as messages are read for what they ask; and their aspects."""
    found = {
        (one.asks, example.aspect): None
        for example, one in zip(examples, seen, strict=True)
        if example.aspect and one.asks != one.view
    }
    return [text for text, _ in found], [aspect for _, aspect in found]


def _distinct(examples: Sequence[Example], seen: Sequence[_Seen]) -> tuple[list[Example], list[_Seen]]:
    """Without those that look and ask the same as another: one park's name is as good as another's."""
    found = {
        (one.view, example.label, example.aspect): (example, one)
        for example, one in zip(examples, seen, strict=True)
    }
    return [example for example, _ in found.values()], [one for _, one in found.values()]


def _languages(examples: Sequence[Example]) -> tuple[list[str], list[str]]:
    """Wordings without placeholders and their languages."""
    bare = [(example.text.replace("{", " {").split(" {")[0], example.language) for example in examples]
    return [text for text, _ in bare if text.strip()], [language for text, language in bare if text.strip()]


def _restorer(language: str, examples: Sequence[Example], records: Sequence[Record]) -> Restorer:
    """Learned from wordings, and from names, whose words must not be taken for errors.

    Not from Vietnamese typed without diacritics: it would teach that words are written so.
    """
    names = [record.name[language] for record in records]
    texts = [example.text for example in examples if example.language == language]
    if language == "vi":
        texts = [part for text in texts for part in _with_diacritics(text)]
    return Restorer().fit([*texts, *names])


def _with_diacritics(text: str) -> list[str]:
    """The sentences of a wording that have diacritics: behind a record's name there may be one without."""
    if len(text.split()) <= _FEW_WORDS:
        return [text]
    return [part for part in _SENTENCES.split(text) if strip_marks(part) != part]


def _embedded(records: Sequence[Record], embed: Embed) -> list[Record]:
    """Records whose texts carry their vectors, so that a start embeds nothing."""
    vectors = iter(embed([text.text for record in records for text in record.texts]).astype(np.float16))
    return [
        replace(record, texts=tuple(replace(text, vector=next(vectors)) for text in record.texts))
        for record in records
    ]
