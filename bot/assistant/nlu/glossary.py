"""Reads a question in Korean, Japanese or Chinese through the terms of the field it holds.

The embedding model is too small to find a record across these languages by itself; the terms lead it to
English. A file a language in `glossary/`: what is written there, and its English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

_FOLDER = Path(__file__).with_name("glossary")
# Letters of Latin alphabets, Vietnamese ones too, and what stands inside names; \w takes any script.
_LATIN = r"[0-9A-Za-zÀ-ɏḀ-ỿ][0-9A-Za-zÀ-ɏḀ-ỿ_.&-]*"
_SPACE = re.compile(r"\s+")


def gloss(text: str, language: str) -> str:
    """The English terms and Latin words of `text` in their order; '' when it holds no known term."""
    terms = _terms(language)
    matches = [match.group() for match in _pattern(language).finditer(text)]
    known = [terms.get(_SPACE.sub("", match)) for match in matches]
    return " ".join(term or match for term, match in zip(known, matches, strict=True)) if any(known) else ""


@lru_cache(maxsize=3)
def _terms(language: str) -> Mapping[str, str]:
    """Terms without the spaces that some write inside them, and their English."""
    content = (_FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    return {_SPACE.sub("", term): english for term, english in yaml.load(content, yaml.CSafeLoader).items()}


@lru_cache(maxsize=3)
def _pattern(language: str) -> re.Pattern[str]:
    terms = sorted(_terms(language), key=len, reverse=True)
    # A space may stand between any two characters.
    spelled = [r"\s?".join(map(re.escape, term)) for term in terms]
    return re.compile("|".join([*spelled, _LATIN]))
