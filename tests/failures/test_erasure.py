"""Erased means gone: a planted word stands in every store, and afterwards in no byte of any file."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.console.roles import Role
from bot.launch.client import Conversation
from tests.console_e2e.staff import Staff
from tests.failures.asking import QUESTION
from tests.stack import Stack
from tests.waiting import wait_until

# What the stores of a whole talk are; the words must have been in each, or the search proves nothing.
STORES = ("heza.sqlite3", "rasa.sqlite3")


@pytest.fixture
def word() -> str:
    """Like nothing that stands in the product's own data."""
    return f"platypus{secrets.token_hex(4)}"


@pytest.fixture
def staff(stack: Stack) -> Iterator[Staff]:
    with Staff(stack, Role.MANAGER) as signed_in:
        yield signed_in


def test_a_planted_word_is_found_nowhere_after_erasing(stack: Stack, staff: Staff, word: str) -> None:
    with stack.conversation("en") as conversation, stack.conversation("en") as other:
        _plant(stack, staff, conversation, word)
        other.say(f"This one stays: other{word[::-1]}")
        planted = {path.name.removesuffix("-wal") for path in _holding(stack, word)}
        assert planted == set(STORES)
        conversation.erase()
        assert wait_until(lambda: not _holding(stack, word), 30), _holding(stack, word)
        assert wait_until(lambda: not _holding(stack, conversation.token), 5)
        assert any(word[::-1] in message["text"] for message in other.history())
        assert stack.database.exists()


def _plant(stack: Stack, staff: Staff, conversation: Conversation, word: str) -> None:
    """Wherever a conversation leaves something: messages, Rasa, outbox, feedback, inquiry, console."""
    (reply,) = conversation.say(f"{QUESTION} {word}")[-1:]
    conversation.rate(reply["id"], -1, f"comment {word}")
    with stack.without("rasa"):
        conversation.say(late := f"{QUESTION} late {word}")
    assert wait_until(lambda: _is_answered(conversation, late), 60)
    _inquire(stack, conversation, word)
    talk = f"/staff/desk/talks/{conversation.id}"
    staff.post(f"{talk}/claim/")
    staff.post(f"{talk}/reply/", {"text": f"staff {word}", "client_id": word})
    conversation.say(f"to staff {word}")
    staff.post(f"{talk}/give-back/")
    # Rasa learns of what was said meanwhile before its next question.
    conversation.say(QUESTION)
    staff.get(f"/staff/conversations/?q={word}")
    staff.post(f"/staff/conversations/{conversation.id}/notes/", {"text": f"note {word}"})
    question = conversation.history()[1]
    for verdict in ("wrong_record", "content_missing"):
        fields = {"verdict": verdict, "right_record": "work_permit", "remark": f"remark {word}"}
        staff.post(f"/staff/judging/{question['id']}/save/", dict(fields))


def _is_answered(conversation: Conversation, text: str) -> bool:
    history = conversation.history()
    asked = {message["id"] for message in history if message["text"] == text}
    return any(message["author"] == "assistant" and message["reply_to"] in asked for message in history)


def _inquire(stack: Stack, conversation: Conversation, word: str) -> None:
    form = {
        "client_id": word,
        "summary": {"vi": f"Hỏi {word}", "en": f"About {word}"},
        "contact": {"name": f"Name {word}", "email": f"{word}@example.kr"},
        "consents": ["answer_inquiry"],
        "text_version": "2026-11",
    }
    headers = {"Authorization": f"Bearer {conversation.token}"}
    address = f"{stack.base_url}/api/v1/inquiries"
    httpx.post(address, json=form, headers=headers, trust_env=False).raise_for_status()


def _holding(stack: Stack, text: str) -> list[Path]:
    """Files of the installation in whose bytes the text stands: databases, their logs, queue, log files."""
    files = [path for path in stack.data_dir.rglob("*") if path.is_file()]
    return [path for path in files if text.encode() in path.read_bytes()]
