"""Faults of actions: a log line with the conversation's id and a running count, never the user's text."""

from __future__ import annotations

import logging
import threading
from collections import Counter

logger = logging.getLogger(__name__)

_lock = threading.Lock()
_counts: Counter[str] = Counter()


def note(action: str, conversation: str, error: BaseException) -> int:
    """Log a fault of an action; how many that action has had since the process began."""
    with _lock:
        _counts[action] += 1
        count = _counts[action]
    logger.error("fault action=%s conversation=%s count=%d", action, conversation, count, exc_info=error)
    return count


def count(action: str) -> int:
    """How many faults an action has had since the process began."""
    return _counts[action]
