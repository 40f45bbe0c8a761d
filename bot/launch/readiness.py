"""Waits until the product really answers: each process's health, then a question through the whole path."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

import httpx

from bot.launch.client import Conversation
from bot.launch.logs import last_lines
from bot.launch.processes import Process

LIMIT_SECONDS = 180.0
# A process that ends this often before the product answers will not come up.
TOO_MANY_DEATHS = 3
CANARY = "How long does an investment registration certificate take?"
CANARY_STEP = "answer"


class NotReady(Exception):
    """The product did not come up; the message says which process and shows the end of its log."""


class Watch:
    """Looks at the starting processes; `answering` grows until it holds all of them and the canary."""

    def __init__(
        self, processes: Sequence[Process], site_url: str, logs: Path, deaths: Mapping[str, int]
    ) -> None:
        self._processes, self._site_url = processes, site_url
        self._logs, self._deaths = logs, deaths
        self.answering: list[str] = []

    @property
    def steps(self) -> int:
        """How many entries `answering` has when all is ready."""
        return sum(process.health is not None for process in self._processes) + 1

    def wait(self, report: Callable[[Sequence[str]], None], limit: float = LIMIT_SECONDS) -> None:
        """Return when all answer; raises `NotReady` when a process keeps ending or the time is over."""
        deadline = time.monotonic() + limit
        while len(self.answering) < self.steps:
            news = self._look()
            if news:
                self.answering += news
                report(self.answering)
                continue
            self._give_up_if_hopeless(deadline)
            time.sleep(0.2)

    def _look(self) -> list[str]:
        waiting = [p for p in self._processes if p.health and p.name not in self.answering]
        if waiting:
            return [process.name for process in waiting if process.health and is_healthy(process.health)]
        return [CANARY_STEP] if answers(self._site_url) else []

    def _give_up_if_hopeless(self, deadline: float) -> None:
        for name, count in self._deaths.items():
            if count >= TOO_MANY_DEATHS:
                raise NotReady(f"{name} ended {count} times while starting:\n{last_lines(self._logs, name)}")
        if time.monotonic() > deadline:
            missing = [p.name for p in self._processes if p.health and p.name not in self.answering]
            if missing:
                raise NotReady(f"{missing[0]} does not answer:\n{last_lines(self._logs, missing[0])}")
            raise NotReady(
                f"All processes run, but a question got no sourced answer; see the logs in {self._logs}"
            )


def answers(site_url: str) -> bool:
    """Whether a real question, asked as an investor would, gets an answer with a source; leaves no trace."""
    try:
        with Conversation(site_url, "en", timeout=10) as conversation:
            messages = conversation.say(CANARY)
            conversation.erase()
    except (httpx.HTTPError, ValueError, KeyError):
        return False
    return any(message["author"] == "assistant" and message["sources"] for message in messages)


def is_healthy(address: str) -> bool:
    """Whether the address answers 200 within two seconds, asked directly whatever proxy is set."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            address, timeout=2.0
        ) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False
