"""The sentences of the site's refusals, both languages side by side in data/responses/problems.yml."""

from __future__ import annotations

from functools import cache

import yaml

from bot.common.settings import ROOT

PATH = ROOT / "data" / "responses" / "problems.yml"


def problem_detail(key: str, **values: object) -> dict[str, str]:
    """The sentence of a refusal in both languages, {vi, en}; an unknown key gives the general one."""
    sentences = _sentences()
    found = sentences.get(key, sentences["other"])
    return {language: text.format(**values) for language, text in found.items()}


@cache
def _sentences() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return content["problems"]
