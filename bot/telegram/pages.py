"""Long lists a page at a time; the page is turned by editing the message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.conversations.shown import ShownMessage
from bot.telegram.rich import is_item

# A list up to this long is read at once.
MOST_ITEMS = 12


@dataclass(frozen=True)
class Page:
    """A message with the items of one page; `number` counts from 0 to `count` - 1."""

    message: ShownMessage
    number: int
    count: int


def page_of(message: ShownMessage, number: int, size: int) -> Page:
    """The page of a message, of so many items; the only one when it holds no long list.

    A number beyond is the last page.
    """
    lines = message["text"].split("\n")
    start, end = _longest_list(lines)
    if end - start <= MOST_ITEMS:
        return Page(message, 0, 1)
    count = -(-(end - start) // size)
    number = min(max(number, 0), count - 1)
    first = start + number * size
    last = min(first + size, end)
    shown = [*lines[:start], *lines[first:last], *lines[end:]]
    sources = _sources(message["sources"], end - start, first - start, last - start)
    turned = cast("ShownMessage", {**message, "text": "\n".join(shown), "sources": sources})
    return Page(turned, number, count)


def _longest_list(lines: Sequence[str]) -> tuple[int, int]:
    """From which line to before which the longest run of items goes."""
    best = (0, 0)
    start = None
    for place, line in enumerate([*lines, ""]):
        if is_item(line):
            start = place if start is None else start
        elif start is not None:
            best = max(best, (start, place), key=lambda span: span[1] - span[0])
            start = None
    return best


def _sources(listed: list[dict[str, Any]], items: int, first: int, last: int) -> list[dict[str, Any]]:
    """A list carries the main source of each item, in the same order."""
    return listed[first:last] if len(listed) == items else listed
