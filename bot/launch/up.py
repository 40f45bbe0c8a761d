"""Runs the product: in front (`make up`) until Ctrl-C, or behind (`make start`), watched until it answers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from bot.common import rasa_address
from bot.common.settings import ROOT, Settings
from bot.launch import orphans, ports, processes
from bot.launch.logs import Logs, last_lines
from bot.launch.prepare import prepare
from bot.launch.progress import Terminal
from bot.launch.readiness import NotReady, Watch
from bot.launch.state import SERVING, Lock, Phase, State, StateFile
from bot.launch.supervise import Supervisor


def up(settings: Settings) -> int:
    """Prepare, then serve in front; returns the exit code after everything has stopped."""
    orphans.follow(os.getppid(), signal.SIGTERM)
    _make_ready(settings)
    return serve(settings)


def start(settings: Settings) -> int:
    """Prepare in front, serve behind; returns 0 once it answers, 1 with the reason when it does not."""
    _make_ready(settings)
    StateFile(settings.data_dir).remove()
    with (log_folder(settings) / "supervisor.log").open("w", encoding="utf-8") as output:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "bot.launch", "serve"],
            cwd=ROOT,
            env=processes.marked("supervisor", processes.environment_of(settings), settings),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    with Terminal() as terminal:
        try:
            return _follow(settings, terminal, supervisor)
        except KeyboardInterrupt:
            supervisor.terminate()
            supervisor.wait()
            raise


def serve(settings: Settings) -> int:
    """Run all processes until told to stop; the state file says how it stands."""
    with Lock(settings.data_dir, SERVING):
        # What a supervisor left that was killed on a system without parent-death signals.
        orphans.end(orphans.marked(str(settings.data_dir)))
        # A second Rasa process, if there was one, is gone with them.
        rasa_address.clear(settings)
        run = _Run(settings)
        try:
            run.supervisor.loop()
        finally:
            run.terminal.close()
            orphans.end(orphans.marked(str(settings.data_dir)))
            if not run.failure:
                run.state_file.remove()
    return 1 if run.failure else 0


def log_folder(settings: Settings) -> Path:
    """Where every process writes its log."""
    folder = settings.data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def addresses(settings: Settings) -> str:
    """What to open, for the person at the terminal."""
    site = settings.site_url
    return f"Ready.  Site {site}/   API {site}/api/docs   staff {site}/staff/   chat here: make chat"


class _Run:
    """The supervisor, and the thread that watches the product come up and says so."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.terminal = Terminal()
        self.state_file = StateFile(settings.data_dir)
        self.failure = ""
        running = processes.all_of(settings)
        logs = Logs(log_folder(settings), tell=self.terminal.say)
        self._names = tuple(process.name for process in running)
        self._watch = Watch(running, settings.site_url, log_folder(settings), logs.deaths)
        self.supervisor = Supervisor(running, logs, self._started)

    def _started(self) -> None:
        self.terminal.open()
        self._report(())
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        try:
            self._watch.wait(self._report)
        except NotReady as error:
            self.failure = str(error)
            self._write("failed")
            self.terminal.close()
            self.terminal.say(self.failure)
            self.supervisor.terminate()
            return
        self._write("ready")
        self.terminal.done("processes", ", ".join(self._names))
        self.terminal.close()
        self.terminal.say(addresses(self._settings))

    def _report(self, answering: Sequence[str]) -> None:
        self._write("starting")
        self.terminal.at("processes", len(answering) / self._watch.steps, _answering(answering))

    def _write(self, phase: Phase) -> None:
        answering = tuple(self._watch.answering)
        self.state_file.write(
            State(os.getpid(), phase, answering, self._watch.steps, self.failure, self._names)
        )


def _make_ready(settings: Settings) -> None:
    """Tables, records and model; raises what stands in the way, with the way out in its message."""
    with Lock(settings.data_dir, SERVING):
        pass  # Free: nothing serves this data folder.
    ports.check(processes.ports_of(settings))
    prepare(settings)


def _follow(settings: Settings, terminal: Terminal, supervisor: subprocess.Popen[bytes]) -> int:
    """Show the background supervisor's progress until it is ready or gone."""
    state_file = StateFile(settings.data_dir)
    while True:
        gone = supervisor.poll() is not None
        state = state_file.read()
        if state is not None and state.phase == "ready":
            terminal.done("processes", ", ".join(state.processes))
            terminal.say(addresses(settings) + "   end: make stop")
            return 0
        if gone:
            failed = state is not None and state.phase == "failed"
            terminal.say(state.reason if state and failed else last_lines(log_folder(settings), "supervisor"))
            return 1
        if state is not None:
            terminal.at("processes", len(state.answering) / state.steps, _answering(state.answering))
        time.sleep(0.1)


def _answering(names: Sequence[str]) -> str:
    return ("answering: " + ", ".join(names)) if names else ""
