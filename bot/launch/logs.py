"""Log files of the running processes, one each, and the news that the person at the terminal should see."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import NamedTuple

from honcho.printer import Message

LIMIT_BYTES = 5_000_000
KEPT_FILES = 3


class Death(NamedTuple):
    """A process ended by itself; it starts again after `pause` seconds."""

    name: str
    code: int
    pause: float


class Logs:
    """honcho's printer: writes `<folder>/<process>.log`, counts deaths and tells them."""

    # honcho sets it to the longest process name.
    width = 0

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder, self._tell = folder, tell
        self._loggers: dict[str, logging.Logger] = {}
        self.deaths: Counter[str] = Counter()
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, message: Message) -> None:
        """A line of a process, a death, or honcho's own word (under the name 'system')."""
        if isinstance(message.data, Death):
            death = message.data
            self.deaths[death.name] += 1
            self.news(f"{death.name} ended with code {death.code}; it starts again in {death.pause:g} s")
            return
        text = message.data.decode("utf-8", "replace") if isinstance(message.data, bytes) else message.data
        self._logger(message.name).info(text.rstrip("\n"))

    def news(self, text: str) -> None:
        """Told at once, and kept in system.log."""
        self._logger("system").info(text)
        self._tell(text)

    def _logger(self, name: str) -> logging.Logger:
        if name not in self._loggers:
            handler = RotatingFileHandler(
                path_of(self._folder, name), maxBytes=LIMIT_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
            )
            form = "%(asctime)s %(message)s" if name == "system" else "%(message)s"
            handler.setFormatter(logging.Formatter(form))
            # Outside the tree of loggers: only this file gets the lines.
            self._loggers[name] = logging.Logger(name)  # noqa: LOG001
            self._loggers[name].addHandler(handler)
        return self._loggers[name]


def path_of(folder: Path, name: str) -> Path:
    """The log file of a process."""
    return folder / f"{name}.log"


def last_lines(folder: Path, name: str, count: int = 12) -> str:
    """The end of a process's log, empty when there is none."""
    try:
        lines = path_of(folder, name).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return "\n".join(lines[-count:])
