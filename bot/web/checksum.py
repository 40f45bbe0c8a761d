"""The checksum by which a browser makes sure that a script is the one the page means."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders


@cache
def integrity(path: str) -> str:
    """`sha384-…` of a static file; FileNotFoundError when there is none."""
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(path)
    digest = hashlib.sha384(Path(found).read_bytes()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"
