"""Asks the running product over its public API, several conversations at once, and reads its log afterwards.

What was answered comes from the answer itself; what was decided and how surely, from the conversation log.
"""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from bot.assistant.trial.grading import Graded, Seen, grade
from bot.assistant.trial.questions import Question, kinds
from bot.common.names import ASK, ASPECTS, OVERVIEW, SELECT_RECORD
from bot.launch.client import Conversation, Message

AT_ONCE = 4
_PATIENCE_SECONDS = 60.0
_ABOUT_ONE_RECORD = {*ASK.values(), SELECT_RECORD}


@dataclass(frozen=True)
class Talk:
    """A conversation that was held: its id and the answers, one list a turn."""

    conversation: str
    answers: list[list[Message]]


def ask(
    base_url: str,
    database: Path,
    questions: Sequence[Question],
    report: Callable[[int], None],
    until: float = inf,
) -> list[Graded]:
    """Every turn of every question, graded; `report` gets the number of questions done.

    Of the questions, in their order, only those that come up before the monotonic time `until`.
    """
    talks = hold(base_url, [[turn.text for turn in question.turns] for question in questions], report, until)
    log = _understood(database)
    graded = []
    for question, talk in zip(questions[: len(talks)], talks, strict=True):
        understood = log[talk.conversation]
        for number, (turn, answer) in enumerate(zip(question.turns, talk.answers, strict=True), 1):
            came = seen(answer, understood[number - 1] if number <= len(understood) else {})
            graded.append(Graded(question, number, turn, came, grade(turn.expect, came)))
    return graded


def hold(
    base_url: str, talks: Sequence[Sequence[str]], report: Callable[[int], None], until: float = inf
) -> list[Talk]:
    """Hold conversations, `AT_ONCE` at a time; the texts of each are sent one after another.

    Those that come up before the monotonic time `until`: a part of `talks` from the first on.
    """
    done: list[Talk] = []

    def held(texts: Sequence[str]) -> Talk | None:
        return _hold(base_url, texts) if time.monotonic() < until else None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for talk in pool.map(held, talks):
            if talk is None:
                break
            done.append(talk)
            report(len(done))
    return done


def seen(answer: Sequence[Message], understood: dict[str, Any]) -> Seen:
    """What came back, from the messages of an answer and the log's line about the question."""
    own = [message for message in answer if message["author"] == "assistant"]
    shown = tuple(dict.fromkeys(source["record"] for message in own for source in message["sources"]))
    decision = understood.get("decision") or {}
    intent = (understood.get("intent") or {}).get("name") or ""
    asked_back = decision.get("verdict") == "ask"
    about_one = bool(decision.get("record")) and intent in _ABOUT_ONE_RECORD
    record = shown[0] if about_one and shown else None
    return Seen(
        intent=intent,
        record=record,
        aspect=_aspect(record, decision.get("aspect")),
        more_aspects=tuple(decision.get("more_aspects") or ()),
        shown=shown,
        offered=tuple(candidate["record"] for candidate in decision.get("candidates") or ())
        if asked_back
        else (),
        language=own[0]["language"] if own else "",
        confidence=float(decision.get("confidence") or 0.0),
        text="\n".join(_words(message) for message in own),
    )


def _hold(base_url: str, texts: Sequence[str]) -> Talk:
    with Conversation(base_url, timeout=_PATIENCE_SECONDS) as conversation:
        return Talk(conversation.id, [conversation.say(text) for text in texts])


def _aspect(record: str | None, aspect: str | None) -> str | None:
    """Without an aspect the overview is answered, where there are aspects at all."""
    return (aspect or OVERVIEW) if record and kinds().get(record) in ASPECTS else None


def _words(message: Message) -> str:
    """Everything that can be read in a message."""
    blocks = json.dumps(message["blocks"], ensure_ascii=False) if message["blocks"] else ""
    return f"{message['text']}\n{blocks}"


def _understood(database: Path) -> dict[str, list[dict[str, Any]]]:
    """What was understood of each message of a user, in order, by conversation."""
    query = "SELECT conversation_id, understood FROM conversations_message WHERE author = 'user' ORDER BY id"
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as log:
        for conversation, understood in log.execute(query):
            found[str(uuid.UUID(conversation))].append(json.loads(understood) if understood else {})
    return found
