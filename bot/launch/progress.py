"""Shows on the terminal how far the way to an answering assistant is: step, per cent, elapsed time."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from bot.launch import steps


class _Clock(ProgressColumn):
    """Time since the command was given, the bootstrap's part included."""

    def render(self, task: Task) -> Text:
        return Text(steps.clock(time.time() - steps.begun()).rjust(5))


class Terminal:
    """One bar on a terminal; elsewhere (a pipe, CI) one line a finished step."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.fields[step]}"),
            BarColumn(bar_width=28),
            TextColumn("{task.percentage:>3.0f} %"),
            _Clock(),
            TextColumn("{task.description}", markup=False),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
            refresh_per_second=4,
        )
        self._task = self._progress.add_task("", total=100, step="")

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Show the bar; a thread keeps it moving until `close`."""
        self._progress.start()

    def close(self) -> None:
        """Take the bar away; the lines above it stay."""
        self._progress.stop()

    def at(self, key: str, fraction: float = 0.0, detail: str = "") -> None:
        """A step of `steps.STEPS` is `fraction` (0..1) done."""
        step = steps.STEPS[key]
        title = f"{step.title}: {detail}" if detail else step.title
        self._progress.update(
            self._task,
            completed=steps.percent(key, fraction),
            description=title,
            step=f"[{step.number}/{len(steps.STEPS)}]".replace("[", r"\["),
        )

    def done(self, key: str, detail: str = "") -> None:
        """A step is over: its line stays."""
        step = steps.STEPS[key]
        elapsed = steps.clock(time.time() - steps.begun())
        share = f"{steps.percent(key, 1.0):3.0f} %"
        line = f"[{step.number}/{len(steps.STEPS)}] {share}  {elapsed:>5}  {step.title}"
        self.at(key, 1.0)
        self.console.print(f"{line}: {detail}" if detail else line, markup=False)

    def say(self, text: str) -> None:
        """A line for the person, above the bar."""
        self.console.print(text, markup=False, soft_wrap=True)
