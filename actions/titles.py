"""Names of records short enough for a button, and different from each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from actions.reply import Button, select

Record = Mapping[str, Any]

# What a telephone shows of a button.
LONGEST = 60
# A name up to here needs no cutting.
COMFORTABLE = 45


def buttons(records: Sequence[Record], language: str, aspect: str | None = None) -> list[Button]:
    """A button for each record."""
    pairs = zip(titles(records, language), records, strict=True)
    return [select(title, record, aspect) for title, record in pairs]


def titles(records: Sequence[Record], language: str) -> list[str]:
    """A title for each: without what stands in brackets, unless two would then be the same."""
    full = [record["name"][language] for record in records]
    short = [_without_brackets(name) for name in full]
    count = Counter(short)
    return [_cut(name if count[brief] > 1 else brief) for name, brief in zip(full, short, strict=True)]


def _without_brackets(name: str) -> str:
    return name if len(name) <= COMFORTABLE else name.split(" (")[0]


def _cut(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    return name[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
