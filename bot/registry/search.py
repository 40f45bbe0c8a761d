"""Finding records by words: blind to case, diacritics and đ; names first, then aliases, then the text."""

from __future__ import annotations

from collections.abc import Iterable

from bot.common.text import fold
from bot.registry.snapshot import Item

# Rank by where the query is found; smaller comes first.
_NAME, _ALIAS, _NAME_START, _NAME_PART, _ALIAS_PART, _ALL_IN_NAMES, _ALL_IN_TEXT = range(7)


def find(query: str, items: Iterable[Item]) -> list[Item]:
    """The items in which every word of the query occurs, the best match first; all for an empty query."""
    wanted = fold(query)
    if not wanted:
        return list(items)
    ranked = [(rank, item) for item in items if (rank := _rank(wanted, item)) is not None]
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


def _rank(wanted: str, item: Item) -> int | None:
    names, aliases = item.names[:2], item.names[2:]
    if wanted in names or wanted == fold(item.id):
        return _NAME
    if wanted in aliases:
        return _ALIAS
    if any(name.startswith(wanted) for name in names):
        return _NAME_START
    if any(_has(wanted, name) for name in names):
        return _NAME_PART
    if any(_has(wanted, alias) for alias in aliases):
        return _ALIAS_PART
    parts = wanted.split()
    for rank, text in ((_ALL_IN_NAMES, " ".join(item.names)), (_ALL_IN_TEXT, item.words)):
        if all(_has(part, text) for part in parts):
            return rank
    return None


def _has(part: str, text: str) -> bool:
    """Whether a word of the text begins with the part: 'dien' must not find 'Studien'."""
    return f" {part}" in f" {text}"
