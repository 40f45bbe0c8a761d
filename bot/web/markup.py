"""The Markdown of messages – bold, lists, links, line breaks – as HTML for pages without JavaScript.

The same rules as the chat element's (bot/widget/src/markdown.ts); everything else in the text is escaped.
"""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_ITEM = re.compile(r"^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$")
_CAUTION = re.compile(r"^⚠\ufe0f?\s*")
_INLINE = re.compile(
    r"\*\*(?=\S)(?P<bold>.+?\S)\*\*"
    r"|\[(?P<title>[^\]\[]+)\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)"
    r"|(?P<bare>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]*])"
)
_SAFE = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\]))", re.IGNORECASE)


def render(text: str) -> SafeString:
    """HTML of one message's text."""
    blocks: list[SafeString] = []
    lines: list[SafeString] = []
    items: list[SafeString] = []
    numbered_from: int | None = None

    def close() -> None:
        if lines:
            blocks.append(format_html("<p>{}</p>", _joined(lines)))
        if items and numbered_from is not None:
            blocks.append(format_html('<ol start="{}">{}</ol>', numbered_from, _items(items)))
        elif items:
            blocks.append(format_html("<ul>{}</ul>", _items(items)))
        lines.clear()
        items.clear()

    for line in text.splitlines():
        item = _ITEM.match(line)
        if not line.strip():
            # Items with blank lines between them are still one list.
            if lines:
                close()
        elif item:
            ordered = item[1] is not None
            if lines or (items and ordered != (numbered_from is not None)):
                close()
            if not items:
                numbered_from = int(item[1]) if ordered else None
            items.append(_inline(item[2]))
        elif _CAUTION.match(line):
            close()
            blocks.append(format_html('<p class="caution">{}</p>', _inline(line)))
        else:
            if items:
                close()
            lines.append(_inline(line.strip()))
    close()
    return SafeString("".join(blocks))


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


def _joined(lines: list[SafeString]) -> SafeString:
    return SafeString("<br>".join(lines))


def _items(items: list[SafeString]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((item,) for item in items))
