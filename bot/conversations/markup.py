"""The Markdown of messages – bold, lists, links, line breaks – as HTML for pages without JavaScript.

The same rules as the chat element's (bot/widget/src/markdown.ts); everything else in the text is escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_ITEM = re.compile(r"^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$")
_CAUTION = re.compile(r"^⚠\ufe0f?\s*")
_INLINE = re.compile(
    r"\*\*(?P<bold>\S(?:.*?\S)??)\*\*"
    r"|\[(?P<title>[^\]\[]+)\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)"
    r"|(?P<bare>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]*])"
)
_SAFE = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\]))", re.IGNORECASE)
_TEXT, _BULLETS, _NUMBERS = "p", "ul", "ol"


@dataclass
class _Block:
    """A paragraph or a list; `start` is the first number of a numbered list."""

    tag: str
    start: int = 1
    lines: list[str] = field(default_factory=list)


def render(text: str) -> SafeString:
    """HTML of one message's text."""
    return SafeString("".join(_html(block) for block in _blocks(text)))


def _blocks(text: str) -> list[_Block]:
    """The blocks; a list may follow a line without a blank one between."""
    blocks: list[_Block] = []
    open_tag: str | None = None
    for line in text.splitlines():
        if not line.strip():
            # Items with blank lines between them are still one list.
            open_tag = None if open_tag == _TEXT else open_tag
            continue
        tag, start, words = _kind(line)
        # Each caution stands alone.
        if tag != open_tag or _CAUTION.match(line) or _CAUTION.match(blocks[-1].lines[-1]):
            blocks.append(_Block(tag, start))
            open_tag = tag
        blocks[-1].lines.append(words)
    return blocks


def _kind(line: str) -> tuple[str, int, str]:
    item = _ITEM.match(line)
    if item is None:
        return _TEXT, 1, line.strip()
    return (_NUMBERS, int(item[1]), item[2]) if item[1] else (_BULLETS, 1, item[2])


def _html(block: _Block) -> SafeString:
    lines = [_inline(line) for line in block.lines]
    if block.tag == _TEXT:
        mark = SafeString(' class="caution"' if _CAUTION.match(block.lines[0]) else "")
        return format_html("<p{}>{}</p>", mark, SafeString("<br>".join(lines)))
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    start = format_html(' start="{}"', block.start) if block.tag == _NUMBERS else ""
    return format_html("<{}{}>{}</{}>", block.tag, start, items, block.tag)


def _inline(text: str) -> SafeString:
    parts: list[SafeString] = []
    at = 0
    for match in _INLINE.finditer(text):
        parts.append(format_html("{}", text[at : match.start()]))
        parts.append(_mark(match))
        at = match.end()
    parts.append(format_html("{}", text[at:]))
    return SafeString("".join(parts))


def _mark(match: re.Match[str]) -> SafeString:
    if match["bold"]:
        return format_html("<strong>{}</strong>", _inline(match["bold"]))
    address, title = (match["bare"] or match["url"]), (match["bare"] or match["title"])
    if not _SAFE.match(address):
        return format_html("{}", title)
    return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, title)
