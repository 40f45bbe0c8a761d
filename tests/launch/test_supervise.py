"""The supervisor on tiny processes: restarts, logs, and nothing left, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.common.settings import ROOT
from bot.launch import orphans
from tests.waiting import wait_until

# Processes as NAME=SHELL COMMAND, the log folder first; the mark is in the environment.
SUPERVISE = """
import os, sys
from pathlib import Path
from bot.launch.logs import Logs
from bot.launch.processes import Process
from bot.launch.supervise import Supervisor
commands = dict(argument.split("=", 1) for argument in sys.argv[2:])
tiny = [Process(name, ("/bin/sh", "-c", command), dict(os.environ)) for name, command in commands.items()]
tell = lambda text: print(text, flush=True)
Supervisor(tiny, Logs(Path(sys.argv[1]), tell), lambda: tell("started")).loop()
"""


class Tiny:
    """A supervisor of shell commands."""

    def __init__(self, logs: Path, *commands: str) -> None:
        self.logs, self.mark = logs, str(logs)
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE, str(logs), *commands],
            cwd=ROOT,
            env={**os.environ, orphans.MARK: self.mark},
            stdout=subprocess.PIPE,
            text=True,
        )

    def log(self, name: str) -> str:
        path = self.logs / f"{name}.log"
        return path.read_text() if path.exists() else ""

    def end(self, signum: int = signal.SIGTERM) -> str:
        """Send the signal, wait; what the supervisor told."""
        self.process.send_signal(signum)
        return self.process.communicate(timeout=15)[0]

    def running(self) -> set[int]:
        """Processes of the installation, the supervisor itself not counted."""
        return set(orphans.marked(self.mark)) - {self.process.pid}


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "logs"
    orphans.end(orphans.marked(str(tmp_path / "logs")), patience=0.5)


# A process with a child in the background: both have to go.
FAMILY = "family=sleep 600 & echo up; sleep 600"


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_leaves_no_process(logs: Path, signum: int) -> None:
    tiny = Tiny(logs, FAMILY, "other=echo up; exec sleep 600")
    assert wait_until(lambda: "up" in tiny.log("family") and "up" in tiny.log("other"))
    tiny.end(signum)
    assert tiny.running() == set()


def test_a_killed_supervisor_leaves_no_process(logs: Path) -> None:
    tiny = Tiny(logs, "deep=echo up; sleep 600 & sleep 600")
    assert wait_until(lambda: "up" in tiny.log("deep"))
    tiny.end(signal.SIGKILL)
    assert wait_until(lambda: tiny.running() == set())


def test_a_process_that_ignores_the_signal_is_forced(logs: Path) -> None:
    tiny = Tiny(logs, "stubborn=trap '' TERM; echo up; while :; do sleep 1; done")
    assert wait_until(lambda: "up" in tiny.log("stubborn"))
    tiny.end()
    assert tiny.running() == set()


def test_a_dead_process_is_named_and_started_again(logs: Path) -> None:
    tiny = Tiny(logs, "brief=echo begun; sleep 0.2; exit 3", "steady=echo up; exec sleep 600")
    assert wait_until(lambda: tiny.log("brief").count("begun") >= 2)
    before = tiny.running()
    told = tiny.end()
    assert "brief ended with code 3; it starts again in 0.5 s" in told
    assert "brief ended with code 3" in tiny.log("system")
    assert tiny.log("steady").count("up") == 1, "the others are left alone"
    assert before
    assert tiny.running() == set()


def test_a_killed_process_comes_back(logs: Path) -> None:
    tiny = Tiny(logs, "victim=echo $$; exec sleep 600")
    assert wait_until(lambda: tiny.log("victim"))
    first = int(tiny.log("victim").split()[0])
    os.kill(first, signal.SIGKILL)
    assert wait_until(lambda: len(tiny.log("victim").split()) == 2)
    assert first not in tiny.running()
    tiny.end()
    assert tiny.running() == set()
