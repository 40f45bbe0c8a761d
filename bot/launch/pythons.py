"""Finds the two Pythons the product needs: 3.10 for Rasa's island, 3.11 or newer for all the rest.

Runs under any Python from 3.8, standard library only: it is used before anything is installed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple


class Version(NamedTuple):
    """A Python's version without the patch number."""

    major: int
    minor: int


ISLAND = (Version(3, 10),)
# The first one is what the locked requirements are resolved for; the others install from the same lock.
PUBLIC = (Version(3, 11), Version(3, 12), Version(3, 13))

# A Python built without these headers starts well and fails much later.
_PROBE = "import ctypes, sqlite3, ssl, sys; print('%d.%d' % sys.version_info[:2])"


class Missing(Exception):
    """A needed Python is not on this machine; the message is one sentence for the person at the terminal."""


class Pythons(NamedTuple):
    """Paths of the two interpreters."""

    island: Path
    public: Path


def find() -> Pythons:
    """Both Pythons, or `Missing` naming what to install."""
    island, public = find_one(ISLAND), find_one(PUBLIC)
    if island and public:
        return Pythons(island, public)
    purposes = {"3.10": ("for Rasa", island), "3.11": ("for everything else", public)}
    missing = [version for version, (_, found) in purposes.items() if not found]
    named = " and ".join(f"Python {version} ({purposes[version][0]})" for version in missing)
    wanted = " ".join(missing)
    raise Missing(
        f"Not found on this machine: {named}; install it with `pyenv install {wanted}` or "
        f"`uv python install {wanted}`, then run the same command again."
    )


def find_one(versions: Sequence[Version]) -> Path | None:
    """The first working interpreter, in the order of `versions`; None when there is none."""
    for version in versions:
        for path in candidates(version):
            if works(path, version):
                return path
    return None


def candidates(version: Version) -> Iterator[Path]:
    """Where an interpreter of this version may stand: pyenv's, uv's own, the PATH, this very one."""
    name = f"python{version.major}.{version.minor}"
    for folder in _version_folders(version):
        yield folder / "bin" / name
    for entry in os.environ.get("PATH", "").split(os.pathsep):
        # pyenv's shims start whatever `pyenv version` says; the real ones were listed above.
        if entry and Path(entry).name != "shims":
            yield Path(entry) / name
    if sys.version_info[:2] == version:
        yield Path(sys.executable)


def works(path: Path, version: Version) -> bool:
    """Whether the interpreter starts, has this version and the modules that its build may lack."""
    if not os.access(str(path), os.X_OK):
        return False
    try:
        answer = subprocess.run(
            [str(path), "-c", _PROBE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.decode().strip() == f"{version.major}.{version.minor}"


def _version_folders(version: Version) -> list[Path]:
    """Folders of pyenv and uv that hold this version, newest patch first."""
    env, home = os.environ, Path.home()
    pyenv = Path(env.get("PYENV_ROOT") or home / ".pyenv") / "versions"
    data = Path(env.get("XDG_DATA_HOME") or home / ".local" / "share")
    uv = Path(env.get("UV_PYTHON_INSTALL_DIR") or data / "uv" / "python")
    dotted = f"{version.major}.{version.minor}"
    found = [*pyenv.glob(dotted + ".*"), *uv.glob(f"cpython-{dotted}.*")]
    return sorted(found, key=_patch, reverse=True)


def _patch(folder: Path) -> int:
    """Patch number in a folder name such as '3.10.13' or 'cpython-3.10.13-linux-x86_64-gnu'."""
    match = re.search(r"\d+\.\d+\.(\d+)", folder.name)
    return int(match.group(1)) if match else -1
