"""A run that is shorter than all questions: which are asked, and when it ends."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from bot.assistant.trial import questions
from tests.quality import evaluate, online


def test_each_part_of_the_order_is_like_the_whole() -> None:
    asked = questions.load()
    order = evaluate.scattered(asked)
    assert order == evaluate.scattered(list(reversed(asked)))
    assert sorted(question.id for question in order) == sorted(question.id for question in asked)
    paired = {name for question in asked if question.twin for name in (question.id, question.twin)}
    assert {question.id for question in order[: len(paired)]} == paired
    alone = order[len(paired) :]
    half = Counter(question.language for question in alone[: len(alone) // 2])
    whole = Counter(question.language for question in alone)
    assert half["vi"] / (len(alone) // 2) == pytest.approx(whole["vi"] / len(alone), abs=0.03)


def test_nothing_is_begun_after_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def answered(_base_url: str, texts: list[str]) -> online.Talk:
        time.sleep(0.05)
        return online.Talk(texts[0], [])

    monkeypatch.setattr(online, "_hold", answered)
    talks = [[str(number)] for number in range(200)]
    counts: list[int] = []
    held = online.hold("", talks, counts.append, time.monotonic() + 0.3)
    assert 0 < len(held) < len(talks)
    assert [talk.conversation for talk in held] == [str(number) for number in range(len(held))]
    assert counts == list(range(1, len(held) + 1))
    assert len(online.hold("", talks[:8], counts.append)) == 8
