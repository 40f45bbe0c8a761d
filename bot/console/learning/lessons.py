"""Approved examples in Rasa's form: as a file for training, and as a patch of the checkout's data/nlu."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from bot.console.learning.wordings import FOLDER
from bot.console.models import ExampleState, TrainingExample

Key = tuple[str, str]

# Examples that fit no file of the checkout.
NEW_FILE = "learned.yml"
_HEAD = 'version: "3.1"\nnlu:\n'
_INTENT = re.compile(r"- intent: (\S+)\s*$")
_LANGUAGE = re.compile(r"\s+metadata: \{language: (\w+)\}")
_LINE = re.compile(r"\s+- ")


def approved() -> list[TrainingExample]:
    """What the next model learns, in a fixed order."""
    found = TrainingExample.objects.filter(state=ExampleState.APPROVED)
    return list(found.order_by("intent", "record", "aspect", "language", "text"))


def content(examples: Iterable[TrainingExample]) -> str:
    """A file for Rasa; empty when there are no examples."""
    blocks = [_block(key, lines) for key, lines in _by_key(examples).items()]
    return _HEAD + "".join(blocks) if blocks else ""


def wordings_in(content: str) -> set[str]:
    """The wordings that stand in such a file."""
    lines = content.splitlines()
    return {_LINE.sub("", line, count=1).strip() for line in lines if _LINE.match(line)}


def patch(examples: Iterable[TrainingExample], folder: Path = FOLDER) -> str:
    """A unified diff for `git apply`: each example in the block of its label, or in a block of its own.

    Wordings that stand in the data already are left out.
    """
    files = {path.relative_to(folder): _File(path) for path in sorted(folder.rglob("*.yml"))}
    known = {text for file in files.values() for text in file.wordings}
    missing = [example for example in examples if example.text not in known]
    homeless: list[str] = []
    for key, lines in _by_key(missing).items():
        home = _home(key, files)
        if home is None:
            homeless.append(_block(key, lines))
        else:
            home.add(key, lines)
    changed = [_diff(name, file.before, file.after) for name, file in files.items() if file.is_changed]
    if homeless:
        whole = (_HEAD + "".join(homeless)).splitlines(keepends=True)
        changed.append(_diff(Path(NEW_FILE), [], whole))
    return "".join(changed)


class _File:
    """The lines of one file, with the places where its blocks end."""

    def __init__(self, path: Path) -> None:
        self.before = path.read_text(encoding="utf-8").splitlines(keepends=True)
        self.blocks = dict(_blocks(self.before))
        self.wordings = wordings_in("".join(self.before))
        self._added: dict[int, list[str]] = {}

    def add(self, key: Key, texts: Sequence[str]) -> None:
        """Put wordings at the end of their block, or a new block behind the last of its record."""
        if key in self.blocks:
            at, lines = self.blocks[key], [f"    - {text}\n" for text in texts]
        else:
            at = max(end for known, end in self.blocks.items() if _about(known) == _about(key))
            lines = [_block(key, texts)]
        self._added.setdefault(at, []).extend(lines)

    @property
    def is_changed(self) -> bool:
        return bool(self._added)

    @property
    def after(self) -> list[str]:
        lines = []
        for number, line in enumerate([*self.before, ""]):
            lines += "".join(self._added.get(number, ())).splitlines(keepends=True)
            lines.append(line)
        return lines[:-1]


def _blocks(lines: Sequence[str]) -> Iterator[tuple[Key, int]]:
    """Label and language of each block, and the number of the line behind its last wording."""
    label, language, end = "", "", 0
    for number, line in enumerate(lines):
        if found := _INTENT.match(line):
            if label:
                yield (label, language), end
            label = found.group(1)
        elif found := _LANGUAGE.match(line):
            language = found.group(1)
        elif _LINE.match(line):
            end = number + 1
    if label:
        yield (label, language), end


def _home(key: Key, files: Mapping[Path, _File]) -> _File | None:
    """The file with the block of this label and language, else one that asks about the same record."""
    exact = (file for file in files.values() if key in file.blocks)
    about = (file for file in files.values() if any(_about(known) == _about(key) for known in file.blocks))
    return next(exact, None) or next(about, None)


def _about(key: Key) -> str:
    """Intent and record of a label, without its aspect."""
    return key[0].partition(".")[0]


def _by_key(examples: Iterable[TrainingExample]) -> dict[Key, list[str]]:
    rows = sorted((example.label, example.language, example.text) for example in examples)
    return {
        (label, language): [text for *_, text in group]
        for (label, language), group in groupby(rows, key=lambda row: row[:2])
    }


def _block(key: Key, texts: Sequence[str]) -> str:
    lines = "".join(f"    - {text}\n" for text in texts)
    return f"- intent: {key[0]}\n  metadata: {{language: {key[1]}}}\n  examples: |\n{lines}"


def _diff(name: Path, before: Sequence[str], after: Sequence[str]) -> str:
    path = f"data/nlu/{name.as_posix()}"
    old = f"a/{path}" if before else "/dev/null"
    return "".join(difflib.unified_diff(before, after, old, f"b/{path}"))
