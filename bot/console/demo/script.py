"""The demonstration as it is written down in talks.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).with_name("talks.yml")


@dataclass(frozen=True)
class Step:
    """A question, or the number of a button of the latest answer (from 1)."""

    ask: str = ""
    press: int = 0
    expect: tuple[str, ...] = ()
    feedback: int = 0
    comment: str = ""


@dataclass(frozen=True)
class Desk:
    """What a person does: minutes until the claim, the replies, and `returned`, `closed` or `open`."""

    wait: int
    replies: tuple[str, ...]
    then: str


@dataclass(frozen=True)
class Talk:
    """One conversation; `now`: it happens so many minutes before the command, and is still going on."""

    steps: tuple[Step, ...]
    language: str | None = None
    channel: str = "web"
    times: int = 1
    now: int = 0
    desk: Desk | None = None


@dataclass(frozen=True)
class Script:
    """Everything that is told and done."""

    talks: tuple[Talk, ...]
    inquiries: list[dict[str, str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    canned: list[dict[str, dict[str, str]]] = field(default_factory=list)
    lessons: list[dict[str, str]] = field(default_factory=list)


@cache
def script() -> Script:
    """The file, read once."""
    content = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    others = {name: content[name] for name in ("inquiries", "labels", "notes", "canned", "lessons")}
    return Script(tuple(_talk(each) for each in content["talks"]), **others)


def _talk(entry: Mapping[str, Any]) -> Talk:
    person = entry.get("person")
    desk = Desk(person["wait"], tuple(person["replies"]), person["then"]) if person else None
    named = {name: entry[name] for name in ("language", "channel", "times", "now") if name in entry}
    return Talk(tuple(_step(each) for each in entry["say"]), desk=desk, **named)


def _step(entry: Mapping[str, Any]) -> Step:
    expect = entry.get("expect", ())
    wanted = (expect,) if isinstance(expect, str) else tuple(expect)
    return Step(**{**entry, "expect": wanted})
