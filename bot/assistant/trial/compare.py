"""Two models asked the same: our questions, and what investors wrote. The program reads and writes JSON.

    .venv-rasa/bin/python -m bot.assistant.trial.compare PRESENT CANDIDATE < what.json

In: `{"utterances": [{"id", "text", "language", "record", "aspect"}], "lessons": [Lesson]}`; a lesson is a
wording the candidate was taught, `{"id", "text", "language", "intent", "record"}`. Out, the last line:
`{"scores": {"present": Scores, "candidate": Scores}, "questions": [Changed], "utterances": [Changed],
"lessons": {"count", "learned", "missed": [ids]}}`, only what changed. Scores are shares in per cent (see
`scores`). Lines before it say how far it is: `{"done": 0..1}`. What investors wrote is neither printed nor
kept: it is known by its id.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.assistant.nlu.live import Embed
from bot.assistant.nlu.understanding import Understanding
from bot.assistant.trial import asking, questions
from bot.assistant.trial.asking import Utterance
from bot.assistant.trial.grading import Graded, Outcome, Seen
from bot.assistant.trial.questions import LANGUAGES, Question
from bot.common import embedder
from bot.common.embedder import Vectors
from bot.common.embedding_cache import EmbeddingCache
from bot.common.settings import load

_REPORT_EVERY = 50


@dataclass(frozen=True)
class Lesson:
    """A wording the candidate was taught; `record` is None where its label has none."""

    id: int
    text: str
    language: str
    intent: str
    record: str | None = None


Report = Callable[[int], None]
Understood = tuple[list[Graded], dict[int, Seen]]


def main(arguments: Sequence[str]) -> None:
    """See the module."""
    present, candidate = map(Path, arguments)
    given = json.load(sys.stdin)
    said = [Utterance(**row) for row in given["utterances"]]
    taught = [Lesson(**row) for row in given["lessons"]]
    asked = questions.load()
    turns = sum(len(question.turns) for question in asked)
    done = 0

    def report(count: int) -> None:
        nonlocal done
        done += count
        if done % _REPORT_EVERY == 0:
            _print({"done": round(done / (2 * (turns + len(said))), 3)})

    embed = _remembering(embedder.shared().embed)
    # Ours are kept on disk, and come with the checkout.
    kept = EmbeddingCache(load().data_dir / "cache", embed)
    # One after the other: each takes some hundred megabytes.
    before = _understood(asking.of_model(present), asked, said, kept, embed, report)
    learned = asking.of_model(candidate)
    after = _understood(learned, asked, said, kept, embed, report)
    _print({**compared(before, after), "lessons": examined(learned, taught, embed)})


def compared(before: Understood, after: Understood) -> dict[str, Any]:
    """Scores of both, and what changed."""
    pairs = zip(before[0], after[0], strict=True)
    changed = ((old, new) for old, new in pairs if _essence(old.seen) != _essence(new.seen))
    return {
        "scores": {"present": scores(before[0]), "candidate": scores(after[0])},
        "questions": [
            {
                "id": old.question,
                "text": old.turn.text,
                "before": _shown(old.seen),
                "after": _shown(new.seen),
                "outcomes": [old.outcome.value, new.outcome.value],
            }
            for old, new in changed
        ],
        "utterances": [
            {"id": key, "before": _shown(seen), "after": _shown(after[1][key])}
            for key, seen in before[1].items()
            if _essence(seen) != _essence(after[1][key])
        ],
    }


def examined(learned: Understanding, taught: Sequence[Lesson], embed: Embed) -> dict[str, Any]:
    """How many of the taught wordings are taken for what they were labelled."""
    expected = {lesson.id: lesson for lesson in taught}
    said = [Utterance(lesson.id, lesson.text, lesson.language) for lesson in taught]
    missed = [
        utterance.id
        for utterance, seen in asking.read(learned, said, embed)
        if not _is_learned(expected[utterance.id], seen)
    ]
    return {"count": len(taught), "learned": len(taught) - len(missed), "missed": missed}


def _is_learned(lesson: Lesson, seen: Seen) -> bool:
    if lesson.record:
        return seen.record == lesson.record
    return seen.intent == lesson.intent


def scores(graded: Sequence[Graded]) -> dict[str, float]:
    """Shares in per cent: right in each language, wrong record, refused what is not ours, right language."""
    ours = [one for one in graded if not one.turn.expect.refuse]
    strange = [one for one in graded if one.turn.expect.refuse]
    right = {
        f"right_{language}": _share(one.outcome is Outcome.RIGHT for one in ours if one.language == language)
        for language in LANGUAGES
    }
    return {
        **right,
        "wrong_record": _share(one.outcome is Outcome.WRONG for one in ours),
        "off_topic_not_answered": _share(one.outcome is not Outcome.WRONG for one in strange),
        "language": _share(one.language_right for one in graded),
        "turns": float(len(graded)),
    }


def _understood(
    learned: Understanding,
    asked: Sequence[Question],
    said: Sequence[Utterance],
    kept: Embed,
    embed: Embed,
    report: Report,
) -> Understood:
    graded = []
    for one in asking.ask(learned, asked, kept):
        graded.append(one)
        report(1)
    seen = {}
    for utterance, found in asking.read(learned, said, embed):
        seen[utterance.id] = found
        report(1)
    return graded, seen


def _essence(seen: Seen) -> tuple[object, ...]:
    """What an investor would notice."""
    return seen.intent, seen.record, seen.aspect, seen.offered[:3], seen.language


def _shown(seen: Seen) -> dict[str, Any]:
    return {
        "intent": seen.intent,
        "record": seen.record,
        "aspect": seen.aspect,
        "offered": list(seen.offered[:3]),
        "language": seen.language,
        "confidence": round(seen.confidence, 3),
    }


def _share(fits: Iterable[bool]) -> float:
    found = list(fits)
    return round(100 * sum(found) / len(found), 2) if found else 0.0


def _remembering(embed: Embed) -> Embed:
    """The same, each sentence once: the second model is asked what the first was asked."""
    known: dict[str, Vectors] = {}

    def remembered(texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(missing, embed(missing), strict=True))
        if not texts:
            return embed(texts)
        return np.stack([known[text] for text in texts])

    return remembered


def _print(line: object) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
