"""Memory of the running product, as the kernel counts it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def megabytes(pids: Iterable[int]) -> float:
    """Proportional set size of the processes together: a shared page counts once, split among its sharers."""
    return sum(_kilobytes(pid) for pid in pids) / 1024


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
