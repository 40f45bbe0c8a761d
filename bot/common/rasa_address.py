"""Where the assistant answers just now: the usual address, or that of the process a new model is tried in.

A small file in the data folder, read for every question, so that changing it changes where the next one goes.
Written by the worker (bot.console.learning), removed by the launcher when everything starts anew.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bot.common.settings import Settings

_FILE = "rasa-address"


def current(settings: Settings) -> str:
    """The address of the Rasa process to ask, without a trailing slash."""
    try:
        return _path(settings).read_text(encoding="utf-8").strip() or settings.rasa_url
    except FileNotFoundError:
        return settings.rasa_url


def point(settings: Settings, address: str) -> None:
    """From the next question on, ask at `address`."""
    part = _path(settings).with_suffix(".part")
    part.write_text(address, encoding="utf-8")
    part.replace(_path(settings))


def clear(settings: Settings) -> None:
    """From the next question on, ask at the usual address."""
    with suppress(FileNotFoundError):
        _path(settings).unlink()


def _path(settings: Settings) -> Path:
    return settings.data_dir / _FILE
