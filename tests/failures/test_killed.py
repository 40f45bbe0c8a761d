"""kill -9 of any process: it comes back by itself, and the conversation goes on where it was."""

from __future__ import annotations

import threading
from contextlib import suppress

import httpx
import pytest

from bot.launch.client import Conversation
from tests.failures.asking import QUESTION, answers_well, is_answer
from tests.failures.conftest import RASA_TIMEOUT
from tests.stack import Stack
from tests.waiting import wait_until

# The lease of a message whose holder died, and the worker's round.
LEASE_AND_ROUND = RASA_TIMEOUT + 15 + 60 + 10


@pytest.mark.parametrize("name", ["web", "rasa", "actions", "worker"])
def test_a_killed_process_comes_back(stack: Stack, name: str) -> None:
    with stack.conversation("en") as conversation:
        assert answers_well(conversation)
        stack.restart(name)
        assert wait_until(lambda: answers_well(conversation), 30)
        said = [message["text"] for message in conversation.history() if message["author"] == "user"]
        assert said[0] == QUESTION
    assert f"{name} ended with code -9" in stack.log("system")


def test_a_message_is_answered_though_the_site_died_over_it(stack: Stack) -> None:
    with stack.conversation("en") as conversation:
        with stack.paused("rasa"):
            asking = threading.Thread(target=_ask, args=(conversation,))
            asking.start()
            assert wait_until(lambda: len(conversation.history()) == 2)
            stack.restart("web")
            asking.join()
        answered = wait_until(lambda: any(map(is_answer, conversation.history())), LEASE_AND_ROUND)
        assert answered, stack.log("worker")


def _ask(conversation: Conversation) -> None:
    with suppress(httpx.HTTPError):
        conversation.say(QUESTION)
