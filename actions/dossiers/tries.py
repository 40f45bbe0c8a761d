"""Few wrong tries for each code, in whatever conversation they are made: PINs are short."""

from __future__ import annotations

import threading
import time
from collections import deque

MOST = 10
WINDOW_SECONDS = 3600.0
# Codes remembered at once; beyond that the oldest tries go first.
_MOST_CODES = 10_000


class Tries:
    """Counts in this process; a start begins anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: dict[str, deque[float]] = {}

    def too_many(self, code: str) -> bool:
        """Whether this code has had its wrong tries within the hour."""
        with self._lock:
            times = self._wrong.get(code, deque())
            while times and times[0] < time.monotonic() - WINDOW_SECONDS:
                times.popleft()
            return len(times) >= MOST

    def count(self, code: str) -> None:
        """A wrong try."""
        with self._lock:
            # Taken out and put back, so that the first one is the one longest left alone.
            times = self._wrong.pop(code, deque(maxlen=MOST))
            times.append(time.monotonic())
            self._wrong[code] = times
            if len(self._wrong) > _MOST_CODES:
                del self._wrong[next(iter(self._wrong))]
