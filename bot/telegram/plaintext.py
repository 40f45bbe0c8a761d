"""Telegram's HTML without its tags, the last resort when Telegram does not take it."""

from __future__ import annotations

from html.parser import HTMLParser


class _Letters(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def without_tags(html: str) -> str:
    """The visible letters."""
    reader = _Letters()
    reader.feed(html)
    reader.close()
    return "".join(reader.found)
