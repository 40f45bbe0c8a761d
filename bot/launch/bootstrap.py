"""Entry of the Makefile's targets: makes the environments when needed, then goes on inside `.venv`.

    python3 -m bot.launch.bootstrap [--dev] COMMAND [ARGUMENTS]

Runs under any Python from 3.8, standard library only. The process is replaced by `.venv`'s Python running
`bot.launch COMMAND`, so signals and exit code are the command's own. `--dev` also installs the test tools.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from bot.launch import environments, pythons, steps
from bot.launch.environments import RASA, WEB

T = TypeVar("T")


def main(arguments: list[str]) -> int:
    """Prepare, then become the command. Returns only when the preparation failed."""
    dev = arguments[:1] == ["--dev"]
    command = arguments[1:] if dev else arguments
    steps.begun()
    try:
        prepare(dev)
    except (pythons.Missing, environments.SetupFailed) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130
    os.chdir(str(environments.ROOT))
    os.execv(str(WEB.python), [str(WEB.python), "-m", "bot.launch", *command])


def prepare(dev: bool) -> None:
    """Make or refresh both environments; does nothing when they match their locks."""
    outdated = [env for env in (RASA, WEB) if not environments.is_current(env, dev)]
    if not outdated:
        return
    found = _show("pythons", pythons.find)
    uv = _show("uv", lambda: environments.get_uv([found.public, found.island]))
    if RASA in outdated:
        _show("rasa", lambda: environments.install(RASA, found.island, uv, dev))
    if WEB in outdated:
        _show("web", lambda: environments.install(WEB, found.public, uv, dev))


def _show(key: str, work: Callable[[], T]) -> T:
    """Do the work of a step with its number, per cent and elapsed time on the terminal."""
    step, done, begun = steps.STEPS[key], threading.Event(), time.monotonic()
    live = sys.stderr.isatty()

    def line(fraction: float) -> str:
        elapsed = steps.clock(time.time() - steps.begun())
        share = steps.percent(key, fraction)
        return f"[{step.number}/{len(steps.STEPS)}] {share:3.0f} %  {elapsed:>5}  {step.title}"

    def tick() -> None:
        while not done.wait(0.5):
            # Never quite the whole step while it is not over.
            print("\r" + line(min((time.monotonic() - begun) / step.seconds, 0.95)), end="", file=sys.stderr)

    ticker = threading.Thread(target=tick, daemon=True)
    if live:
        ticker.start()
    try:
        return work()
    finally:
        done.set()
        if live:
            ticker.join()
        print(("\r" if live else "") + line(1.0), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
