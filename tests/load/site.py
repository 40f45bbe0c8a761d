"""The site as its own process, with a database of its own and a played assistant."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.common.settings import ROOT
from bot.launch import ports
from bot.launch.readiness import is_healthy
from tests.conversations.fake_door import FakeDoor
from tests.waiting import wait_until

_SECRET = "only-for-tests-" * 3
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Site:
    """A running site on loopback."""

    base_url: str
    pid: int
    door: FakeDoor

    def megabytes(self) -> float:
        """Its resident memory."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def cpu_seconds(self) -> float:
        """Processor time it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def running(data_dir: Path) -> Iterator[Site]:
    """Start a site with its data in this folder; stopped at the end of the block."""
    door, port = FakeDoor(_SECRET), ports.free()
    environment = {
        **os.environ,
        "HEZA_DATA_DIR": str(data_dir),
        "HEZA_SECRET": _SECRET,
        "HEZA_RASA_URL": door.url,
        "HEZA_PORT": str(port),
        "HEZA_METRICS_PORT": "0",
        "HEZA_RATE_LIMIT_PER_MINUTE": "0",
    }
    migrate = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    serve = [sys.executable, "-m", "uvicorn", "bot.web.asgi:application", "--port", str(port)]
    quiet = ["--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "1"]
    process = subprocess.Popen([*serve, *quiet], cwd=ROOT, env=environment)
    door.open()
    try:
        base_url = f"http://127.0.0.1:{port}"
        assert wait_until(lambda: is_healthy(f"{base_url}/healthz"), 60)
        yield Site(base_url, process.pid, door)
    finally:
        process.terminate()
        process.wait(20)
        door.shut()
