"""Telegram's HTML as its server reads it: few tags, well nested, everything else escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<[^>]*>|&[^;\s<&]*;?|[^<&]+|<")
_OPEN = re.compile(
    r'<(?:(b|strong|i|em|u|s|code|pre|tg-spoiler)|(blockquote)(?: expandable)?|(a) href="([^"<>]+)")>'
)
_CLOSE = re.compile(r"</([a-z-]+)>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_NUMBER = re.compile(r"&#(?:x[0-9a-fA-F]+|\d+);")


class BadHtml(Exception):
    """What the real server refuses with "can't parse entities"."""


@dataclass(frozen=True)
class Read:
    """The visible text, how many entities it has, and the addresses of its links."""

    text: str
    entities: int
    links: tuple[str, ...]

    @property
    def units(self) -> int:
        """Length as Telegram counts it."""
        return len(self.text.encode("utf-16-le")) // 2


def read(html: str) -> Read:
    """Read a message; raises BadHtml."""
    text: list[str] = []
    stack: list[str] = []
    links: list[str] = []
    entities = 0
    for token in _TOKEN.findall(html):
        if opened := _OPEN.fullmatch(token):
            name = next(filter(None, opened.groups()))
            if name in stack:
                raise BadHtml(f"{name} in itself")
            stack.append(name)
            entities += 1
            if opened[4]:
                links.append(read(opened[4]).text)
        elif closed := _CLOSE.fullmatch(token):
            if not stack or stack.pop() != closed[1]:
                raise BadHtml(f"{token} without its beginning")
        elif token.startswith("&"):
            text.append(_character(token))
        elif token.startswith("<"):
            raise BadHtml(f"unknown tag {token}")
        else:
            text.append(token)
    if stack:
        raise BadHtml(f"{stack} never ends")
    return Read("".join(text), entities, tuple(links))


def _character(entity: str) -> str:
    if entity in _ENTITIES:
        return _ENTITIES[entity]
    if not _NUMBER.fullmatch(entity):
        raise BadHtml(f"unknown entity {entity}")
    number = entity[2:-1]
    return chr(int(number[1:], 16) if number.startswith("x") else int(number))
