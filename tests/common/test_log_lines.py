from __future__ import annotations

import json
import logging
import sys
from typing import Any

from bot.common.log_lines import JsonLines, PlainLines, place_of


def line(message: str, *arguments: object, error: bool = False, **extra: object) -> Any:
    record = logging.makeLogRecord(
        {"name": "bot", "levelname": "WARNING", "msg": message, "args": arguments, **extra}
    )
    record.exc_info = sys.exc_info() if error else None
    text = JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_a_line_names_its_conversation() -> None:
    read = line("assistant not there\n(%s)", "ConnectError", conversation="42")
    assert read.pop("time").endswith("+00:00")
    assert read == {
        "level": "WARNING",
        "logger": "bot",
        "message": "assistant not there\n(ConnectError)",
        "conversation": "42",
    }


def test_an_error_is_told_by_kind_and_place_alone() -> None:
    try:
        raise ValueError("what somebody wrote")
    except ValueError:
        read = line("failed", error=True)
    assert read["error"].startswith("ValueError at ")
    assert "test_log_lines.py:" in read["error"]
    assert "somebody" not in json.dumps(read)


def test_people_read_no_more_of_an_error_than_programs() -> None:
    record = logging.makeLogRecord({"name": "bot", "levelname": "ERROR", "msg": "failed %d", "args": (1,)})
    try:
        raise ValueError("DETAIL: Failing row contains (what somebody wrote)")
    except ValueError as error:
        record.exc_info = sys.exc_info()
        record.stack_info = "somebody's frame"
        place = place_of(error)
    line = PlainLines().format(record)
    assert line.endswith(f" ERROR bot failed 1 ({place})")
    assert place.startswith("ValueError at ")
    assert "somebody" not in line
    assert record.exc_info is not None
