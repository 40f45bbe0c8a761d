"""Prints answers of all kinds as an investor sees them: `python -m tests.quality.samples`.

Holds the talks of samples.yml over the API of a product of its own (`--running`: the one that runs), writes
docs/quality/samples.md: text, tables and cards, sources, buttons. It judges nothing: it is there to be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.common import formats
from bot.common.settings import ROOT
from bot.launch.client import Conversation, Message
from tests.quality.product import product

_TALKS = Path(__file__).with_name("samples.yml")
_REPORT = ROOT / "docs" / "quality" / "samples.md"
_PATIENCE_SECONDS = 60.0
# As the chat element says it.
_STATUS = {
    "confirmed": {"vi": "Ban Quản lý đã xác nhận", "en": "confirmed by the Authority"},
    "cited": {"vi": "theo nguồn đã dẫn", "en": "from the cited source"},
    "unconfirmed": {"vi": "chưa được xác nhận", "en": "not yet confirmed"},
}
# Longer lists of sources are folded in the chat as well.
MOST_SOURCES = 6


@dataclass(frozen=True)
class Turn:
    """What the investor wrote, or the title of the button that was pressed, and what came back."""

    said: str
    pressed: bool
    answer: Sequence[Message]


def main(arguments: Sequence[str] | None = None) -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--running", action="store_true", help="ask the product that runs")
    options = parser.parse_args(arguments)
    with product(options.running) as found:
        held = [(talk, hold(found.base_url, talk)) for talk in talks()]
    text = report(held)
    _REPORT.write_text(text, encoding="utf-8")
    answers = sum(len(turns) for _, turns in held)
    print(f"{_REPORT.relative_to(ROOT)}: {answers} answers in {len(held)} conversations")
    return 0


def talks() -> list[Mapping[str, Any]]:
    """The conversations of samples.yml: `about`, and `turns`: a text, or {press: number of a button}."""
    found: list[Mapping[str, Any]] = yaml.safe_load(_TALKS.read_text(encoding="utf-8"))["talks"]
    return found


def hold(base_url: str, talk: Mapping[str, Any]) -> list[Turn]:
    """Hold one conversation to its end."""
    held: list[Turn] = []
    with Conversation(base_url, talk.get("language"), timeout=_PATIENCE_SECONDS) as conversation:
        for turn in talk["turns"]:
            if isinstance(turn, str):
                held.append(Turn(turn, False, conversation.say(turn)))
                continue
            button = _buttons(held[-1].answer)[turn["press"] - 1]
            held.append(Turn(button["title"], True, conversation.press(button["payload"])))
    return held


def report(held: Sequence[tuple[Mapping[str, Any], Sequence[Turn]]]) -> str:
    """All conversations as Markdown."""
    answers = sum(len(turns) for _, turns in held)
    about = (
        f"{answers} answers in {len(held)} conversations, held over the public API by "
        "`.venv/bin/python -m tests.quality.samples` with the records of this checkout. "
        "Behind ▸ stands what the investor wrote (or [pressed]); § is a source, [ ] a button."
    )
    parts = ["# Answers as an investor sees them", about]
    for number, (talk, turns) in enumerate(held, 1):
        parts.append(f"## {number}. {talk['about']}")
        parts += [block for turn in turns for block in _turn(turn)]
    return "\n\n".join(parts) + "\n"


def _turn(turn: Turn) -> Iterator[str]:
    yield f"▸ **[{turn.said}]**" if turn.pressed else f"▸ **{turn.said}**"
    for message in turn.answer:
        lines = [message["text"], *map(_block, message["blocks"])]
        sources = list(dict.fromkeys(_source(source, message["language"]) for source in message["sources"]))
        if sources:
            rest = [f"§ … {len(sources) - MOST_SOURCES} more"] if len(sources) > MOST_SOURCES else []
            lines.append("  \n".join([*sources[:MOST_SOURCES], *rest]))
        if message["buttons"]:
            lines.append(" ".join(f"`[{button['title']}]`" for button in message["buttons"]))
        yield _quoted("\n\n".join(lines))


def _block(block: Mapping[str, Any]) -> str:
    """A table or card as a table; of other blocks what they are."""
    if block["type"] == "table":
        return _table(block["columns"], block["rows"])
    if block["type"] == "card":
        return _table([block["title"], ""], [[row["label"], row["value"]] for row in block["rows"]])
    return f"*({block['type']}: {block.get('title', '')})*"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(map(_row, [columns, ["---"] * len(columns), *rows]))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _source(source: Mapping[str, Any], language: str) -> str:
    named = ", ".join(part for part in (source["title"], source["article"]) if part)
    address = f" <{source['url']}>" if source["url"] else ""
    as_of, status = formats.day(source["as_of"], language), _STATUS[source["status"]][language]
    return f"§ {named}; {as_of}, {status}{address}"


def _buttons(answer: Sequence[Message]) -> list[Mapping[str, Any]]:
    return [button for message in answer for button in message["buttons"]]


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main())
