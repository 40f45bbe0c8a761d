"""Asks what a trained model learned, without Rasa, actions and gateway."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.assistant.nlu.decision import Decision, decide
from bot.assistant.nlu.decision.shapes import COMPARE, LISTS
from bot.assistant.nlu.live import Embed, Index
from bot.assistant.nlu.understanding import FILE, Understanding
from bot.assistant.trial.grading import Graded, Seen, grade
from bot.assistant.trial.questions import Question
from bot.common import embedder
from bot.common.names import ZONE


@dataclass(frozen=True)
class Utterance:
    """Something an investor wrote; `record` and `aspect` were in mind, `offered` stood to choose.

    `language` was spoken so far; of `zones` was spoken lately, the latest last.
    """

    id: int
    text: str
    language: str | None = None
    record: str | None = None
    aspect: str | None = None
    offered: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


def of_model(archive: Path) -> Understanding:
    """What a trained model, or a folder that was saved to, holds."""
    if archive.is_dir():
        return Understanding.load(archive)
    with tarfile.open(archive) as content, tempfile.TemporaryDirectory() as folder:
        inside = next(name for name in content.getnames() if Path(name).name == FILE)
        content.extract(inside, folder)
        return Understanding.load((Path(folder) / inside).parent)


def ask(learned: Understanding, asked: Iterable[Question], embed: Embed | None = None) -> Iterator[Graded]:
    """Every turn graded; the conversation is carried on as the slots would carry it."""
    embed = embed or embedder.shared().embed
    index = learned.index(embed)
    for question in asked:
        record: str | None = None
        aspect: str | None = None
        language: str | None = None
        offered: tuple[str, ...] = ()
        zones: tuple[str, ...] = ()
        for number, turn in enumerate(question.turns, 1):
            said = Utterance(number, turn.text, language, record, aspect, offered, zones)
            decision, language = _decide(learned, index, embed, said)
            if decision.verdict == "answer" and decision.record:
                record, aspect = decision.record, decision.aspect
            if decision.verdict == "answer":
                zones = _latest(zones, decision)
            if decision.verdict == "ask":
                aspect = decision.aspect
            seen = _seen(decision, language)
            offered = seen.offered
            yield Graded(question, number, turn, seen, grade(turn.expect, seen))


def read(
    learned: Understanding, said: Iterable[Utterance], embed: Embed | None = None
) -> Iterator[tuple[Utterance, Seen]]:
    """What each utterance would be taken for."""
    embed = embed or embedder.shared().embed
    index = learned.index(embed)
    for utterance in said:
        yield utterance, _seen(*_decide(learned, index, embed, utterance))


def _decide(learned: Understanding, index: Index, embed: Embed, said: Utterance) -> tuple[Decision, str]:
    context = index.context(said.record, said.aspect, said.offered, said.zones)
    prepared = learned.prepare(said.text, index, said.language)
    reading = learned.read(prepared, index, embed, context.record)
    return decide(reading, context), reading.language


def _latest(zones: tuple[str, ...], decision: Decision) -> tuple[str, ...]:
    """Zones spoken of after this answer, as the actions keep them: one shown, or those compared."""
    shown = decision.records if decision.intent == COMPARE else ()
    if decision.kind == ZONE and decision.record:
        shown = (decision.record,)
    return (*(zone for zone in zones if zone not in shown), *shown)


def _seen(decision: Decision, language: str) -> Seen:
    candidates = tuple(str(candidate.record) for candidate in decision.candidates if candidate.record)
    listed = decision.intent in LISTS
    compared = decision.records if decision.intent == COMPARE else ()
    return Seen(
        intent=decision.intent,
        record=decision.record if decision.verdict == "answer" else None,
        aspect=decision.aspect,
        more_aspects=decision.more_aspects,
        shown=None if listed else compared,
        offered=candidates if decision.verdict == "ask" else (),
        language=language,
        confidence=decision.confidence,
    )
