"""No process outlives the one that started it: the kernel's parent-death signal, and a search for survivors.

Linux only; elsewhere the signal is not set and nothing is found, and the ordinary stop does the work.
Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

# Every process of an installation carries its data folder here, so survivors are recognised by it.
MARK = "HEZA_INSTALLATION"
NAME = "HEZA_PROCESS"

_PR_SET_PDEATHSIG = 1


def die_with_parent(signum: int = signal.SIGKILL) -> Callable[[], None]:
    """A function for a new child to call: it gets `signum` when the process that made the function ends.

    The kernel watches the thread that forked, so children are started from main threads only.
    """
    return partial(follow, os.getpid(), signum)


def follow(parent: int, signum: int) -> None:
    """From now on this process gets `signum` when its parent ends; at once when that has already happened."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signum)


def marked(installation: str) -> dict[int, str]:
    """Processes that carry the mark of the installation, this one not among them: id → name."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        try:
            pairs = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        environment = dict(pair.decode("utf-8", "replace").partition("=")[::2] for pair in pairs)
        if environment.get(MARK) == installation and pid != os.getpid() and _runs(pid):
            found[pid] = environment.get(NAME, "")
    return found


def end(processes: Iterable[int], patience: float = 5.0) -> list[int]:
    """Ask the processes to end, force those that do not in `patience` seconds; returns what still runs."""
    pids = list(processes)
    for signum, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 2.0)):
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signum)
        deadline = time.monotonic() + seconds
        while pids and time.monotonic() < deadline:
            pids = [pid for pid in pids if _runs(pid)]
            time.sleep(0.05)
    return pids


def _runs(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rsplit(b")", 1)[1].split()[0] != b"Z"
    except OSError:
        return False
