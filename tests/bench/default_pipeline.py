"""Rasa's default pipeline on the same data and rules, with the same actions: what ours is measured against.

It is asked at Rasa's own REST channel, without a gateway in front, which is in its favour.
"""

from __future__ import annotations

import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from bot.common.settings import ROOT, Settings
from bot.launch import memory, ports
from bot.launch.orphans import die_with_parent
from bot.launch.processes import RASA_PYTHON, rasa_environment
from tests.bench.training import Trained
from tests.waiting import wait_until

_START_SECONDS = 600.0


class RestTalker:
    """A conversation over Rasa's REST channel."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=60, trust_env=False)
        self._sender = uuid.uuid4().hex

    def say(self, text: str) -> object:
        """Rasa's messages."""
        body = {"sender": self._sender, "message": text}
        return self._http.post("/webhooks/rest/webhook", json=body).raise_for_status().json()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()


@dataclass(frozen=True)
class Running:
    """The default pipeline, answering."""

    base_url: str
    started_in: float
    pid: int

    def begin(self) -> RestTalker:
        """A new conversation."""
        return RestTalker(self.base_url)

    def megabytes(self) -> float:
        """Memory of Rasa's process; the action server is ours."""
        return memory.megabytes([self.pid])


@contextmanager
def running(trained: Trained, settings: Settings, actions_port: str) -> Iterator[Running]:
    """Serve the model beside an action server that already runs."""
    port, folder = ports.free(), trained.path.parent
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    endpoints = f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n"
    (folder / "endpoints.yml").write_text(endpoints, encoding="utf-8")
    files = ("--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml"))
    address = ("--interface", "127.0.0.1", "--port", str(port))
    begun = time.monotonic()
    with (folder / "rasa.log").open("w") as log:
        process = subprocess.Popen(
            [RASA_PYTHON, "-m", "rasa", "run", "--quiet", "--model", trained.path, *files, *address],
            cwd=ROOT,
            env=rasa_environment(settings),
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(),
        )
    try:
        base_url = f"http://127.0.0.1:{port}"
        if not wait_until(lambda: _answers(base_url), _START_SECONDS):
            raise RuntimeError(f"the default pipeline does not answer, see {folder / 'rasa.log'}")
        yield Running(base_url, time.monotonic() - begun, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _answers(base_url: str) -> bool:
    talker = RestTalker(base_url)
    try:
        return bool(talker.say("hello"))
    except httpx.HTTPError:
        return False
    finally:
        talker.close()
