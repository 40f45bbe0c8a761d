"""The sentences of the actions in one language, from `data/responses`; and the tables beside them.

A sentence's key is `<file>.<name>`: "procedure.time" stands in data/responses/procedure.yml under `time`.
Names that end in `.one` and `.other` are the singular and plural of one sentence.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from bot.common.wording import RESPONSES, Wording


class Say:
    """Calling it with a key gives the sentence; an unknown key or a missing value is a KeyError."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence with its placeholders filled."""
        file, name = key.split(".", 1)
        return Wording(file).say(name, self.language, **values)

    def count(self, key: str, amount: float, /, **values: object) -> str:
        """The singular or plural of a sentence; `{count}` stands for the amount as `values` writes it."""
        return self(f"{key}.one" if amount == 1 else f"{key}.other", **values)

    def both(self, key: str, /, **values: object) -> dict[str, str]:
        """The sentence in both languages, {vi, en}."""
        file, name = key.split(".", 1)
        return Wording(file).both(name, **values)


@lru_cache(maxsize=4)
def table(name: str) -> dict[str, Any]:
    """A table of wording that is not sentences, e.g. `relevance`: the file of that name and its key."""
    path = RESPONSES / f"{name}.yml"
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))[name]
    return content
