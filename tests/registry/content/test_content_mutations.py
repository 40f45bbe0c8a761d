"""The present records, spoilt in one place each: the command that checks the content turns red."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.common.settings import ROOT
from bot.registry.content.__main__ import main

Record = dict[str, Any]
Spoil = Callable[[Record], None]

REGISTRY = ROOT / "data" / "registry"
# The others look at all files together.
RULES_OF_ONE_FILE = ("citations", "equality", "languages", "provenance")
# A record of each kind: its file, and where its readers find a figure.
RECORDS = {
    "procedure": ("procedures", "irc_issue"),
    "zone": ("zones", "ip-nam-cau-kien"),
    "incentive": ("incentives", "CIT-2025-EZ-OTHER"),
    "faq": ("faq", "faq-zones-ftz-08"),
    "statistic": ("statistics", "seed-fdi-2023"),
}
TEXTS = {
    "procedure": "legal_basis.0",
    "zone": "summary",
    "incentive": "summary",
    "faq": "answer",
    "statistic": "statement",
}


@pytest.fixture
def spoilt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str, Spoil], str]:
    """Spoil a record in a copy of its file; what the command prints, which finds nothing beforehand."""

    def check(kind: str, spoil: Spoil) -> str:
        folder, record_id = RECORDS[kind]
        original, content, record = _find(REGISTRY / folder, record_id)
        copy = tmp_path / folder / original.name
        copy.parent.mkdir()
        rules = [f"--rule={rule}" for rule in RULES_OF_ONE_FILE]
        copy.write_bytes(original.read_bytes())
        assert main(["--root", str(tmp_path), *rules]) == 0
        spoil(record)
        copy.write_text(yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
        capsys.readouterr()
        assert main(["--root", str(tmp_path), *rules]) == 1
        return capsys.readouterr().out

    return check


def _find(folder: Path, record_id: str) -> tuple[Path, dict[str, Any], Record]:
    for path in sorted(folder.glob("[!_]*.yml")):
        text = path.read_text(encoding="utf-8")
        if f"id: {record_id}\n" in text:
            content = yaml.load(text, Loader=yaml.CSafeLoader)
            found = next((record for record in content["records"] if record["id"] == record_id), None)
            if found:
                return path, content, found
    raise AssertionError(f"no record {record_id} in {folder}")


def _text(record: Record, path: str) -> dict[str, str]:
    """The bilingual text at a path such as `legal_basis.0`."""
    found: Any = record
    for step in path.split("."):
        found = found[int(step)] if step.isdigit() else found[step]
    both: dict[str, str] = found
    return both


def _other_figure(text: str) -> str:
    """The text with its last digit changed."""
    at = max(place for place, character in enumerate(text) if character.isdigit())
    return f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", RECORDS)
def test_a_mutated_figure_in_one_language_is_red(
    spoilt: Callable[[str, Spoil], str], kind: str, language: str
) -> None:
    def spoil(record: Record) -> None:
        both = _text(record, TEXTS[kind])
        both[language] = _other_figure(both[language])

    assert f"equality     {RECORDS[kind][0]}/" in spoilt(kind, spoil)


@pytest.mark.parametrize("kind", RECORDS)
def test_a_missing_citation_is_red(spoilt: Callable[[str, Spoil], str], kind: str) -> None:
    def spoil(record: Record) -> None:
        record.update(citations=[], confidence="high")

    printed = spoilt(kind, spoil)
    assert "citations    " in printed
    assert RECORDS[kind][1] in printed


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", RECORDS)
def test_a_missing_translation_is_red(spoilt: Callable[[str, Spoil], str], kind: str, language: str) -> None:
    def spoil(record: Record) -> None:
        _text(record, TEXTS[kind])[language] = ""

    assert f"write the text in '{language}'" in spoilt(kind, spoil)


@pytest.mark.parametrize("kind", RECORDS)
def test_a_leaked_note_on_where_a_fact_was_found_is_red(
    spoilt: Callable[[str, Spoil], str], kind: str
) -> None:
    def spoil(record: Record) -> None:
        both = _text(record, TEXTS[kind])
        both["vi"] += " Theo bản sao bên thứ ba."
        both["en"] += " From a third-party copy."

    assert "provenance   " in spoilt(kind, spoil)
