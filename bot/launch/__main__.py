"""`python -m bot.launch COMMAND`: what the Makefile's targets run inside `.venv`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from bot.common import settings as configuration
from bot.common.settings import ROOT, Settings
from bot.launch import (
    checks,
    down,
    environments,
    lock,
    model,
    orphans,
    ports,
    prepare,
    processes,
    up,
    vectors,
)
from bot.launch.chat import chat
from bot.launch.state import AlreadyRunning

_FAULTS = (
    ports.PortTaken,
    AlreadyRunning,
    prepare.PreparationFailed,
    model.TrainingFailed,
    environments.SetupFailed,
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[Settings, argparse.Namespace], int] = options.run
    try:
        return run(configuration.load(), options)
    except _FAULTS as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot.launch", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, run: Callable[[Settings, argparse.Namespace], int], words: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        return command

    add("up", lambda s, _: up.up(s), "prepare and run in front until Ctrl-C")
    add("start", lambda s, _: up.start(s), "prepare and run behind; returns when it answers")
    add("serve", lambda s, _: up.serve(s), "run all processes of a prepared installation in front")
    add("stop", lambda s, _: down.stop(s), "end what runs behind")
    add("status", lambda s, _: down.status(s), "what runs, whether it answers, memory")
    add("logs", _logs, "follow the logs")
    add("prepare", _prepare, "tables, records and model, without starting anything")
    add("train", _train, "train the model anew")
    add("vectors", lambda _s, _o: vectors.keep(), "compute the vectors that come with the checkout anew")
    add(
        "lock", lambda _, o: lock.lock(o.upgrade), "resolve requirements/*.in to locked, hashed files"
    ).add_argument("--upgrade", action="store_true")
    run = add("run", _run, "become one process of the product (for systemd, containers, honcho)")
    run.add_argument("process", metavar="PROCESS")
    talk = add("chat", lambda s, o: chat(o.url or s.site_url, o.language), "talk in the terminal")
    talk.add_argument("--language", choices=("vi", "en"))
    talk.add_argument("--url", help="site to talk to; default: the one of the settings")
    module = add(
        "module", _module, "run a module under the Python of one side, with the product's environment"
    )
    module.add_argument("side", choices=("web", "rasa"))
    module.add_argument("name", metavar="MODULE")
    module.add_argument("arguments", nargs=argparse.REMAINDER)
    manage = add("manage", _manage, "a management command on this installation's database")
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    test = add(
        "test",
        lambda s, o: checks.run(o.suite, s, o.minutes),
        "the checks, with a table of steps and seconds",
    )
    test.add_argument("suite", nargs="?", choices=checks.SUITES, default="quick")
    test.add_argument("--minutes", type=float, help="only checks that usually take so long together")
    return parser


def _logs(settings: Settings, _options: argparse.Namespace) -> int:
    files = sorted(str(path) for path in up.log_folder(settings).glob("*.log"))
    os.execvp("tail", ["tail", "-n", "20", "-F", *files])


def _prepare(settings: Settings, _options: argparse.Namespace) -> int:
    prepare.prepare(settings)
    return 0


def _train(settings: Settings, _options: argparse.Namespace) -> int:
    prepare.train(settings)
    return 0


def _run(settings: Settings, options: argparse.Namespace) -> int:
    found = {process.name: process for process in processes.all_of(settings)}
    if options.process not in found:
        print(f"no such process: {options.process} (there are: {', '.join(found)})", file=sys.stderr)
        return 2
    process = found[options.process]
    os.chdir(process.folder)
    # Whoever runs it this way also ends it: `make stop` must not.
    environment = {name: value for name, value in process.environment.items() if name != orphans.MARK}
    os.execve(process.command[0], process.command, environment)


def _module(settings: Settings, options: argparse.Namespace) -> int:
    island = options.side == "rasa"
    python = processes.RASA_PYTHON if island else processes.WEB_PYTHON
    environment = processes.rasa_environment(settings) if island else processes.environment_of(settings)
    os.execve(python, [str(python), "-m", options.name, *options.arguments], environment)


def _manage(settings: Settings, options: argparse.Namespace) -> int:
    command = [str(processes.WEB_PYTHON), str(ROOT / "manage.py"), *options.arguments]
    os.execve(processes.WEB_PYTHON, command, processes.environment_of(settings))


if __name__ == "__main__":
    sys.exit(main())
