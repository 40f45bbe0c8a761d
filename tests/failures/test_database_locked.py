"""Another program holds the database: short waits are not noticed, long ones are said, nothing is doubled."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from bot.common.wording import Wording
from tests.failures.asking import QUESTION, is_answer
from tests.stack import Stack


@contextmanager
def _locked(stack: Stack) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(stack.database, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.close()


def test_a_short_lock_is_waited_for(stack: Stack) -> None:
    with stack.conversation("en") as conversation, _locked(stack) as lock:
        timer = threading.Timer(2.0, lock.execute, ("ROLLBACK",))
        timer.start()
        begun = time.monotonic()
        messages = conversation.say(QUESTION)
        assert time.monotonic() - begun >= 1.5
        timer.join()
    assert is_answer(messages[0])


def test_a_long_lock_is_said_and_the_message_can_be_sent_again(stack: Stack) -> None:
    with stack.conversation("en", timeout=60) as conversation:
        with _locked(stack), pytest.raises(httpx.HTTPStatusError) as refused:
            conversation.say(QUESTION, client_id="once")
        response = refused.value.response
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert response.headers["Content-Type"] == "application/problem+json"
        assert Wording("gateway").say("problem_busy", "en") in response.json()["detail"]
        (message,) = conversation.say(QUESTION, client_id="once")
        assert is_answer(message)
        assert sum(said["author"] == "user" for said in conversation.history()) == 1
