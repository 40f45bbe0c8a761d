"""Ends the product that runs behind, and tells how it stands."""

from __future__ import annotations

import os
import signal
import time

from rich.console import Console
from rich.table import Table

from bot.common.settings import Settings
from bot.launch import memory, orphans, processes, readiness
from bot.launch.state import SERVING, Lock, StateFile
from bot.launch.up import addresses, log_folder

STOP_SECONDS = 15.0


def stop(settings: Settings) -> int:
    """End everything that serves this data folder; 0 when nothing is left, 1 naming what is."""
    lock, state_file = Lock(settings.data_dir, SERVING), StateFile(settings.data_dir)
    state = state_file.read()
    was_running = lock.is_held()
    if was_running and state is not None:
        os.kill(state.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while lock.is_held() and time.monotonic() < deadline:
            time.sleep(0.1)
    left = orphans.end(orphans.marked(str(settings.data_dir)))
    if left:
        print(f"still running: process {', '.join(map(str, left))}")
        return 1
    state_file.remove()
    print("stopped; no process is left" if was_running else "nothing was running")
    return 0


def status(settings: Settings) -> int:
    """Print what runs and whether it answers; 0 when all does, 3 (as init scripts say) when none runs."""
    state = StateFile(settings.data_dir).read()
    if state is None or not Lock(settings.data_dir, SERVING).is_held():
        print("not running" + (f"; the last start failed:\n{state.reason}" if state and state.reason else ""))
        return 3
    table = Table(box=None, pad_edge=False)
    for title in ("process", "state", "log"):
        table.add_column(title)
    well = state.phase == "ready"
    for process in processes.all_of(settings):
        healthy = process.health is None or readiness.is_healthy(process.health)
        well = well and healthy
        word = "no address" if process.health is None else "answers" if healthy else "does not answer"
        table.add_row(process.name, word, str(log_folder(settings) / f"{process.name}.log"))
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    used = memory.megabytes({state.pid, *orphans.marked(str(settings.data_dir))})
    console.print(f"{state.phase}; supervisor is process {state.pid}; memory of all {used:.0f} MB")
    console.print(addresses(settings).removeprefix("Ready.").strip())
    return 0 if well else 1
