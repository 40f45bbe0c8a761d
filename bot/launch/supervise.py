"""Keeps the product's processes running: starts them side by side, logs them, restarts what dies, stops all.

Each process has a small keeper (forked by honcho): it restarts a process that ends by itself, with a growing
pause, and ends the process and its children when told to, or when this supervisor is gone, however it went.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.queues import Queue
from types import FrameType

import honcho.manager
import honcho.process
from honcho.printer import Message

from bot.launch.logs import Death, Logs
from bot.launch.orphans import die_with_parent
from bot.launch.processes import Process

# Seconds between the death of a process and its next start; the last one stays until it has run a while.
PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
STEADY_SECONDS = 60.0
# What a process gets to end by itself before it is killed.
PATIENCE_SECONDS = 4.0


class Keeper(honcho.process.Process):  # type: ignore[misc]
    """Runs one process again and again until it is told to stop; lives in its own forked process."""

    def __init__(self, cmd: Sequence[str], **options: object) -> None:
        super().__init__(cmd, **options)
        # Made here, in the supervisor, whose end it watches.
        self._arm = die_with_parent(signal.SIGTERM)
        self._stopping = False
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, events: Queue[Message] | None = None, ignore_signals: bool = False) -> None:
        """Called by honcho in the fork; sends 'start', every line of output, each death, and 'stop'."""
        del ignore_signals  # The keeper handles its signals itself.
        self._events = events
        supervisor = os.getppid()
        # A group of its own: Ctrl-C in the terminal reaches the supervisor only, which then stops all.
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._stop)
        self._arm()
        self._send_message({"pid": os.getpid()}, type="start")
        code = self._keep()
        if os.getppid() != supervisor:
            # Nobody reads the queue any more; waiting for it to drain would hang.
            os._exit(0)
        self._send_message({"returncode": code}, type="stop")

    def _keep(self) -> int:
        """Run the process until told to stop; returns its last exit code."""
        deaths, code = 0, 0
        while not self._told_to_stop():
            begun = time.monotonic()
            code = self._run_once()
            if self._told_to_stop():
                break
            deaths = 1 if time.monotonic() - begun > STEADY_SECONDS else deaths + 1
            pause = PAUSES[min(deaths, len(PAUSES)) - 1]
            self._send_message(Death(self.name, code, pause))
            wake = time.monotonic() + pause
            while not self._told_to_stop() and time.monotonic() < wake:
                time.sleep(0.1)
        return code

    def _run_once(self) -> int:
        """Start the process, pass its output on, return its exit code; nothing of its group is left."""
        process = subprocess.Popen(
            self.cmd,
            env=self.env,
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )
        self._process = process
        if self._told_to_stop():
            self._end(process)
        reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        reader.start()
        process.wait()
        # Children it left would hold the ports and the output pipe.
        _signal_group(process.pid, signal.SIGKILL)
        reader.join(2)
        return process.returncode

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in iter(process.stdout.readline, b""):
            self._send_message(line)

    def _told_to_stop(self) -> bool:
        """Changes under way: a signal sets it."""
        return self._stopping

    def _stop(self, _signum: int, _frame: FrameType | None) -> None:
        self._stopping = True
        if self._process is not None:
            self._end(self._process)

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Ask the process to end; a timer forces it."""
        _signal_group(process.pid, signal.SIGTERM)
        timer = threading.Timer(PATIENCE_SECONDS, _signal_group, (process.pid, signal.SIGKILL))
        timer.daemon = True
        timer.start()


class Supervisor(honcho.manager.Manager):  # type: ignore[misc]
    """honcho's manager with keepers. `loop()` blocks until SIGINT, SIGTERM, SIGHUP or `terminate()`."""

    def __init__(self, processes: Sequence[Process], logs: Logs, when_started: Callable[[], None]) -> None:
        super().__init__(printer=logs)
        self._process_ctor = Keeper
        self._when_started = when_started
        for process in processes:
            self.add_process(process.name, process.command, env=process.environment, cwd=str(process.folder))

    def loop(self) -> None:
        """Start everything and keep it running."""
        signal.signal(signal.SIGHUP, lambda _signum, _frame: self.terminate())
        super().loop()

    def kill(self) -> None:
        """Force all keepers that are still there; a killed one cannot report its end any more."""
        super().kill()
        for process in self._processes.values():
            process.setdefault("returncode", -signal.SIGKILL)

    def _start(self) -> None:
        super()._start()
        # Threads may start from here on: all keepers are forked.
        self._when_started()


def _signal_group(group: int, signum: int) -> None:
    try:
        os.killpg(group, signum)
    except (ProcessLookupError, PermissionError):
        # Already gone; macOS says so by PermissionError.
        return
