"""What must stand before the processes start: tables, records, a model for the present training data.

Each part is left out when nothing it depends on has changed since it was last done.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bot.common.settings import ROOT, Settings
from bot.launch import model
from bot.launch.logs import last_lines, path_of
from bot.launch.orphans import die_with_parent
from bot.launch.processes import WEB_PYTHON, environment_of, rasa_environment
from bot.launch.progress import Terminal
from bot.launch.state import PREPARING, Lock


class PreparationFailed(Exception):
    """A management command failed; the message holds the end of what it said."""


def prepare(settings: Settings) -> None:
    """Migrate, seed and train as far as needed, showing how far it is."""
    with Lock(settings.data_dir, PREPARING), Terminal() as terminal:
        stamps = _Stamps(settings)
        _Command(settings, stamps, "database", ["migrate", "--no-input"], _migrations()).finish(terminal)
        # Seeding computes on one core; training, which reads the same files, goes on beside it.
        records = _Command(settings, stamps, "records", ["seed"], _records())
        try:
            present = model.present(settings.data_dir)
            if not present.exists():
                present = _train(settings, terminal)
            model.place(settings.data_dir, present)
            records.finish(terminal)
        finally:
            records.end()


def train(settings: Settings) -> None:
    """Make the model for the present training data anew, whether there is one or not."""
    with Lock(settings.data_dir, PREPARING), Terminal() as terminal:
        model.place(settings.data_dir, _train(settings, terminal))


def _train(settings: Settings, terminal: Terminal) -> Path:
    """Where the new model is."""
    log = settings.data_dir / "logs" / "train.log"
    terminal.at("model")
    environment, folder = rasa_environment(settings), settings.data_dir

    def report(done: float) -> None:
        terminal.at("model", done, f"log in {_short(log)}")

    path = model.train(environment, log, report, model.taught(folder), folder)
    terminal.done("model", _short(path))
    return path


class _Command:
    """A management command, begun at once unless its inputs are those it last ran on."""

    def __init__(
        self, settings: Settings, stamps: _Stamps, step: str, arguments: list[str], inputs: Iterable[Path]
    ) -> None:
        self._folder = settings.data_dir / "logs"
        self._stamps, self._step, self._arguments = stamps, step, arguments
        self._checksum = _checksum(inputs)
        self._process: subprocess.Popen[bytes] | None = None
        if stamps.is_current(step, self._checksum):
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        with path_of(self._folder, step).open("wb") as log:
            self._process = subprocess.Popen(
                [str(WEB_PYTHON), "manage.py", *arguments],
                cwd=ROOT,
                env=environment_of(settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),
            )

    def finish(self, terminal: Terminal) -> None:
        """Return when it is done; raises `PreparationFailed`."""
        if self._process is None:
            return
        if self._process.poll() is None:
            terminal.at(self._step)
        if self._process.wait():
            end = last_lines(self._folder, self._step, 15)
            raise PreparationFailed(f"`manage.py {' '.join(self._arguments)}` failed:\n{end}")
        self._stamps.keep(self._step, self._checksum)
        terminal.done(self._step)

    def end(self) -> None:
        """Not needed any more."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()


class _Stamps:
    """Remembers, per data folder and database file, on which inputs each step last ran."""

    def __init__(self, settings: Settings) -> None:
        self._path = settings.data_dir / "prepared.json"
        self._settings = settings

    def is_current(self, step: str, checksum: str) -> bool:
        """False for a database server: only it knows what it holds; the commands can be repeated."""
        database = self._database()
        return database is not None and self._read().get(step) == f"{database} {checksum}"

    def keep(self, step: str, checksum: str) -> None:
        content = {**self._read(), step: f"{self._database()} {checksum}"}
        self._path.write_text(json.dumps(content, indent=1), encoding="utf-8")

    def _database(self) -> str | None:
        """Which SQLite file it is (a new one has a new inode), None for none."""
        scheme, _, path = self._settings.database_url.partition(":///")
        file = Path("/" + path.lstrip("/"))
        return f"{file}#{file.stat().st_ino}" if scheme == "sqlite" and file.exists() else None

    def _read(self) -> dict[str, str]:
        try:
            content: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return content


def _migrations() -> Iterable[Path]:
    yield from (ROOT / "bot").glob("*/migrations/*.py")
    yield ROOT / "requirements" / "web.txt"


def _records() -> Iterable[Path]:
    yield from (ROOT / "data" / "registry").rglob("*.*")
    yield from (ROOT / "bot" / "registry").rglob("*.py")


def _checksum(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
