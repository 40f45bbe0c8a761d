"""What runs at this moment: a lock and a small file in the data folder, read by start, stop and status."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

Phase = Literal["starting", "ready", "failed"]


class AlreadyRunning(Exception):
    """Another process does this work on this data folder; the message says what to do."""


@dataclass(frozen=True)
class State:
    """The supervisor's process id, how it stands, and which of the `steps` to readiness answer."""

    pid: int
    phase: Phase
    answering: tuple[str, ...]
    steps: int
    reason: str
    processes: tuple[str, ...]


class StateFile:
    """Written by the supervisor as a whole, never in part."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / "launch.json"

    def write(self, state: State) -> None:
        """Replace the file."""
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(asdict(state)), encoding="utf-8")
        part.replace(self.path)

    def read(self) -> State | None:
        """The last state written, None when there is none."""
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        lists = {"answering": tuple(content["answering"]), "processes": tuple(content["processes"])}
        return State(**{**content, **lists})

    def remove(self) -> None:
        """Nothing runs any more."""
        self.path.unlink(missing_ok=True)


SERVING, PREPARING = "serving", "preparing"
_BUSY = {
    SERVING: "The assistant already runs on this data folder: see `make status`, end it with `make stop`.",
    PREPARING: "Another command prepares this data folder at this moment: wait until it is done.",
}


class Lock:
    """Held by the one process that does `work` in a data folder; the kernel lets go when it ends, however."""

    def __init__(self, data_dir: Path, work: str) -> None:
        self._work = work
        self._path = data_dir / f"{work}.lock"
        self._handle: int | None = None

    def is_held(self) -> bool:
        """Whether another process does this work."""
        try:
            with self:
                return False
        except AlreadyRunning:
            return True

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # A record lock, unlike flock, is not inherited by the keepers.
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise AlreadyRunning(_BUSY[self._work]) from error
        self._handle = handle
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
