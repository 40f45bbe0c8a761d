"""`make test` and its parts: every check is a command, with a table at the end.

One runs after another; beside the units of the public side run those of the island, and training.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from rich.console import Console
from rich.table import Table

from bot.common.settings import ROOT, Settings
from bot.launch import ports
from bot.launch.orphans import die_with_parent
from bot.launch.processes import RASA_PYTHON, WEB_PYTHON, rasa_environment

# A check that hangs must not hang everything behind it.
LIMIT_SECONDS = 1800.0

# Tests of the island run under its Python, those of bot/common under both.
_ISLAND_TESTS = ("tests/assistant", "tests/actions", "tests/common")
# Of Rasa's own files; the records are ours.
_DATA = ("--data", "data/nlu", "data/rules")

# A local server that trusts root, with a database to begin from; the tests make one of their own beside it.
_POSTGRESQL_PORT = 5432
_POSTGRESQL = f"postgresql://root@127.0.0.1:{_POSTGRESQL_PORT}/test"
_POSTGRESQL_TESTS = tuple(
    f"tests/{folder}/test_{name}.py"
    for folder, names in (
        ("conversations", ("erasure", "events", "interleavings", "news", "order")),
        ("console", ("judging", "search")),
    )
    for name in names
)

# Tests that start the whole product or a browser have their own steps.
_STACK_TESTS = ("tests/conversations_e2e", "tests/failures", "tests/launch/test_product.py")
_LONG_TESTS = {"tests/e2e": 9.0, "tests/load": 10.0, "tests/console_e2e": 13.0}
# The questions are many: on a slow machine those that are asked in this time decide.
_ASKING_MINUTES = 24


@dataclass(frozen=True)
class Check:
    """A command that says by its exit code whether all is well."""

    title: str
    command: tuple[str, ...]
    # Run meanwhile on the other core, one after another; what they print is shown afterwards.
    meanwhile: tuple[Check, ...] = ()
    # What it usually takes on two cores; it is left out where there is less time, unless it is `vital`.
    minutes: float = 0.0
    vital: bool = False


def run(suite: str, settings: Settings, minutes: float | None = None) -> int:
    """Run every check of the suite, also after a failure; 0 when all passed, 1 otherwise.

    Of the suite only what usually takes so many `minutes` together: the table says what was left out.
    """
    console = Console(highlight=False)
    table = Table("check", "seconds", "result", box=None, pad_edge=False)
    environment = rasa_environment(settings)
    begun, failures, planned = time.monotonic(), 0, 0.0
    for check in suite_of(suite):
        if minutes is not None and planned + check.minutes > minutes and not check.vital:
            table.add_row(check.title, "", "left out: no time")
            continue
        planned += check.minutes
        for done, seconds, passed in _together(check, environment, console):
            failures += not passed
            table.add_row(done.title, f"{seconds:.0f}", "passed" if passed else "FAILED")
    table.add_row("all", f"{time.monotonic() - begun:.0f}", f"{failures} FAILED" if failures else "passed")
    console.rule(style="dim")
    console.print(table)
    return 1 if failures else 0


def _together(
    check: Check, environment: Mapping[str, str], console: Console
) -> Iterator[tuple[Check, float, bool]]:
    """A check in the open, and those beside it; each with its seconds and whether it passed."""
    with ThreadPoolExecutor(max_workers=1) as lane:
        others = [lane.submit(_quietly, other, environment) for other in check.meanwhile]
        console.rule(check.title, align="left", style="dim")
        yield check, *_timed(check, environment)
        for other, future in zip(check.meanwhile, others, strict=True):
            seconds, passed, printed = future.result()
            console.rule(other.title, align="left", style="dim")
            print(printed, end="", flush=True)
            yield other, seconds, passed


def _quietly(check: Check, environment: Mapping[str, str]) -> tuple[float, bool, str]:
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        seconds, passed = _timed(check, environment, output)
        output.seek(0)
        return seconds, passed, output.read()


def _timed(check: Check, environment: Mapping[str, str], output: IO[str] | None = None) -> tuple[float, bool]:
    started = time.monotonic()
    passed = passes(check, environment, output=output)
    return time.monotonic() - started, passed


def suite_of(name: str) -> Sequence[Check]:
    """The checks of a suite, the quick ones first."""
    island, stack, long = (_existing(paths) for paths in (_ISLAND_TESTS, _STACK_TESTS, tuple(_LONG_TESTS)))
    public = [f"--ignore={path}" for path in (*_ISLAND_TESTS[:2], *stack, *long)]
    lint = [
        _tool("ruff", "ruff", "check", "."),
        _tool("format", "ruff", "format", "--check", "."),
        _tool("types, public side", "mypy"),
        _tool("types, island", "mypy", "--python-version", "3.10", "actions", "bot/assistant"),
        Check("import walls", (str(WEB_PYTHON.parent / "lint-imports"),)),
    ]
    quick = [
        *lint,
        _tool("content", "bot.registry.content"),
        replace(
            _tests("units, public side", WEB_PYTHON, "tests", *public),
            meanwhile=(
                Check("Rasa's data", (str(RASA_PYTHON), "-m", "rasa", "data", "validate", "--quiet", *_DATA)),
                _tests("units, island", RASA_PYTHON, *island),
                # Of the stacks behind; training takes one core, like the units.
                _tool("records and model", "tests.stack"),
            ),
        ),
        *_on_postgresql(),
        _tests("real stack", WEB_PYTHON, *stack),
    ]
    asking = ("tests.quality.evaluate", "--gate", "--minutes", str(_ASKING_MINUTES))
    longer = [
        replace(_tool("understanding", *asking, minutes=9.0), vital=True),
        _tool("browser", "tests.browser", minutes=1.0),
        *(_tests(path.rsplit("/", 1)[-1], WEB_PYTHON, path, minutes=_LONG_TESTS[path]) for path in long),
        _tool("content in the answers", "tests.quality.coverage", "--gate", minutes=6.0),
    ]
    return {"lint": lint, "quick": quick, "long": longer, "all": [*quick, *longer]}[name]


SUITES = ("lint", "quick", "long", "all")


def passes(
    check: Check,
    environment: Mapping[str, str],
    limit: float = LIMIT_SECONDS,
    output: IO[str] | None = None,
) -> bool:
    """Run the command in the open, or into `output`; whether it ended well within `limit` seconds."""
    process = subprocess.Popen(
        check.command,
        cwd=ROOT,
        env=environment,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        preexec_fn=die_with_parent(),
    )
    try:
        return process.wait(limit) == 0
    except subprocess.TimeoutExpired:
        print(f"{check.title}: not over after {limit:.0f} s", file=output)
        return False
    finally:
        process.kill()
        process.wait()


def _tool(title: str, *arguments: str, minutes: float = 0.0) -> Check:
    return Check(title, (str(WEB_PYTHON), "-m", *arguments), minutes=minutes)


def _tests(title: str, python: Path, *paths: str, minutes: float = 0.0) -> Check:
    return Check(title, (str(python), "-m", "pytest", "-q", *paths), minutes=minutes)


def _on_postgresql() -> list[Check]:
    """What differs from SQLite: locks, order, live events. Without a server only CI insists."""
    if not os.environ.get("CI") and ports.is_free("127.0.0.1", _POSTGRESQL_PORT):
        return []
    command = (str(WEB_PYTHON), "-m", "pytest", "-q", *_POSTGRESQL_TESTS)
    return [Check("gateway on PostgreSQL", ("env", f"DATABASE_URL={_POSTGRESQL}", *command))]


def _existing(paths: Sequence[str]) -> list[str]:
    return [path for path in paths if (ROOT / path).exists()]
