"""The site as processes of its own, with a database of its own and a played assistant."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bot.common.settings import ROOT
from bot.launch import ports
from bot.launch.readiness import is_healthy
from tests.conversations.fake_door import FakeDoor
from tests.waiting import wait_until

_SECRET = "only-for-tests-" * 3
_TICKS = os.sysconf("SC_CLK_TCK")
_POSTGRESQL = "postgresql://root@127.0.0.1:5432"


@dataclass(frozen=True)
class Site:
    """A running process of the site on loopback."""

    base_url: str
    pid: int

    def megabytes(self) -> float:
        """Its resident memory."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def cpu_seconds(self) -> float:
        """Processor time it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def running(
    data_dir: Path, servers: Mapping[str, str] | None = None, processes: int = 1
) -> Iterator[list[Site]]:
    """Start processes of one site with its data in this folder; stopped at the end of the block.

    `servers`: settings that name a database or Redis.
    """
    door = FakeDoor(_SECRET)
    environment = {
        **os.environ,
        "HEZA_DATA_DIR": str(data_dir),
        "HEZA_SECRET": _SECRET,
        "HEZA_RASA_URL": door.url,
        "HEZA_METRICS_PORT": "0",
        "HEZA_RATE_LIMIT_PER_MINUTE": "0",
        **(servers or {}),
    }
    migrate = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    door.open()
    try:
        with ExitStack() as stack:
            yield [stack.enter_context(_process(environment)) for _ in range(processes)]
    finally:
        door.shut()


@contextmanager
def _process(environment: Mapping[str, str]) -> Iterator[Site]:
    port = ports.free()
    serve = [sys.executable, "-m", "uvicorn", "bot.web.asgi:application", "--port", str(port)]
    quiet = ["--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "1"]
    process = subprocess.Popen([*serve, *quiet], cwd=ROOT, env={**environment, "HEZA_PORT": str(port)})
    try:
        base_url = f"http://127.0.0.1:{port}"
        assert wait_until(lambda: is_healthy(f"{base_url}/healthz"), 60)
        yield Site(base_url, process.pid)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def postgresql() -> Iterator[str]:
    """Address of a new database on the local server; dropped at the end of the block."""
    name = f"heza_load_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{_POSTGRESQL}/test", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{_POSTGRESQL}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
