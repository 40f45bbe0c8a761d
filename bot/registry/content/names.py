"""Names that belong in both languages as they are, read from the list beside this file.

`names.yml` has three lists:
  vietnamese: Vietnamese words that may stand in English text
  foreign: English names that may stand in Vietnamese text
  uncounted: names of authorities and documents that do not count towards the length of a sentence
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml


@cache
def listed(section: str) -> re.Pattern[str]:
    """A pattern for every name of one section, the longest first."""
    content = yaml.safe_load(Path(__file__).with_name("names.yml").read_text(encoding="utf-8"))
    return any_of(content[section])


def any_of(names: list[str]) -> re.Pattern[str]:
    """A pattern that finds any of `names` as whole words; finds nothing when the list is empty."""
    ordered = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    if not ordered:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in ordered)})(?!\w)", re.IGNORECASE)
