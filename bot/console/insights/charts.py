"""Bars as the page draws them: rectangles in a picture of fixed width, so no style stands in an attribute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HEIGHT = 160
WIDE, NARROW = 940, 440


@dataclass(frozen=True)
class Bar:
    """One rectangle with its words and the address behind it; `series` chooses its colour."""

    x: float
    y: float
    width: float
    height: float
    series: int
    words: str
    link: str


@dataclass(frozen=True)
class Tick:
    """A word below the bars."""

    x: float
    words: str


@dataclass(frozen=True)
class Chart:
    """A picture of bars, what stands below it, and the largest value of its scale."""

    bars: list[Bar]
    ticks: list[Tick]
    top: int
    width: int


@dataclass(frozen=True)
class Column:
    """What is drawn at one place: values by series, each with its words and address."""

    label: str
    values: Sequence[tuple[int, int, str, str]]


def columns(found: Sequence[Column], width: int, ticks: int = 8) -> Chart:
    """Columns of stacked (series, value, words, link) in a picture of so many units."""
    top = max((sum(value for _, value, _, _ in each.values) for each in found), default=0) or 1
    step = width / max(len(found), 1)
    gap = min(step * 0.25, 8)
    bars = []
    for place, column in enumerate(found):
        y = float(HEIGHT)
        for series, value, words, link in column.values:
            height = value / top * HEIGHT
            y -= height
            bars.append(_bar(place * step + gap / 2, y, step - gap, height, series, words, link))
    every = max(1, -(-len(found) // ticks))
    marks = [
        Tick(round((at + 0.5) * step, 1), each.label) for at, each in enumerate(found) if at % every == 0
    ]
    return Chart(bars, marks, top, width)


@dataclass(frozen=True)
class Row:
    """A named share: its number, per cent of the whole and of the longest bar, and the address behind it."""

    name: str
    count: int
    share: float
    width: int
    link: str
    mark: str = ""


def rows(counts: Mapping[str, int], names: Mapping[str, str], links: Mapping[str, str]) -> list[Row]:
    """One bar for each entry, in the order given; those of zero as well."""
    whole, longest = sum(counts.values()) or 1, max(counts.values(), default=0) or 1
    return [
        Row(names.get(key, key), n, n / whole, round(100 * n / longest), links[key], key)
        for key, n in counts.items()
    ]


def _bar(x: float, y: float, width: float, height: float, series: int, words: str, link: str) -> Bar:
    return Bar(round(x, 1), round(y, 1), round(width, 1), round(height, 1), series, words, link)
