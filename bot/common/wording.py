"""Sentences for people, kept in data/responses with both languages side by side."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.common.settings import ROOT

RESPONSES = ROOT / "data" / "responses"
LANGUAGES = ("vi", "en")


class Wording:
    """The sentences of one file: `data/responses/<file>.yml`, whose only top-level key is the file's name.

    Each entry is `{vi, en}`: a sentence, or a list of sentences, with `{placeholders}`.
    """

    def __init__(self, file: str) -> None:
        self._file = file

    def say(self, name: str, language: str, /, **values: object) -> str:
        """The sentence in one language; an unknown name or a missing value is a KeyError."""
        entry = _entries(RESPONSES / f"{self._file}.yml", self._file)[name]
        return str(entry[language]).format(**values)

    def both(self, name: str, /, **values: object) -> dict[str, str]:
        """The sentence in both languages, {vi, en}."""
        return {language: self.say(name, language, **values) for language in LANGUAGES}

    def many(self, name: str, language: str) -> list[str]:
        """The sentences of a list in one language."""
        return list(_entries(RESPONSES / f"{self._file}.yml", self._file)[name][language])


@cache
def _entries(path: Path, key: str) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))[key]
    return entries
