"""The whole product on free ports and its own data folder, started by its launcher, for tests and benches.

The database is prepared once under `var/stack/prepared` and copied for every stack, so each one starts with
the seeded records and nothing else.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.common.settings import ROOT
from bot.launch import logs, memory, orphans, ports
from bot.launch.client import Conversation
from bot.launch.processes import WEB_PYTHON
from bot.launch.readiness import is_healthy
from bot.launch.state import State, StateFile
from tests.waiting import wait_until

HOME = ROOT / "var" / "stack"
START_SECONDS = 200.0


@dataclass
class Stack:
    """A running product; every address is on loopback."""

    data_dir: Path
    environment: dict[str, str]
    supervisor: int
    started_in: float

    @property
    def base_url(self) -> str:
        """The site, without a trailing slash."""
        return f"http://127.0.0.1:{self.environment['HEZA_PORT']}"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data_dir / "heza.sqlite3"

    def conversation(self, language: str | None = None, timeout: float = 30.0) -> Conversation:
        """A new conversation over the public API."""
        return Conversation(self.base_url, language, timeout)

    def log(self, name: str, lines: int = 30) -> str:
        """The end of a process's log."""
        return logs.last_lines(self.data_dir / "logs", name, lines)

    def megabytes(self) -> float:
        """Memory of all processes together."""
        return memory.megabytes({self.supervisor, *orphans.marked(str(self.data_dir))})

    def manage(self, *arguments: str, password: str = "") -> str:
        """Run a management command on this stack's database; its output. `password`: for a new user."""
        command = [str(WEB_PYTHON), "manage.py", *arguments]
        environment = {**self.environment, "DJANGO_SUPERUSER_PASSWORD": password}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """The named process is down (its port refuses) inside the block; afterwards it answers again."""
        pid = self._process(name)
        keeper = _parent(pid)
        # A stopped keeper cannot start its process again.
        os.kill(keeper, signal.SIGSTOP)
        try:
            os.killpg(pid, signal.SIGKILL)
            assert wait_until(lambda: name not in orphans.marked(str(self.data_dir)).values())
            yield
        finally:
            os.kill(keeper, signal.SIGCONT)
            self.wait_for(name)

    @contextmanager
    def paused(self, name: str) -> Iterator[None]:
        """The named process hangs inside the block: it takes connections but does nothing."""
        pid = self._process(name)
        os.killpg(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(pid, signal.SIGCONT)
            self.wait_for(name)

    def restart(self, name: str) -> None:
        """Kill the named process without warning; return when its successor answers."""
        with self.without(name):
            pass

    def wait_for(self, name: str, seconds: float = 90.0) -> None:
        """Return when the named process answers; the worker, which has no address, when it runs."""
        health = {
            "web": f"{self.base_url}/healthz",
            "rasa": f"http://127.0.0.1:{self.environment['HEZA_RASA_PORT']}/webhooks/heza/health",
            "actions": f"http://127.0.0.1:{self.environment['HEZA_ACTIONS_PORT']}/health",
        }.get(name)

        def back() -> bool:
            return is_healthy(health) if health else name in orphans.marked(str(self.data_dir)).values()

        assert wait_until(back, seconds), f"{name} did not come back:\n{self.log(name)}"

    def _process(self, name: str) -> int:
        """Id of the named process, the leader of its group."""
        found = [pid for pid, named in orphans.marked(str(self.data_dir)).items() if named == name]
        return next(pid for pid in found if os.getpgid(pid) == pid)


def installation(name: str, settings: Mapping[str, str] | None = None) -> tuple[Path, dict[str, str]]:
    """A data folder of its own with everything prepared, and the environment that goes with it."""
    data_dir = HOME / name
    _end(data_dir)
    _copy(_prepared(), data_dir)
    return data_dir, {**os.environ, **_settings(data_dir), **(settings or {})}


@contextmanager
def running(name: str, settings: Mapping[str, str] | None = None) -> Iterator[Stack]:
    """Start a stack under `var/stack/<name>` with further settings, stop it at the end of the block."""
    data_dir, environment = installation(name, settings)
    environment |= {orphans.MARK: str(data_dir), orphans.NAME: "supervisor"}
    begun = time.monotonic()
    with (data_dir / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [str(WEB_PYTHON), "-m", "bot.launch", "serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=orphans.die_with_parent(signal.SIGTERM),
        )
    try:
        _wait_until_ready(process, data_dir)
        started_in = time.monotonic() - begun
        yield Stack(data_dir, environment, process.pid, started_in)
    finally:
        process.terminate()
        process.wait(30)
        left = orphans.marked(str(data_dir))
        _end(data_dir)
    assert not left, f"left after the stop: {left}"


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """One running product for all tests of a session."""
    with running("session") as started:
        yield started


def _wait_until_ready(process: subprocess.Popen[bytes], data_dir: Path) -> None:
    def state() -> State | None:
        return StateFile(data_dir).read()

    def settled() -> bool:
        now = state()
        return process.poll() is not None or (now is not None and now.phase != "starting")

    settled_in_time = wait_until(settled, START_SECONDS)
    now = state()
    if not settled_in_time or now is None or now.phase != "ready":
        raise RuntimeError("the product did not start:\n" + (data_dir / "serve.log").read_text())


def _prepared() -> Path:
    """A data folder with the seeded database; the model is trained on the way when there is none."""
    data_dir = HOME / "prepared"
    data_dir.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "HEZA_DATA_DIR": str(data_dir)}
    command = [str(WEB_PYTHON), "-m", "bot.launch", "prepare"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the product could not be prepared:\n{done.stdout}{done.stderr}")
    return data_dir


def _copy(prepared: Path, data_dir: Path) -> None:
    shutil.rmtree(data_dir, ignore_errors=True)
    # Logs and locks belong to the run that made them.
    shutil.copytree(prepared, data_dir, ignore=shutil.ignore_patterns("logs", "*.lock", "launch.json"))


def _settings(data_dir: Path) -> dict[str, str]:
    return {
        "HEZA_DATA_DIR": str(data_dir),
        "HEZA_PORT": str(ports.free()),
        "HEZA_RASA_PORT": str(ports.free()),
        "HEZA_ACTIONS_PORT": str(ports.free()),
        "HEZA_METRICS_PORT": str(ports.free()),
        "HEZA_RATE_LIMIT_PER_MINUTE": "0",
        # Review dates must not pass while the tests grow older.
        "HEZA_TODAY": "2026-11-25",
        "TELEGRAM_TOKEN": "",
        "TELEGRAM_BOT": "",
    }


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def _end(data_dir: Path) -> None:
    """What an interrupted run may have left."""
    orphans.end(orphans.marked(str(data_dir)))


if __name__ == "__main__":
    # Before the tests that need it.
    _prepared()
