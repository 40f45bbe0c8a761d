"""`make lock`: resolves requirements/*.in to the locked, hashed files both environments are made from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.launch.environments import REQUIREMENTS, get_uv

# Input → options. A development lock is constrained by its base, so both agree on every version.
_LOCKS: dict[str, tuple[str, ...]] = {
    "uv": ("--python-version", "3.10"),
    "rasa": ("--python-version", "3.10"),
    "rasa-dev": ("--python-version", "3.10", "--constraints", "rasa.txt"),
    "web": ("--universal", "--python-version", "3.11"),
    "web-dev": ("--universal", "--python-version", "3.11", "--constraints", "web.txt"),
}


def lock(upgrade: bool) -> int:
    """Write all locks; versions stay as they are unless the input asks for others (or `upgrade`)."""
    uv = get_uv([Path(sys.executable)])
    always = ("--quiet", "--generate-hashes", "--custom-compile-command", "make lock")
    for name, options in _LOCKS.items():
        files = (f"{name}.in", "--output-file", f"{name}.txt")
        chosen = (*options, "--upgrade") if upgrade else options
        done = subprocess.run(
            [str(uv), "pip", "compile", *always, *chosen, *files], cwd=REQUIREMENTS, check=False
        )
        if done.returncode:
            return done.returncode
        print(f"requirements/{name}.txt")
    return 0
