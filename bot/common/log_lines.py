"""Log lines as JSON, one object a line, for programs that collect them."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timezone


class JsonLines(logging.Formatter):
    """`time` (UTC), `level`, `logger`, `message`; where there is one, `conversation`, and `error`'s place.

    An error's own text is left out: it may quote what somebody wrote.
    """

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


def _error(record: logging.LogRecord) -> str | None:
    """'ValueError at bot/conversations/door.py:88'."""
    kind, _, trace = record.exc_info or (None, None, None)
    if kind is None:
        return None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (
        f"{kind.__name__} at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        if trace
        else kind.__name__
    )
