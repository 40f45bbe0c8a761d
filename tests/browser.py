"""The browser of the tests, Debian's Chromium: `python -m tests.browser` installs it for root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
_APT = ("apt-get", "-qq", "-y")


def provide() -> str | None:
    """Install what is missing; a sentence when that is not possible."""
    if not Path(CHROMIUM).exists():
        if os.geteuid() or not shutil.which("apt-get"):
            return f"The browser tests need {CHROMIUM}: apt-get install chromium (as root)."
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (("update",), ("install", "--no-install-recommends", "chromium")):
            subprocess.run([*_APT, *command], env=environment, check=True)
    if not shutil.which("npm"):
        return "The browser tests need Node.js 20 or newer with npm (https://nodejs.org)."
    return None


if __name__ == "__main__":
    sys.exit(provide())
