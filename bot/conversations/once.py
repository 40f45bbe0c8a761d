"""What the assistant is told once and nobody keeps: a message with the PIN that is masked in the stored one.

It is in this process's memory between taking the message and asking the assistant. A message that is asked
later, or by another process, is asked as it is stored, and the assistant asks for the PIN again.
"""

from __future__ import annotations

import threading
import time

# As long as a request may wait for its turn.
_SECONDS = 60.0
_lock = threading.Lock()
_texts: dict[int, tuple[float, str]] = {}


def keep(message_id: int, text: str) -> None:
    """Remember the text until it is taken, for a minute at most."""
    now = time.monotonic()
    with _lock:
        for stale in [key for key, (until, _) in _texts.items() if until < now]:
            del _texts[stale]
        _texts[message_id] = (now + _SECONDS, text)


def take(message_id: int) -> str | None:
    """The text, the first time."""
    with _lock:
        until, text = _texts.pop(message_id, (0.0, None))
    return text if until >= time.monotonic() else None
