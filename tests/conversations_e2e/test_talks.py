"""Conversations in both languages through the real stack."""

from __future__ import annotations

import pytest

from tests.conversations_e2e.talk import Held, Talk, load_all
from tests.stack import Stack


@pytest.mark.parametrize("talk", load_all(), ids=str)
def test_talk(stack: Stack, talk: Talk) -> None:
    with stack.conversation(talk.chosen) as conversation:
        held = Held(conversation, talk.language)
        for turn in talk.turns:
            held.take(turn)
    assert not held.faults, "\n".join(["", *held.lines])
