"""A small registry, officers of every role, and questions that the assistant understood more or less."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from bot.common.settings import ROOT
from bot.console import roles, turns
from bot.console.learning import shelf
from bot.console.roles import Role
from bot.conversations.models import Author, Conversation, Message, Progress
from bot.launch import model as launch
from tests.console.learning.played import Make, candidate, processes
from tests.registry.conftest import CHOSEN, Files, entries, files, fixed_day, seeded, vectors

__all__ = [
    "CHOSEN", "Files", "Make", "candidate", "entries", "files", "fixed_day", "processes", "seeded", "vectors",
]  # fmt: skip

Ask = Callable[..., Message]


@pytest.fixture(autouse=True)
def quick_checksum(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Of the lessons alone: reading all training data takes seconds, and tests/launch looks after it."""

    def checksum(root: Path = ROOT, lessons: Iterable[Path] = ()) -> str:
        return hashlib.sha256(b"".join(path.read_bytes() for path in lessons)).hexdigest()

    shelf._checksum.cache_clear()
    monkeypatch.setattr(launch, "checksum", checksum)
    yield
    shelf._checksum.cache_clear()


@pytest.fixture
def officer(db: None) -> Make:
    """An account with a role; a new one each time."""

    def make(role: Role) -> User:
        roles.keep_groups()
        user = User.objects.create_user(f"{role}-{User.objects.count()}")
        roles.give(user, role)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def ask(db: None) -> Ask:
    """Somebody asks, the assistant understands it so; the reading copy is fresh."""

    def asked(
        text: str,
        *,
        confidence: float = 0.4,
        intent: str = "ask_procedure",
        record: str | None = "work_permit",
        talk: Conversation | None = None,
        **decision: Any,
    ) -> Message:
        talk = talk or Conversation.objects.create(language="vi")
        verdict = {
            "verdict": "answer" if record else "refuse",
            "record": record,
            "kind": "procedure",
            **decision,
        }
        understood = {
            "language": "vi",
            "intent": {"name": intent, "confidence": confidence},
            "intent_ranking": [{"name": intent, "record": record, "confidence": confidence}],
            "decision": {"verdict": verdict, "record": record, "kind": "procedure", **decision},
        }
        message = Message.objects.create(
            conversation=talk,
            author=Author.USER,
            language="vi",
            text=text,
            progress=Progress.DONE,
            understood=understood,
        )
        sources = [{"record": record}] if record else []
        Message.objects.create(
            conversation=talk, author=Author.ASSISTANT, text="…", reply_to=message, sources=sources
        )
        talk.updated_at = message.created_at
        talk.save()
        turns.refresh()
        return message

    return asked
