"""Log lines for people and, as JSON, for programs: neither tells more of an error than its kind and place.

An error's own text may quote what somebody wrote, and a database's the row it is about.
"""

from __future__ import annotations

import copy
import json
import logging
from datetime import datetime, timezone
from types import TracebackType


class JsonLines(logging.Formatter):
    """`time` (UTC), `level`, `logger`, `message`; where there is one, `conversation`, and `error`'s place."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "conversation": getattr(record, "conversation", None),
            "error": _error(record),
        }
        return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """Time, level, logger and message, then an error's kind and place in brackets."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        error = _error(record)
        # A copy: other handlers have formatters of their own.
        bare = copy.copy(record)
        bare.exc_info = bare.exc_text = bare.stack_info = None
        line = super().format(bare)
        return f"{line} ({error})" if error else line


def place_of(error: BaseException) -> str:
    """'ValueError at bot/conversations/door.py:88'."""
    return _place(type(error), error.__traceback__)


def _error(record: logging.LogRecord) -> str | None:
    kind, _, trace = record.exc_info or (None, None, None)
    return _place(kind, trace) if kind else None


def _place(kind: type[BaseException], trace: TracebackType | None) -> str:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (
        f"{kind.__name__} at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        if trace
        else kind.__name__
    )
