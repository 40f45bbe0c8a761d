"""Reads a question in Korean, Japanese or Chinese through the terms of the field it holds.

The embedding model is too small to find a record across these languages by itself; the terms lead it to
English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

_TABLE = Path(__file__).with_name("glossary.yml")
# Letters of Latin alphabets, Vietnamese ones too, and what stands inside names; \w takes any script.
_LATIN = r"[0-9A-Za-zÀ-ɏḀ-ỿ][0-9A-Za-zÀ-ɏḀ-ỿ_.&-]*"


def gloss(text: str, language: str) -> str:
    """The English terms and Latin words of `text` in their order; '' when it holds no known term."""
    terms = _terms()[language]
    found = [terms.get(match.group(), match.group()) for match in _pattern(language).finditer(text)]
    return " ".join(found) if any(part in terms.values() for part in found) else ""


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, Mapping[str, str]]:
    terms: Mapping[str, Mapping[str, str]] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return terms


@lru_cache(maxsize=3)
def _pattern(language: str) -> re.Pattern[str]:
    terms = sorted(_terms()[language], key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, terms), _LATIN]))
