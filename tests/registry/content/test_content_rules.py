"""Each rule turns red for the fault it is there for, and stays silent on sound content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.registry.content.__main__ import main
from bot.registry.content.entries import Entry, Registry
from bot.registry.content.faults import Fault
from bot.registry.content.rules import RULES

Change = Callable[[dict[str, Any]], None]
Faults = Callable[..., list[Fault]]
Write = Callable[[Change | None], Registry]

ARTICLE = {
    "kind": "press",
    "title": {
        "vi": "Báo Pháp luật Việt Nam: Thu hút đầu tư",
        "en": "Phap luat Viet Nam: Attracting investment",
    },
    "article": None,
    "url": None,
    "date": "2024",
}


def put(record: str, path: str, value: Any) -> Change:
    """A change that sets one field, e.g. put("park", "summary.en", "")."""

    def change(records: dict[str, Any]) -> None:
        *parents, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        target = records[record]
        for step in parents:
            target = target[step]
        target[last] = value

    return change


def test_sound_content_has_no_faults(faults: Faults) -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("rule", "field", "change"),
    [
        # a mutated figure, in digits, in a date, in a document number, in a unit
        ("equality", "summary", put("park", "summary.en", "541 ha with USD 1.6 billion of capital.")),
        ("equality", "summary", put("park", "summary.vi", "Rộng 542 ha, vốn 1,5 tỷ USD.")),
        ("equality", "fee.note", put("permit", "fee.note.en", "VND 1,500,000 from 2 March 2026.")),
        ("equality", "fee.note", put("permit", "fee.note.vi", "Phí 1.500.000 USD từ 01/03/2026.")),
        ("equality", "steps[0]", put("permit", "steps.en", ["File within 10 days"])),
        (
            "equality",
            "citations[0].title",
            put("permit", "citations.0.title.en", "Law on Investment 143/2025/QH16"),
        ),
        ("equality", "citations[0].article", put("permit", "citations.0.article.vi", "Điều 82")),
        # a missing citation
        ("citations", "citations", put("permit", "citations", [])),
        ("citations", "citations", put("park", "confidence", "high")),
        ("citations", "citations[0].url", put("park", "citations", [{**ARTICLE, "date": None}])),
        ("citations", "citations[0].url", put("park", "citations", [{**ARTICLE, "kind": "page"}])),
        # a missing translation
        ("languages", "summary", put("park", "summary.en", "")),
        ("languages", "caveats", put("permit", "caveats.en", [])),
        ("languages", "name", put("park", "name", {"vi": "Khu công nghiệp Đình Vũ"})),
        ("untranslated", "name.en", put("park", "name.en", "Khu công nghiệp Đình Vũ")),
        ("untranslated", "name.vi", put("park", "name.vi", "the industrial park of Dinh Vu")),
        # a leaked note on how the fact was collected
        ("provenance", "caveats.en[0]", put("permit", "caveats.en", ["From a third-party copy, July 2026."])),
        ("provenance", "caveats.vi[0]", put("permit", "caveats.vi", ["Theo kiến thức nền, tháng 7/2026."])),
        ("provenance", "online.url", put("permit", "online.url", "https://github.com/some/thing")),
        (
            "provenance",
            "summary.en",
            put("park", "summary.en", "541 ha, USD 1.5 billion (some/thing: raw/1.json)."),
        ),
        ("references", "parent", put("park", "parent", "nowhere")),
        ("references", "caveats[0]", put("permit", "caveats.en", ["See faq-labour-visa-12, July 2026."])),
        ("addresses", "online.url", put("permit", "online.url", "dichvucong.gov.vn")),
        ("addresses", "online.url", put("permit", "online.url", "https://dichvucong.gov.vn/thủ-tục")),
        ("addresses", "phone", put("park", "phone", "ask the developer")),
        ("review", "as_of", put("park", "as_of", "2027-01")),
        ("review", "as_of", put("park", "as_of", None)),
        ("review", "review_by", put("park", "review_by", "2026-11-23")),
        ("review", "citations[0].date", put("permit", "citations.0.date", "31/12/2025")),
        ("sentences", "summary.en", put("park", "summary.en", "541 ha USD 1.5 billion " + "word " * 36)),
        ("sentences", "summary.vi", put("park", "summary.vi", "541 ha 1,5 tỷ USD " + "đất " * 56)),
        ("schema", "parent", put("park", "parent", 5)),
        ("schema", "id", put("park", "id", "zone")),
    ],
)
def test_a_fault_is_reported_by_its_rule(faults: Faults, rule: str, field: str, change: Change) -> None:
    found = faults(change)
    assert (rule, field) in {(fault.rule, fault.field) for fault in found}
    assert all(fault.advice for fault in found)


def test_a_medium_record_without_citations_is_labelled_not_faulted(faults: Faults) -> None:
    assert faults(put("park", "citations", [])) == []


def test_a_question_leads_only_to_records_that_exist(tmp_path: Path) -> None:
    question = {
        "id": "faq-tax-01",
        "related": ["permit", "nowhere"],
        "related_rules": ["CIT-STD-20", "permit"],
    }
    entries = [
        Entry("procedure", "procedures/all.yml", {"id": "permit"}),
        Entry("incentive", "incentives/all.yml", {"id": "CIT-STD-20"}),
        Entry("faq", "faq/all.yml", question),
    ]
    found = RULES["references"](Registry(tmp_path, entries, []))
    assert {(fault.field, fault.advice) for fault in found} == {
        ("related", "no record 'nowhere'"),
        ("related_rules", "no incentive 'permit'"),
    }


def test_a_printed_article_is_cited_by_title_and_date(faults: Faults) -> None:
    assert faults(put("park", "citations", [ARTICLE])) == []


def test_an_unpublished_record_needs_no_citation(faults: Faults) -> None:
    def change(records: dict[str, Any]) -> None:
        records["park"].update(confidence="high", published=False)

    assert faults(change) == []


def test_the_clock_can_be_set(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    faults()
    monkeypatch.setenv("HEZA_TODAY", "2025-09-30")
    assert {fault.rule for fault in faults()} == {"review"}


def test_rasas_own_keys_are_refused(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(None)
    (tmp_path / "zones" / "more.yml").write_text("rules: []\n", encoding="utf-8")
    assert main(["--root", str(tmp_path), "--rule", "schema"]) == 1
    assert "Rasa's own" in capsys.readouterr().out


def test_the_command_says_where_and_counts(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(None)
    assert main(["--root", str(tmp_path)]) == 0
    assert "1 procedure, 2 zone; " in capsys.readouterr().out
    write(put("park", "summary.en", "542 ha with USD 1.5 billion of capital."))
    assert main(["--root", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert printed.startswith("equality")
    assert "zones/all.yml  park  summary:" in printed


def test_the_calculators_tables_are_read_too(write: Write, tmp_path: Path) -> None:
    write(None)
    (tmp_path / "incentives").mkdir()
    text = "parameters:\n  - label: {vi: Thuế suất 20%, en: Tax rate 25%}\n"
    (tmp_path / "incentives" / "_tables.yml").write_text(text, encoding="utf-8")
    assert main(["--root", str(tmp_path), "--only", "_tables"]) == 1
