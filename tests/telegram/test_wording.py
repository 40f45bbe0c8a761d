"""The door's sentences: alike in both languages, all used, none of them in Python."""

from __future__ import annotations

import re
from string import Formatter

import pytest
import yaml

from bot.common.settings import ROOT
from bot.common.wording import RESPONSES

ENTRIES: dict[str, dict[str, str]] = yaml.safe_load((RESPONSES / "telegram.yml").read_text(encoding="utf-8"))[
    "telegram"
]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "telegram").glob("*.py"))
VIETNAMESE = re.compile(r"[ăâđêôơưà-ãèéêìíò-õùúýạ-ỹ]", re.IGNORECASE)
# Put together in the code from what was sent, chosen or written.
FAMILIES = ("command_", "declined_", "language_", "privacy_link")


@pytest.mark.parametrize("name", ENTRIES)
def test_both_languages_are_alike(name: str) -> None:
    entry = ENTRIES[name]
    assert set(entry) == {"vi", "en"}
    vietnamese, english = entry["vi"], entry["en"]
    assert _placeholders(vietnamese) == _placeholders(english)
    for mark in ("**", "\n- ", "/mydata", "/forget", "/help"):
        assert vietnamese.count(mark) == english.count(mark)
    assert vietnamese.strip() == vietnamese
    assert not VIETNAMESE.search(english.replace("Tiếng Việt", ""))


def test_every_sentence_is_used() -> None:
    unused = [name for name in ENTRIES if f'"{name}"' not in CODE and not name.startswith(FAMILIES)]
    assert unused == []


def test_no_sentence_stands_in_python() -> None:
    lines = [line for line in CODE.splitlines() if '"""' not in line]
    assert [line for line in lines if VIETNAMESE.search(line)] == []


def test_titles_of_buttons_fit_a_telephone() -> None:
    for name in ("forget_yes", "forget_no", "group_button", "language_vi", "language_en"):
        assert max(len(title) for title in ENTRIES[name].values()) <= 40


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
