"""Rasa's default pipeline asked by itself: its label is its answer.

It knows neither conversation nor language; the language is given to it, which is in its favour.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

from bot.assistant.nlu.decision.shapes import LISTS
from bot.assistant.nlu.examples import FOLLOW_UP, KIND_OF, from_label
from bot.assistant.trial import questions
from bot.assistant.trial.grading import Graded, Seen, grade
from bot.assistant.trial.questions import Question
from tests.quality.ablation.outcome import TIMED, outcome

_WITH_RECORDS = (*KIND_OF, FOLLOW_UP)


def ask(model: Path) -> dict[str, float]:
    """What came of all questions, as tests.quality.ablation.one gives it for ours."""
    asked = questions.load()
    begun = time.perf_counter()
    agent = Agent.load(model)
    asyncio.run(agent.parse_message("Xin chào"))
    loaded = time.perf_counter() - begun
    graded, each = [], []
    for one, milliseconds in _graded(agent, asked):
        graded.append(one)
        each.append(milliseconds)
    return outcome(graded, asked, loaded, each[:: max(1, len(each) // TIMED)])


def _graded(agent: Agent, asked: Sequence[Question]) -> Iterator[tuple[Graded, float]]:
    loop = asyncio.new_event_loop()
    for question in asked:
        for number, turn in enumerate(question.turns, 1):
            begun = time.perf_counter()
            read = loop.run_until_complete(agent.parse_message(turn.text))
            milliseconds = 1000 * (time.perf_counter() - begun)
            seen = _seen(read, turn.expect.language)
            yield Graded(question, number, turn, seen, grade(turn.expect, seen)), milliseconds
    loop.close()


def _seen(read: dict[str, Any], language: str) -> Seen:
    intent = read["intent"]["name"] or "nlu_fallback"
    selected = read["response_selector"]["default"]["response"]["intent_response_key"]
    # The one selector serves all intents that have records; other intents have no use for it.
    example = from_label("", selected if intent in _WITH_RECORDS else intent, language)
    record = example.record if example.intent in KIND_OF else None
    return Seen(
        intent=intent,
        record=record,
        aspect=example.aspect,
        shown=None if intent in LISTS else (),
        language=language,
        confidence=float(read["intent"]["confidence"]),
    )
