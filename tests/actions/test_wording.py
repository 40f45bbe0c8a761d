"""Both languages say the same. No sentence is unused, none stands in Python."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
import yaml

from bot.common.settings import ROOT
from bot.common.wording import RESPONSES

FILES = ("answer", "procedure", "zone", "incentive", "row", "button", "fault", "list", "talk", "dossier")
ENTRIES = [
    (file, key, entry)
    for file in FILES
    for key, entry in yaml.safe_load((RESPONSES / f"{file}.yml").read_text(encoding="utf-8"))[file].items()
]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "actions").rglob("*.py")))
VIETNAMESE = re.compile(
    r"[ăâđêôơưĂÂĐÊÔƠƯ]|[\u00c0-\u00c3\u00c8-\u00ca\u00cc-\u00cd\u00d2-\u00d5\u1ea0-\u1ef9]"
)


@pytest.mark.parametrize(("file", "key", "entry"), ENTRIES, ids=[f"{file}.{key}" for file, key, _ in ENTRIES])
def test_both_languages_are_alike(file: str, key: str, entry: dict[str, str]) -> None:
    assert set(entry) == {"vi", "en"}
    vietnamese, english = entry["vi"], entry["en"]
    assert _placeholders(vietnamese) == _placeholders(english)
    assert vietnamese.count("**") == english.count("**")
    assert vietnamese.count("\n- ") == english.count("\n- ")
    assert vietnamese.strip() == vietnamese
    assert english.strip() == english
    assert not VIETNAMESE.search(english)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_titles_of_buttons_fit_a_telephone(language: str) -> None:
    buttons = [entry for file, _, entry in ENTRIES if file == "button"]
    assert max(len(entry[language]) for entry in buttons) <= 40


def test_every_sentence_is_used() -> None:
    unused = [f"{file}.{key}" for file, key, _ in ENTRIES if not _is_used(file, key)]
    assert unused == []


def test_no_sentence_stands_in_python() -> None:
    literals = re.findall(r'"([^"\n]*)"', "\n".join(line for line in CODE.splitlines() if '"""' not in line))
    assert [text for text in literals if VIETNAMESE.search(text)] == []


def test_rasa_reads_nothing_of_the_wording() -> None:
    rasa = {
        "nlu",
        "rules",
        "stories",
        "responses",
        "slots",
        "intents",
        "entities",
        "actions",
        "forms",
        "version",
    }
    for path in Path(RESPONSES).glob("*.yml"):
        assert not rasa & set(yaml.safe_load(path.read_text(encoding="utf-8"))), path.name


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _is_used(file: str, key: str) -> bool:
    """By its whole key, as a singular or plural, or with parts of it filled in by the code."""
    base = re.sub(r"\.(one|other)$", "", key)
    parts = [file, *base.split(".")]
    if f'"{file}.{base}"' in CODE or f"'{file}.{base}'" in CODE:
        return True
    filled_in = [".".join(parts[:cut]) + ".{" for cut in range(1, len(parts))]
    return any(way in CODE for way in filled_in)
