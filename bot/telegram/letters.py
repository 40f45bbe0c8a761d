"""A message of the gateway's as what is sent to Telegram: texts, then pictures, files and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardMarkup

from bot.conversations.shown import ShownMessage
from bot.telegram import figures
from bot.telegram.keyboard import keyboard
from bot.telegram.pages import Page, page_of
from bot.telegram.pieces import pieces
from bot.telegram.rich import Block, Line, Run, blocks, link
from bot.telegram.wording import TELEGRAM

_CAPTION = 1024


@dataclass(frozen=True)
class Text:
    """HTML of at most 4,096 visible characters."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True)
class Picture:
    """A picture by its address."""

    url: str
    caption: str


@dataclass(frozen=True)
class File:
    """A file by its address."""

    url: str
    caption: str


@dataclass(frozen=True)
class Venue:
    """A place with its name; degrees."""

    title: str
    address: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Copy:
    """A file that is sent along."""

    content: str
    name: str
    caption: str


Part = Text | Picture | File | Venue | Copy
# As many items as make every page one message.
_SIZES = (10, 5, 2, 1)


def parts(message: ShownMessage, site: str, *, page: int = 0, lead: str = "") -> list[Part]:
    """What to send, in order. `site`: the public address; `lead`: a line before everything else."""
    language = message["language"] or "vi"
    shown, texts = _page(message, page, language, site, lead)
    under = keyboard(message, shown.number, shown.count, language=language)
    found: list[Part] = [Text(text) for text in texts[:-1]]
    found += [Text(text, under) for text in texts[-1:]]
    return found + [part for block in message["blocks"] if (part := _attachment(block, language, site))]


def own(text: str, site: str, under: InlineKeyboardMarkup | None = None) -> list[Part]:
    """A sentence of the door's own, in Markdown."""
    texts = pieces(blocks(text, site))
    return [Text(each, under if place == len(texts) - 1 else None) for place, each in enumerate(texts)]


def _page(
    message: ShownMessage, number: int, language: str, site: str, lead: str
) -> tuple[Page, Sequence[str]]:
    """A page and its texts. It is turned by editing one message, so a page is one, or there are no pages."""

    def texts(page: Page) -> Sequence[str]:
        return pieces(_paragraphs(page.message, language, site, lead))

    for size in _SIZES:
        shown = page_of(message, number, size)
        if shown.count == 1 or all(
            len(texts(page_of(message, other, size))) == 1 for other in range(shown.count)
        ):
            return shown, texts(shown)
    whole = Page(message, 0, 1)
    return whole, texts(whole)


def _paragraphs(message: ShownMessage, language: str, site: str, lead: str) -> list[Block]:
    found = [Block(((Run(lead, bold=True),),))] if lead else []
    said = blocks(message["text"], site)
    if message["author"] == "staff" and said:
        name: Line = (Run(f"{message['author_name']}:", bold=True),)
        said[0] = Block((name, *said[0].lines))
    found += said
    for block in message["blocks"]:
        if block["type"] == "card":
            # A title that stands above already is not said again.
            repeats = bool(said) and figures.reads(said[0].lines[0]) == block["title"]
            found.append(figures.card(block, titled=not repeats))
        elif block["type"] == "table":
            found += figures.table(block)
        elif block["type"] in {"image", "file"} and not _address(block, site):
            found.append(Block(((link(block["title"], block["url"], site),),)))
    cited = figures.sources(message["sources"], language, site)
    return [*found, cited] if cited else found


def _attachment(block: Mapping[str, Any], language: str, site: str) -> Part | None:
    if block["type"] == "location":
        lat, lon = float(block["lat"]), float(block["lon"])
        return Venue(block["title"], TELEGRAM.say("place", language, lat=lat, lon=lon), lat, lon)
    address = _address(block, site) if block["type"] in {"image", "file"} else None
    if address is None:
        return None
    kind = Picture if block["type"] == "image" else File
    return kind(address, block["title"][:_CAPTION])


def _address(block: Mapping[str, Any], site: str) -> str | None:
    """Pictures and files come from our own site only."""
    run = link("·", block["url"], site)
    return run.url if run.url and site and run.url.startswith(f"{site}/") else None
