"""Cutting a text into messages of Telegram's size, and writing each as Telegram's HTML.

Limits (core.telegram.org/bots/api, sendMessage): 4,096 characters after the tags are read; of more than a
hundred entities in a message the rest is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bot.telegram.rich import Block, Line, Run, size, units

LIMIT = 4096
MARKS = 90
_GAP = "\n\n"
_WORDS = re.compile(r"\S+\s*|\s+")


def pieces(blocks: Iterable[Block], limit: int = LIMIT, marks: int = MARKS) -> list[str]:
    """HTML of each message, cut at the ends of paragraphs, else of lines, else of words."""
    return [html(group) for group in _groups(_fitting(blocks, limit, marks), limit, marks)]


def html(blocks: Iterable[Block]) -> str:
    """Telegram's HTML of some paragraphs; quotations stand apart by themselves."""
    written = ""
    before: Block | None = None
    for block in blocks:
        gap = "\n" if before and before.quote and block.quote else _GAP
        written += (gap if before else "") + _block(block)
        before = block
    return written


def _groups(blocks: Iterable[Block], limit: int, marks: int) -> Iterator[Sequence[Block]]:
    """As many paragraphs at a time as one message holds."""
    group: list[Block] = []
    used = used_marks = 0
    for block in blocks:
        if group and (used + len(_GAP) + block.size > limit or used_marks + block.marks > marks):
            yield group
            group, used, used_marks = [], 0, 0
        used += block.size + (len(_GAP) if group else 0)
        used_marks += block.marks
        group.append(block)
    if group:
        yield group


def _fitting(blocks: Iterable[Block], limit: int, marks: int) -> Iterator[Block]:
    """The paragraphs, those that are too long for one message as several."""
    for block in blocks:
        if block.size <= limit and block.marks <= marks:
            yield block
            continue
        # A part alone may be a quote, which is a mark too.
        for lines in _packed(_short_lines(block.lines, limit, marks - 1), limit, marks - 1):
            part = Block(lines, block.quote)
            if _visible(part):
                yield part


def _packed(lines: Iterable[Line], limit: int, marks: int) -> Iterator[tuple[Line, ...]]:
    packed: list[Line] = []
    for line in lines:
        grown = Block((*packed, line))
        if packed and (grown.size > limit or grown.marks > marks):
            yield tuple(packed)
            packed = []
        packed.append(line)
    if packed:
        yield tuple(packed)


def _short_lines(lines: Iterable[Line], limit: int, marks: int) -> Iterator[Line]:
    for line in lines:
        if size(line) <= limit and Block((line,)).marks <= marks:
            yield line
        else:
            yield from _cut(line, limit, marks)


def _cut(line: Line, limit: int, marks: int) -> Iterator[Line]:
    """A line longer than a message, cut between words; a word longer than a message, between letters."""
    part: list[Run] = []
    used = 0
    for run in line:
        for word in _words(run.text, limit):
            grown = [*part, Run(word, run.bold, run.url)]
            if part and (used + units(word) > limit or Block((_joined(grown),)).marks > marks):
                yield _joined(part)
                part, used = [], 0
                grown = [Run(word, run.bold, run.url)]
            part = list(_joined(grown))
            used += units(word)
    if part:
        yield _joined(part)


def _words(text: str, limit: int) -> Iterator[str]:
    for word in _WORDS.findall(text):
        # Half of the limit: then even a word of two-unit characters fits.
        step = limit // 2 if units(word) > limit else len(word)
        for at in range(0, len(word), step):
            yield word[at : at + step]


def _joined(runs: Sequence[Run]) -> Line:
    joined: list[Run] = []
    for run in runs:
        if joined and (joined[-1].bold, joined[-1].url) == (run.bold, run.url):
            joined[-1] = Run(joined[-1].text + run.text, run.bold, run.url)
        else:
            joined.append(run)
    return tuple(joined)


def _visible(block: Block) -> bool:
    return any(run.text.strip() for line in block.lines for run in line)


def _block(block: Block) -> str:
    lines = "\n".join("".join(_run(run) for run in line) for line in block.lines)
    return f"<blockquote expandable>{lines}</blockquote>" if block.quote else lines


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.url:
        text = f'<a href="{escape(run.url)}">{text}</a>'
    return f"<b>{text}</b>" if run.bold else text
