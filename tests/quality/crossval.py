"""`make eval-cv`: stratified cross-validation on the training data, by intent and language.

`.venv-rasa/bin/python -m tests.quality.crossval [--folds 5] [--only 1]`: each fold learns from the others and
reads its own wordings (placeholders filled with names). Intent, record and aspect are those of the likeliest
candidate, before the conversation is weighed. Prints the tables; all folds together write docs/quality/cv.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sklearn.model_selection import StratifiedKFold

from bot.assistant.nlu import examples, records
from bot.assistant.nlu.decision import Reading
from bot.assistant.nlu.examples import KIND_OF, Example
from bot.assistant.nlu.learning import learn
from bot.assistant.nlu.records import Record
from bot.assistant.trial.questions import LANGUAGES
from bot.common import embedder
from bot.common.embedding_cache import Embed, EmbeddingCache
from bot.common.names import ASPECTS, ZONE
from bot.common.settings import ROOT, load
from bot.common.text import strip_marks
from tests.quality.figures import Share

FOLDS = 5
_SEED = 0
_HEAD = (
    "| | wordings | intent | record | aspect | intent without diacritics |",
    "|---|---:|---:|---:|---:|---:|",
)
_REPORT = ROOT / "docs" / "quality" / "cv.md"


@dataclass(frozen=True)
class Read:
    """How a held-out wording was read; `record` and `aspect` are None where none was wanted."""

    example: Example
    intent: bool
    record: bool | None
    aspect: bool | None
    bare: bool | None


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--only", type=int, help="run so many of the folds and write nothing")
    options = parser.parse_args()
    embed = EmbeddingCache(load().data_dir / "cache", embedder.Embedder(2).embed)
    wordings = examples.from_files(ROOT / "data" / "nlu")
    known = records.from_files(ROOT / "data" / "registry")
    read = [
        one
        for fold in stratified(wordings, options.folds, options.only)
        for one in _held_out(*fold, known, embed)
    ]
    text = report(read, options.only or options.folds)
    print(text)
    if options.only is None:
        _REPORT.write_text(text, encoding="utf-8")


def report(read: Sequence[Read], folds: int) -> str:
    """The tables as Markdown."""
    lines = [*_HEAD, _line("all", read)]
    for language in LANGUAGES:
        own = [one for one in read if one.example.language == language]
        intents = sorted({one.example.intent for one in own})
        lines.append(_line(language, own))
        lines += [
            _line(f"{language}, {name}", [one for one in own if one.example.intent == name])
            for name in intents
        ]
    lead = (
        f"`make eval-cv`: {folds} folds, stratified by intent and language; per cent right (95 % interval) "
        f"of {len(read)} wordings that the fold had not learned."
    )
    return "\n\n".join(["# Cross-validation", lead, "\n".join(lines)]) + "\n"


def stratified(
    wordings: Sequence[Example], folds: int, only: int | None
) -> Iterator[tuple[list[Example], list[Example]]]:
    """Learned and held-out wordings of each fold."""
    strata = [f"{example.intent}/{example.language}" for example in wordings]
    splits = StratifiedKFold(folds, shuffle=True, random_state=_SEED).split(strata, strata)
    for number, (learned, held) in enumerate(splits):
        if only is None or number < only:
            yield [wordings[at] for at in learned], [wordings[at] for at in held]


def _held_out(
    learned: Sequence[Example], held: Sequence[Example], known: Sequence[Record], embed: Embed
) -> Iterator[Read]:
    """Every held-out wording read by what the others taught."""
    taught = learn(learned, known, embed)
    index = taught.index(embed)

    def read(text: str) -> Reading:
        return taught.read(taught.prepare(text, index), index, embed)

    for example in _filled(held, known):
        reading, bare = read(example.text), strip_marks(example.text)
        kind = KIND_OF.get(example.intent)
        # Parks are told apart by their names alone, which is not learned.
        names_record = example.record is not None and kind not in (None, ZONE)
        yield Read(
            example,
            intent=reading.candidates[0].intent == example.intent,
            record=reading.candidates[0].record == example.record if names_record else None,
            aspect=_aspect(reading, kind) == example.aspect if kind in ASPECTS and example.aspect else None,
            bare=read(bare).candidates[0].intent == example.intent if bare != example.text else None,
        )


def _aspect(reading: Reading, kind: str | None) -> str:
    """The likeliest of the aspects that the kind has."""
    return max(ASPECTS[kind or ""], key=lambda name: reading.aspects.get(name, 0.0))


def _filled(held: Sequence[Example], known: Sequence[Record]) -> list[Example]:
    """The wordings with names in place of placeholders, without the names that stand alone."""
    everything = examples.filled(held, known)
    return everything[: len(everything) - len(examples.filled([], known))]


def _line(title: str, read: Sequence[Read]) -> str:
    cells = [
        _cell([one.intent for one in read]),
        _cell([one.record for one in read if one.record is not None]),
        _cell([one.aspect for one in read if one.aspect is not None]),
        _cell([one.bare for one in read if one.bare is not None]),
    ]
    return f"| {title} | {len(read)} | {' | '.join(cells)} |"


def _cell(right: Sequence[bool]) -> str:
    return str(Share(sum(right), len(right))) if right else "–"


if __name__ == "__main__":
    main()
