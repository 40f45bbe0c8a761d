"""What differs between two contents of a record, field by field and word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from bot.registry.labels import pick, say
from bot.registry.staff.leaves import Leaf, take_apart

Mark = Literal["same", "out", "in"]
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Change:
    """One field that differs; each side in pieces, `out` on the left and `in` on the right."""

    label: str
    language: str
    before: list[tuple[Mark, str]]
    after: list[tuple[Mark, str]]


def between(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """The fields that differ, in the order of the form."""
    old, new = (_leaves(kind, content or {}) for content in (before, after))
    named = {**old, **new}
    return [
        _change(named[name], _text(old.get(name)), _text(new.get(name)))
        for name in [*new, *(name for name in old if name not in new)]
        if _text(old.get(name)) != _text(new.get(name))
    ]


def _leaves(kind: str, content: Mapping[str, Any]) -> dict[str, Leaf]:
    return {leaf.name: leaf for leaf in take_apart(kind, content) if not leaf.spare}


def _change(leaf: Leaf, before: str, after: str) -> Change:
    language = str(leaf.path[-1]) if leaf.path[-1] in ("vi", "en") else ""
    left, right = list(_pieces(before, after)), list(_pieces(after, before))
    return Change(
        _label(leaf),
        language,
        [("out" if mark == "own" else "same", text) for mark, text in left],
        [("in" if mark == "own" else "same", text) for mark, text in right],
    )


def _pieces(text: str, other: str) -> Iterator[tuple[Literal["same", "own"], str]]:
    """The text in pieces that the other has as well, and pieces of its own."""
    words, others = _WORD.findall(text), _WORD.findall(other)
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        if start < end:
            yield ("same" if kind == "equal" else "own"), "".join(words[start:end])


def _text(leaf: Leaf | None) -> str:
    value = leaf.value if leaf else None
    if value is None or value == []:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=None).removesuffix(
        "\n...\n"
    )


def _label(leaf: Leaf) -> str:
    return " · ".join(
        (say(part) if part in ("vi", "en") else part) if isinstance(part, str) else pick(part)
        for part in leaf.labels
    )
