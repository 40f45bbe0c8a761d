"""What the worker does for the console; huey looks for it under this name."""

from __future__ import annotations

from bot.console import upkeep
from bot.console.learning import tasks as learning

__all__ = ["learning", "upkeep"]
