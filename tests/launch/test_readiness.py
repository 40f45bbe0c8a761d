"""Ready means that everything answers; not ready says why, with the end of the right log."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.launch import ports, readiness
from bot.launch.processes import Process
from bot.launch.readiness import CANARY_STEP, NotReady, Watch


class Healthy(BaseHTTPRequestHandler):
    """Answers 200 on /healthz and 503 elsewhere."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 503)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Tests stay silent."""


@pytest.fixture
def server() -> Iterator[str]:
    """Address of a server that runs."""
    http = HTTPServer(("127.0.0.1", 0), Healthy)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()


def watch(logs: Path, *healths: str | None, deaths: dict[str, int] | None = None) -> Watch:
    processes = [Process(f"p{number}", ("true",), {}, health) for number, health in enumerate(healths)]
    return Watch(processes, "http://127.0.0.1:9", logs, deaths or {})


def test_all_answer_then_the_canary(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "answers", lambda site: True)
    reports: list[list[str]] = []
    watch(tmp_path, f"{server}/healthz", None).wait(lambda names: reports.append(list(names)), limit=5)
    assert reports == [["p0"], ["p0", CANARY_STEP]]


def test_running_processes_without_a_sourced_answer_are_not_ready(server: str, tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="no sourced answer"):
        watch(tmp_path, f"{server}/healthz").wait(lambda _: None, limit=0.5)


def test_the_silent_process_is_named(server: str, tmp_path: Path) -> None:
    (tmp_path / "p1.log").write_text("disk full\n")
    watched = watch(tmp_path, f"{server}/healthz", f"{server}/other")
    with pytest.raises(NotReady, match=r"p1 does not answer:\ndisk full"):
        watched.wait(lambda _: None, limit=0.5)


def test_a_process_that_keeps_ending_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "p0.log").write_text("model not found\n")
    nowhere = f"http://127.0.0.1:{ports.free()}/"
    with pytest.raises(NotReady, match=r"p0 ended 3 times while starting:\nmodel not found"):
        watch(tmp_path, nowhere, deaths={"p0": 3}).wait(lambda _: None, limit=60)
