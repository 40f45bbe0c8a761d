"""Text with bold words and links, before it is cut into messages.

The Markdown of messages – bold, lists, links, line breaks – has the same rules as in the chat element
(bot/widget/src/markdown.ts). Styles belong to runs of letters, so a cut can never fall into a tag.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

_ITEM = re.compile(r"^\s*[-*•]\s+(.*)$")
_INLINE = re.compile(
    r"\*\*(?P<bold>\S(?:.*?\S)??)\*\*"
    r"|\[(?P<title>[^\]\[]+)\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)"
)
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
BULLET = "• "


@dataclass(frozen=True)
class Run:
    """Letters of one style; `url` makes them a link."""

    text: str
    bold: bool = False
    url: str | None = None


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """Lines that belong together; a `quote` is folded by Telegram until it is pressed."""

    lines: tuple[Line, ...]
    quote: bool = False

    @cached_property
    def size(self) -> int:
        """Visible characters as Telegram counts them."""
        return sum(size(line) for line in self.lines) + len(self.lines) - 1

    @cached_property
    def marks(self) -> int:
        """How many entities Telegram makes of the styles, at most."""
        runs = [run for line in self.lines for run in line]
        return sum(run.bold + (run.url is not None) for run in runs) + self.quote


def size(line: Line) -> int:
    """Visible characters of a line: Telegram counts in UTF-16 units."""
    return sum(units(run.text) for run in line)


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def plain(text: str) -> str:
    """The text without characters that Telegram refuses or drops: controls and half characters."""
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept)


def blocks(text: str, site: str = "") -> list[Block]:
    """The paragraphs of a Markdown text. `site` completes addresses that are relative to it.

    A link to nowhere – relative without a site, or not of the web – leaves its title as text.
    """
    found: list[Block] = []
    lines: list[Line] = []
    for written in [*plain(text).split("\n"), ""]:
        if written.strip():
            lines.append(_line(written, site))
        elif lines:
            found.append(Block(tuple(lines)))
            lines = []
    return found


def is_item(line: str) -> bool:
    """Whether a line of Markdown is an item of a list without numbers."""
    return _ITEM.match(line) is not None


def link(title: str, address: str | None, site: str = "") -> Run:
    """A link, or the title alone when the address leads nowhere."""
    return Run(plain(title).replace("\n", " "), url=_absolute(address or "", site))


def _line(written: str, site: str) -> Line:
    item = _ITEM.match(written)
    words = item[1] if item else written.strip()
    runs = [Run(BULLET)] if item else []
    runs += _runs(words, site)
    return tuple(_merged(runs))


def _runs(text: str, site: str) -> Iterator[Run]:
    at = 0
    for match in _INLINE.finditer(text):
        yield Run(text[at : match.start()])
        if match["bold"]:
            for run in _runs(match["bold"], site):
                yield Run(run.text, bold=True, url=run.url)
        else:
            yield link(match["title"], match["url"], site)
        at = match.end()
    yield Run(text[at:])


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Without empty runs; neighbours of one style are one."""
    last: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if last and (last.bold, last.url) == (run.bold, run.url):
            last = Run(last.text + run.text, run.bold, run.url)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _absolute(address: str, site: str) -> str | None:
    if address.startswith("/") and not address.startswith(("//", "/\\")) and site:
        return site + address
    return address if _WEB.match(address) else None
