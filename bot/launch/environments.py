"""Makes `.venv-rasa` and `.venv` from the locked, hashed requirement files, with uv from PyPI.

Runs under any Python from 3.8, standard library only. All stays inside the checkout: uv in `var/tools`,
its cache in `var/cache/uv` (unless UV_CACHE_DIR names another).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.launch import orphans

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
TOOLS = ROOT / "var" / "tools"
STAMP = "heza-lock.json"


class SetupFailed(Exception):
    """A step of the set-up failed; the message names it and holds the end of what the tool said."""


class Environment(NamedTuple):
    """A virtual environment and the locks it can hold: the base, and the base with the tools for tests."""

    folder: Path
    base: str
    dev: str

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"


RASA = Environment(ROOT / ".venv-rasa", "rasa.txt", "rasa-dev.txt")
WEB = Environment(ROOT / ".venv", "web.txt", "web-dev.txt")


def is_current(environment: Environment, dev: bool, requirements: Path = REQUIREMENTS) -> bool:
    """Whether the environment was made from the present locks (with the test tools, when `dev`)."""
    if not environment.python.exists():
        return False
    stamp = _read_stamp(environment)
    wanted = [environment.base, environment.dev] if dev else [environment.base]
    return all(stamp.get(name) == checksum(requirements / name) for name in wanted)


def install(environment: Environment, python: Path, uv: Path, dev: bool) -> None:
    """Make the environment equal to its lock. One that already has the test tools keeps them."""
    dev = dev or environment.dev in _read_stamp(environment)
    if not _is_made_by(environment, python):
        if environment.folder.exists():
            shutil.rmtree(environment.folder)
        _run([str(uv), "venv", "--quiet", "--python", str(python), str(environment.folder)])
    lock = REQUIREMENTS / (environment.dev if dev else environment.base)
    _run(
        [
            str(uv),
            "pip",
            "sync",
            "--quiet",
            "--require-hashes",
            "--python",
            str(environment.python),
            str(lock),
        ]
    )
    names = [environment.base, environment.dev] if dev else [environment.base]
    stamp = {name: checksum(REQUIREMENTS / name) for name in names}
    (environment.folder / STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def get_uv(pythons: Sequence[Path]) -> Path:
    """The pinned uv from PyPI, in `var/tools`; made with the first of `pythons` that can make environments.

    Where all Pythons lack `ensurepip` (Debian without python3-venv), the uv on the PATH serves.
    """
    uv, lock = TOOLS / "bin" / "uv", REQUIREMENTS / "uv.txt"
    mark = TOOLS / STAMP
    if uv.exists() and mark.exists() and mark.read_text(encoding="utf-8") == checksum(lock):
        return uv
    said = ""
    for python in pythons:
        try:
            _run([str(python), "-m", "venv", "--clear", str(TOOLS)])
            pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-cache-dir"]
            _run([*pip, "--disable-pip-version-check", "--require-hashes", "--requirement", str(lock)])
        except SetupFailed as error:
            said = str(error)
            continue
        mark.write_text(checksum(lock), encoding="utf-8")
        return uv
    own = shutil.which("uv")
    if own:
        return Path(own)
    raise SetupFailed("uv could not be installed from PyPI: " + said)


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_made_by(environment: Environment, python: Path) -> bool:
    """Whether the environment exists and runs on this very interpreter."""
    config = environment.folder / "pyvenv.cfg"
    if not environment.python.exists() or not config.exists():
        return False
    homes = [
        line.split("=", 1)[1].strip() for line in config.read_text().splitlines() if line.startswith("home")
    ]
    return homes == [str(python.resolve().parent)] or homes == [str(python.parent)]


def _read_stamp(environment: Environment) -> dict[str, str]:
    """Checksums of the locks the environment was made from; empty when unknown."""
    try:
        content = json.loads((environment.folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in content.items()}


def _run(command: list[str]) -> None:
    """Run a tool in silence; `SetupFailed` with its last words when it fails."""
    env = dict(os.environ)
    env.setdefault("UV_CACHE_DIR", str(ROOT / "var" / "cache" / "uv"))
    env["UV_PYTHON_DOWNLOADS"] = "never"
    env.pop("VIRTUAL_ENV", None)
    done = subprocess.run(
        command,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        preexec_fn=orphans.die_with_parent(),
    )
    if done.returncode:
        last = "\n".join(done.stdout.decode("utf-8", "replace").strip().splitlines()[-12:])
        raise SetupFailed("`{}` failed:\n{}".format(" ".join(command[:4]), last))
