"""Cards, tables and sources of a message as paragraphs: Telegram has neither boxes nor columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.telegram.rich import BULLET, Block, Line, Run, link, plain
from bot.telegram.wording import TELEGRAM

MOST_SOURCES = 10
_Fields = Mapping[str, Any]


def card(block: _Fields, *, titled: bool = True) -> Block:
    """Key facts, a line each, under their title unless it is not `titled`."""
    facts = [_fact(row["label"], row["value"]) for row in block["rows"]]
    return Block((*([_title(block["title"])] if titled or not facts else []), *facts))


def reads(line: Line) -> str:
    """The words of a line."""
    return "".join(run.text for run in line)


def table(block: _Fields) -> list[Block]:
    """The rows below each other: a folded paragraph for each column, named by it.

    A table with more columns than rows has a paragraph for each row instead, so that less is repeated.
    """
    names, rows = block["columns"], block["rows"]
    if len(names) - 1 > len(rows):
        names, rows = ["", *(row[0] for row in rows if row)], _turned(names, rows)
    return [
        Block((_title(name), *(_fact(row[0], row[place]) for row in rows if len(row) > place)), quote=True)
        for place, name in enumerate(names)
        if place
    ]


def _turned(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The table with columns as rows."""
    whole = [row for row in rows if row]
    return [
        [name, *(row[place] if place < len(row) else "" for row in whole)]
        for place, name in enumerate(names)
        if place
    ]


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


def _title(text: str) -> Line:
    return (Run(_one_line(text), bold=True),)


def _fact(label: str, value: str) -> Line:
    return (Run(f"{_one_line(label)}: {_one_line(value)}"),)


def _source(source: _Fields, site: str) -> Line:
    article = f", {_one_line(source['article'])}" if source["article"] else ""
    return tuple(
        run for run in (Run(BULLET), link(source["title"], source["url"], site), Run(article)) if run.text
    )


def _one_line(text: str) -> str:
    return " ".join(plain(str(text)).split())
