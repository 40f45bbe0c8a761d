"""Words of the console that Python names: `*.yml` beside this file, each entry {vi, en}.

Pages write theirs themselves, both languages side by side: {% say "Hội thoại" "Conversations" %}.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.utils.functional import lazy
from django.utils.translation import get_language

_FOLDER = Path(__file__).with_name("words")


def language() -> str:
    """'en' when the officer reads English, otherwise 'vi'."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def say(group: str, key: str, /, **values: object) -> str:
    """The words in the officer's language, placeholders filled; an unknown key comes back as it is."""
    entry = words(group).get(key)
    return entry[language()].format(**values) if entry else key


# Read when a page is shown: forms and models are defined once, officers differ.
label = lazy(say, str)


@cache
def words(group: str) -> dict[str, dict[str, str]]:
    """All entries of one group, `words/<group>.yml`."""
    text = (_FOLDER / f"{group}.yml").read_text(encoding="utf-8")
    entries: dict[str, dict[str, str]] = yaml.safe_load(text)
    return entries


def choices(group: str) -> list[tuple[str, str]]:
    """The entries as Django's `choices`."""
    return [(key, label(group, key)) for key in words(group)]
