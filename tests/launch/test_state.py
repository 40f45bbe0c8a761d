"""One supervisor a data folder; the lock goes with the process that held it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.common.settings import ROOT
from bot.launch.state import SERVING, AlreadyRunning, Lock, State, StateFile
from tests.waiting import wait_until

HOLD = (
    "import sys, time, pathlib\nfrom bot.launch.state import SERVING, Lock\n"
    "with Lock(pathlib.Path(sys.argv[1]), SERVING):\n    print('held', flush=True); time.sleep(60)\n"
)


def test_state_is_read_as_written(tmp_path: Path) -> None:
    state = State(12, "starting", ("web",), 4, "", ("web", "rasa"))
    StateFile(tmp_path).write(state)
    assert StateFile(tmp_path).read() == state
    StateFile(tmp_path).remove()
    assert StateFile(tmp_path).read() is None


def test_lock_is_exclusive_and_ends_with_its_holder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        lock = Lock(tmp_path, SERVING)
        assert lock.is_held()
        with pytest.raises(AlreadyRunning, match="make stop"), lock:
            pass
        holder.kill()
    assert wait_until(lambda: not lock.is_held(), 2)


def test_free_lock(tmp_path: Path) -> None:
    assert not Lock(tmp_path, SERVING).is_held()
