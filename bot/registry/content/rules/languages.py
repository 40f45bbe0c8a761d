"""Every text stands in both languages, every bilingual list has the same length."""

from __future__ import annotations

from collections.abc import Iterator

from bot.registry.content.entries import LANGUAGES, Registry, bilingual
from bot.registry.content.faults import Fault


def check(registry: Registry) -> Iterator[Fault]:
    """Faults of missing, empty or unequal versions."""
    for entry in registry.documents:
        for path, both in bilingual(entry.record):
            for problem in _problems(both):
                yield Fault("languages", entry.file, entry.id, path, problem)


def _problems(both: dict[str, object]) -> Iterator[str]:
    for language in LANGUAGES:
        value = both.get(language)
        if value is None or value == "" or (isinstance(value, str) and not value.strip()):
            yield f"write the text in '{language}'"
        elif isinstance(value, list) and any(not isinstance(item, str) or not item.strip() for item in value):
            yield f"an item of the list is empty or no text in '{language}'"
    vi, en = both.get("vi"), both.get("en")
    if isinstance(vi, list) != isinstance(en, list):
        yield "one language has a list, the other a text"
    elif isinstance(vi, list) and isinstance(en, list) and len(vi) != len(en):
        yield f"{len(vi)} items in 'vi', {len(en)} in 'en': make them the same"
