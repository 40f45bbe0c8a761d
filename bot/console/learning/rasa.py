"""A second Rasa process beside the one in service, and whether a Rasa process answers as it should."""

from __future__ import annotations

import asyncio
import subprocess
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings

from bot.common.settings import ROOT
from bot.conversations import door
from bot.conversations.door import RasaFault, RasaUnavailable
from bot.conversations.wording import GATEWAY
from bot.launch import ports, processes
from bot.launch.logs import last_lines

NAME = "rasa-beside"
START_SECONDS = 150.0
# A process that is told to leave, or to make place, and the one that takes over.
RETURN_SECONDS = 180.0
LANGUAGES = ("vi", "en")


class NotStarted(Exception):
    """The process did not answer; the message holds the end of its log."""


@dataclass(frozen=True)
class Beside:
    """A running second process."""

    address: str
    process: subprocess.Popen[bytes]

    def end(self) -> None:
        """It is not needed."""
        self.process.terminate()
        self.process.wait()


def new_address() -> str:
    """Where a second process can listen."""
    return f"http://127.0.0.1:{ports.free()}"


def start_beside(model: Path, address: str) -> Beside:
    """Start Rasa with a model at a `new_address` and wait until it answers; raises `NotStarted`.

    It outlives this worker: investors are being answered by it.
    """
    rasa = processes.rasa(settings.HEZA, NAME, model, int(address.rpartition(":")[2]))
    logs = settings.HEZA.data_dir / "logs"
    with (logs / f"{NAME}.log").open("wb") as log:
        process = subprocess.Popen(
            rasa.command,
            cwd=ROOT,
            env=dict(rasa.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    if not wait_for(address, model.name, START_SECONDS, process):
        process.kill()
        process.wait()
        raise NotStarted(last_lines(logs, NAME, 8))
    return Beside(address, process)


def wait_for(
    address: str, model: str, seconds: float, process: subprocess.Popen[bytes] | None = None
) -> bool:
    """Whether a Rasa process with this model (the file's name) answers within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and (process is None or process.poll() is None):
        if model_at(address) == model:
            return True
        time.sleep(0.5)
    return False


def model_at(address: str) -> str | None:
    """The file name of the model that answers there; None when nothing does."""
    try:
        response = httpx.get(f"{address}/webhooks/heza/health", timeout=3.0, trust_env=False)
        response.raise_for_status()
        name: str = response.json()["model"]
    except (httpx.HTTPError, ValueError, KeyError):
        return None
    return name


def silent_canaries(address: str) -> list[str]:
    """The example questions of the chat that get no sourced answer at this address; [] when all is well."""
    return asyncio.run(_silent(address))


def leave(address: str) -> None:
    """Tell the process at the address to end; one that is gone already is as good."""
    asyncio.run(_leave(address))


async def _silent(address: str) -> list[str]:
    try:
        asked = [(text, language) for language in LANGUAGES for text in GATEWAY.many("examples", language)]
        return [text for text, language in asked if not await _is_answered(address, text, language)]
    finally:
        await door.close()


async def _is_answered(address: str, text: str, language: str) -> bool:
    # Under a number of its own, and forgotten at once; all processes share what they remember.
    stranger = uuid.uuid4()
    try:
        answered = await door.ask(stranger, 0, text, "", language, address)
        await door.forget(stranger)
    except (RasaUnavailable, RasaFault):
        return False
    return any(message.get("sources") for message in answered.messages)


async def _leave(address: str) -> None:
    try:
        await door.leave(address)
    except (RasaUnavailable, RasaFault):
        return
    finally:
        await door.close()
