"""Web addresses, e-mail addresses and telephone numbers are well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.registry.content.entries import Registry, strings
from bot.registry.content.faults import Fault

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_IN_TEXT = re.compile(r"https?://[^\s)\]>\"”]+")
_EMAIL = re.compile(r"\S+@\S+")
_WELL_FORMED_EMAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}[.,;)]?", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d().\-/; ]{3,}")


def check(registry: Registry) -> Iterator[Fault]:
    """Faults of addresses nobody can follow."""
    for entry in registry.documents:
        for path, text in strings(entry.record):
            field = path.rsplit(".", 1)[-1]
            for problem in _problems(field, text):
                yield Fault("addresses", entry.file, entry.id, path, problem)


def _problems(field: str, text: str) -> Iterator[str]:
    if field in ("url", "website"):
        if not well_formed(text):
            yield f"not a complete web address: {text}"
        return
    if field == "phone" and not _PHONE.fullmatch(text):
        yield f"not a telephone number: {text}"
    for address in _IN_TEXT.findall(text):
        if not well_formed(address.rstrip(".,;:")):
            yield f"not a complete web address: {address}"
    for address in _EMAIL.findall(text):
        if not _WELL_FORMED_EMAIL.fullmatch(address):
            yield f"not an e-mail address: {address}"


def well_formed(address: str) -> bool:
    """An http(s) address of printable ASCII with a full host name and nothing left out."""
    if not address.isascii() or not address.isprintable() or " " in address or "..." in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or ""))
