"""Investors who keep asking while something is done to the product; every question must be answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle

from bot.launch.client import Conversation, Message
from tests.stack import Stack
from tests.waiting import wait_until

QUESTIONS = {
    "what is the fee for a work permit": "work_permit",
    "giấy phép lao động cần hồ sơ gì": "work_permit",
    "how large is Nam Cau Kien industrial park": "ip-nam-cau-kien",
    "khu công nghiệp Tràng Duệ rộng bao nhiêu": "ip-trang-due",
}
# Three who hardly pause take both cores from the training beside them.
_PAUSE_SECONDS = 1.0
_ANSWER_SECONDS = 60.0


@dataclass
class Crowd:
    """What was asked, and the questions that were not answered at once and right."""

    asked: int = 0
    late: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@contextmanager
def asking(stack: Stack, people: int = 3) -> Iterator[Crowd]:
    """So many people ask inside the block, one question after the other."""
    crowd, over, lock = Crowd(), threading.Event(), threading.Lock()
    threads = [
        threading.Thread(target=_ask, args=(stack, crowd, over, lock, number)) for number in range(people)
    ]
    for thread in threads:
        thread.start()
    try:
        yield crowd
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _ask(stack: Stack, crowd: Crowd, over: threading.Event, lock: threading.Lock, number: int) -> None:
    with stack.conversation(timeout=90) as conversation:
        questions = cycle([*list(QUESTIONS.items())[number:], *list(QUESTIONS.items())[:number]])
        while not over.is_set():
            text, record = next(questions)
            answers = conversation.say(text)
            at_once = _answered(answers)
            if not at_once and not wait_until(lambda: _last_is_answered(conversation), _ANSWER_SECONDS):
                with lock:
                    crowd.lost.append(text)
            with lock:
                crowd.asked += 1
                if not at_once:
                    crowd.late.append(text)
                elif record not in records(answers):
                    crowd.wrong.append(f"{text}: {records(answers)}")
            time.sleep(_PAUSE_SECONDS)


def records(messages: list[Message]) -> list[str]:
    """Ids of the records the messages cite."""
    return [source["record"] for message in messages for source in message["sources"]]


def _answered(messages: list[Message]) -> bool:
    return any(message["author"] == "assistant" for message in messages)


def _last_is_answered(conversation: Conversation) -> bool:
    history = conversation.history()
    last = max(int(message["id"]) for message in history if message["author"] == "user")
    return any(
        message["author"] == "assistant" and int(message["reply_to"] or 0) == last for message in history
    )
