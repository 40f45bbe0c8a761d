"""Conversations written down in `talks/*.yml`: what the investor does, and what must come back.

A file holds `language` and `talks`; a talk has a `title` and `turns`. A turn either says something (`say`) or
presses a button by its title (`press`). What may be expected of the answer:

- `record`: id that stands among the sources; `no_source: true`: there is none
- `shows`, `hides`: pieces of text that must and must not be in text, cards or tables
- `sentence`: key of a sentence in data/responses, its placeholders standing for anything
- `buttons`: titles that are offered; `offers`: how many buttons there are
- `language`: of the answer, when it is not the talk's; `mode`: of the conversation afterwards
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from bot.common.text import strip_marks
from bot.common.wording import RESPONSES
from bot.launch.client import Conversation, Message

TALKS = Path(__file__).with_name("talks")


@dataclass(frozen=True)
class Turn:
    """One thing the investor does, and what must come back."""

    say: str = ""
    press: str = ""
    record: str = ""
    no_source: bool = False
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    sentence: str = ""
    buttons: tuple[str, ...] = ()
    offers: int | None = None
    language: str = ""
    mode: str = "bot"


@dataclass(frozen=True)
class Talk:
    """A conversation; `chosen` is the language picked at its start, if one was."""

    title: str
    language: str
    turns: tuple[Turn, ...]
    chosen: str | None = None

    def __str__(self) -> str:
        return self.title

    def stripped(self) -> Talk:
        """The same typed without diacritics."""
        turns = tuple(replace(turn, say=strip_marks(turn.say)) for turn in self.turns)
        return replace(self, title=f"{self.title}, stripped", turns=turns)


def load_all() -> list[Talk]:
    """All talks; Vietnamese ones a second time without diacritics, unless the file says otherwise."""
    return [talk for path in sorted(TALKS.glob("*.yml")) for talk in _load(path)]


def _load(path: Path) -> Iterator[Talk]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for entry in content["talks"]:
        language = entry.get("language", content["language"])
        turns = tuple(_turn(turn) for turn in entry["turns"])
        talk = Talk(f"{path.stem}: {entry['title']}", language, turns, entry.get("chosen"))
        yield talk
        if language == "vi" and content.get("stripped", True):
            yield talk.stripped()


def _turn(content: dict[str, Any]) -> Turn:
    lists = {key: tuple(value) for key, value in content.items() if isinstance(value, list)}
    return Turn(**{**content, **lists})


@dataclass
class Held:
    """A talk being held: a transcript for the reader of a failure, and what was not as it must be."""

    conversation: Conversation
    language: str
    buttons: Sequence[Message] = ()
    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def take(self, turn: Turn) -> None:
        """Do what the turn says and check what comes back."""
        if turn.press:
            messages = self._press(turn.press)
        else:
            self.lines.append(f"> {turn.say}")
            messages = self.conversation.say(turn.say)
        self.lines += [f"{message['author']}: {message['text']}" for message in messages]
        self.buttons = [button for message in messages for button in message["buttons"]]
        if self.buttons:
            self.lines.append("  " + "  ".join(f"[{button['title']}]" for button in self.buttons))
        for fault in _faults(turn, messages, turn.language or self.language, self.conversation.mode):
            self.faults.append(fault)
            self.lines.append(f"!! {fault}")

    def _press(self, title: str) -> list[Message]:
        self.lines.append(f"> [{title}]")
        for button in self.buttons:
            if button["title"] == title:
                return self.conversation.press(button["payload"])
        self.faults.append(f"no button {title!r} to press")
        return []


def _faults(turn: Turn, messages: Sequence[Message], language: str, mode: str) -> Iterator[str]:
    if not messages:
        yield "no answer"
        return
    everything = "\n".join(_visible(message) for message in messages)
    sources = [source["record"] for message in messages for source in message["sources"]]
    titles = [button["title"] for message in messages for button in message["buttons"]]
    if turn.record and turn.record not in sources:
        yield f"record {turn.record} is not among {sources}"
    if turn.no_source and sources:
        yield f"there should be no source, but {sources}"
    yield from (f"missing: {piece}" for piece in turn.shows if piece not in everything)
    yield from (f"should not be there: {piece}" for piece in turn.hides if piece in everything)
    if turn.sentence and not _says(everything, turn.sentence, language):
        yield f"sentence {turn.sentence} ({language}) is missing"
    yield from (f"no button {title!r} in {titles}" for title in turn.buttons if title not in titles)
    if turn.offers is not None and len(titles) != turn.offers:
        yield f"{turn.offers} buttons expected, not {titles}"
    spoken = {message["language"] for message in messages}
    if spoken != {language}:
        yield f"answered in {sorted(spoken)}, not {language}"
    if mode != turn.mode:
        yield f"mode {mode}, not {turn.mode}"


def _visible(message: Message) -> str:
    """All that is read: text, cards and tables."""
    cells: list[str] = []
    for block in message["blocks"]:
        cells += [f"{row['label']}: {row['value']}" for row in block.get("rows", ()) if isinstance(row, dict)]
        cells += [" | ".join(row) for row in block.get("rows", ()) if isinstance(row, list)]
    return "\n".join([message["text"], *cells])


def _says(text: str, key: str, language: str) -> bool:
    file, name = key.split(".", 1)
    entries = yaml.safe_load((RESPONSES / f"{file}.yml").read_text(encoding="utf-8"))[file]
    sentence = str(entries[name][language]).strip()
    pattern = ".*?".join(re.escape(piece) for piece in re.split(r"\{\w+\}", sentence))
    return re.search(pattern, text, re.DOTALL) is not None
