"""Cards, tables and sources of a message as paragraphs: Telegram has neither boxes nor columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.telegram.rich import BULLET, Block, Line, Run, link, plain
from bot.telegram.wording import TELEGRAM

MOST_SOURCES = 10
_Fields = Mapping[str, Any]


def card(block: _Fields) -> Block:
    """Key facts under a title, a line each."""
    lines: list[Line] = [(Run(_one_line(block["title"]), bold=True),)]
    lines += [(Run(f"{_one_line(row['label'])}: {_one_line(row['value'])}"),) for row in block["rows"]]
    return Block(tuple(lines))


def table(block: _Fields) -> list[Block]:
    """A paragraph for each row: its first cell as a title, the other cells named by their columns."""
    columns: Sequence[str] = block["columns"]
    found = []
    for row in block["rows"]:
        lines: list[Line] = [(Run(_one_line(row[0]), bold=True),)] if row else []
        pairs = zip(columns[1:], row[1:], strict=False)
        lines += [(Run(f"{BULLET}{_one_line(column)}: {_one_line(cell)}"),) for column, cell in pairs]
        if lines:
            found.append(Block(tuple(lines)))
    return found


def sources(listed: Sequence[_Fields], language: str, site: str) -> Block | None:
    """What the answer rests on, folded: each document once with its link; None without any."""
    unique = list({(each["title"], each["article"], each["url"]): each for each in listed}.values())
    if not unique:
        return None
    lines: list[Line] = [(Run(f"{TELEGRAM.say('sources', language)}:", bold=True),)]
    lines += [_source(each, site) for each in unique[:MOST_SOURCES]]
    rest = len(unique) - MOST_SOURCES
    if rest > 0:
        lines.append((Run(TELEGRAM.say("sources_more", language, count=rest)),))
    records = {each["record"] for each in listed}
    if len(records) == 1 and site:
        page = f"{site}/records/{next(iter(records))}?language={language}"
        lines.append((link(TELEGRAM.say("record_page", language), page),))
    return Block(tuple(lines), quote=True)


def _source(source: _Fields, site: str) -> Line:
    article = f", {_one_line(source['article'])}" if source["article"] else ""
    return tuple(
        run for run in (Run(BULLET), link(source["title"], source["url"], site), Run(article)) if run.text
    )


def _one_line(text: str) -> str:
    return " ".join(plain(str(text)).split())
