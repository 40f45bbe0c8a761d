"""The commands on the real product: ready in time, honest about what is in the way, nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.common.settings import ROOT
from bot.launch import orphans
from bot.launch.processes import RASA_PYTHON
from bot.launch.state import StateFile
from tests.stack import installation
from tests.waiting import wait_until

SECOND_START_SECONDS = 25.0
# On a slow machine: times what Rasa alone takes to be imported, of which nothing of ours can save a second.
SECOND_START_IMPORTS = 5.0


@dataclass(frozen=True)
class Installation:
    """A prepared data folder and its environment."""

    data_dir: Path
    environment: Mapping[str, str]

    def make(self, target: str) -> subprocess.CompletedProcess[str]:
        """Run a target of the Makefile."""
        return subprocess.run(
            ["make", target], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def left(self) -> dict[int, str]:
        """Processes of this installation."""
        return orphans.marked(str(self.data_dir))


@pytest.fixture
def installed() -> Iterator[Installation]:
    installed = Installation(*installation("commands"))
    yield installed
    orphans.end(installed.left())


def test_a_second_start_is_quick_and_a_stop_leaves_no_process(installed: Installation) -> None:
    # The first start in a copied folder looks after its records anew.
    first = installed.make("start")
    assert first.returncode == 0, first.stderr
    assert installed.make("stop").returncode == 0
    begun = time.monotonic()
    subprocess.run([RASA_PYTHON, "-c", "import rasa.server"], capture_output=True, check=True)
    imported = time.monotonic()
    started = installed.make("start")
    taken = time.monotonic() - imported
    assert started.returncode == 0, started.stderr
    assert f"Ready.  Site http://127.0.0.1:{installed.environment['HEZA_PORT']}/" in started.stderr
    assert {"rasa", "actions", "web", "worker", "supervisor"} <= set(installed.left().values())
    again = installed.make("start")
    assert again.returncode != 0
    assert "already runs" in again.stderr
    status = installed.make("status")
    assert status.returncode == 0
    assert re.search(r"rasa +answers", status.stdout)
    stopped = installed.make("stop")
    assert stopped.returncode == 0
    assert "no process is left" in stopped.stdout
    assert installed.left() == {}
    assert installed.make("status").returncode != 0
    assert taken <= max(SECOND_START_SECONDS, SECOND_START_IMPORTS * (imported - begun))


def test_ctrl_c_of_make_up_leaves_no_process(installed: Installation) -> None:
    with subprocess.Popen(
        ["make", "up"],
        cwd=ROOT,
        env=installed.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as make:
        assert wait_until(lambda: _is_ready(installed), 120)
        # A terminal sends it to everything in the foreground.
        os.killpg(make.pid, signal.SIGINT)
        make.wait(30)
    assert installed.left() == {}


def test_a_taken_port_is_named(installed: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        busy = Installation(installed.data_dir, {**installed.environment, "HEZA_ACTIONS_PORT": port})
        started = busy.make("start")
    assert started.returncode != 0
    assert f"Port {port} on 127.0.0.1 is taken by another program" in started.stderr
    assert "HEZA_ACTIONS_PORT=" in started.stderr
    assert installed.left() == {}


def _is_ready(installed: Installation) -> bool:
    state = StateFile(installed.data_dir).read()
    return state is not None and state.phase == "ready"
