"""Records as files have them and as the registry's index gives them."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.assistant.nlu.gazetteer import Name
from bot.assistant.nlu.records import Record, Text, from_files, from_index, texts_of
from bot.common.settings import ROOT
from tests.assistant.tiny import RECORDS

FILE = """
records:
- id: tax-b
  name: {vi: Miễn thuế, en: Tax holiday}
  aliases: [CIT, 2026]
  related: [faq-a]
  related_rules: [tax-a]
  newer: tax-c
- id: tax-draft
  name: {vi: Nháp, en: Draft}
  published: false
"""


def test_files_give_published_records_sorted(tmp_path: Path) -> None:
    (tmp_path / "incentives").mkdir()
    (tmp_path / "faq").mkdir()
    (tmp_path / "incentives" / "tax.yml").write_text(FILE, encoding="utf-8")
    (tmp_path / "incentives" / "_calculator.yml").write_text("rates: [1, 2]", encoding="utf-8")
    (tmp_path / "faq" / "empty.yml").write_text("", encoding="utf-8")
    (tmp_path / "faq" / "pay.yml").write_text(
        "records:\n- {id: faq-a, name: {vi: Lương?, en: Wage?}}\n", encoding="utf-8"
    )
    faq, tax = from_files(tmp_path)
    assert (faq.id, faq.kind, faq.texts[0]) == ("faq-a", "faq", Text("Lương?", "vi", "question"))
    assert (tax.id, tax.kind, tax.aliases) == ("tax-b", "incentive", ("CIT", "2026"))
    assert tax.related == ("faq-a", "tax-a", "tax-c")
    assert [text.role for text in tax.texts] == ["name", "name"]


def test_the_product_s_own_files_can_be_read() -> None:
    found = from_files(ROOT / "data" / "registry")
    assert {record.kind for record in found} == {"procedure", "zone", "incentive", "faq", "statistic"}
    assert len({record.id for record in found}) == len(found)
    assert all(set(record.name) == {"vi", "en"} for record in found)


def _index(embedding: str | None) -> dict[str, Any]:
    text = {"text": "Work permit", "language": "en", "role": "name", "embedding": embedding}
    row = {
        "id": "work_permit",
        "kind": "procedure",
        "name": {"vi": "Giấy phép lao động", "en": "Work permit"},
        "aliases": ["GPLĐ"],
        "parent": None,
        "related": ["faq-wage"],
        "texts": [text],
    }
    return {"version": "7", "records": [row]}


def test_the_index_brings_vectors() -> None:
    vector = np.linspace(-1, 1, 384).astype(np.float16)
    (found,) = from_index(_index(base64.b64encode(vector.tobytes()).decode()))
    assert (found.id, found.aliases, found.related, found.parent) == (
        "work_permit", ("GPLĐ",), ("faq-wage",), None,
    )  # fmt: skip
    assert found.texts[0].vector.dtype == np.float32
    assert np.array_equal(found.texts[0].vector, vector.astype(np.float32))


def test_a_text_of_the_index_may_lack_its_vector() -> None:
    (found,) = from_index(_index(None))
    assert found.texts[0].vector is None


@pytest.mark.parametrize("content", [{}, {"records": [{"id": "x"}]}, [], {"records": None}])
def test_what_is_no_index_is_refused(content: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_index(content)


def test_a_full_name_is_known_with_its_shorthand_written_out() -> None:
    tax = Record("tax", "incentive", {"vi": "Thuế TNDN: dự án mới", "en": "CIT: new project"})
    assert "Thuế thu nhập doanh nghiệp: dự án mới" in [name.text for name in tax.names()]


def test_names_and_texts_are_told_with_their_records() -> None:
    permit = RECORDS[0]
    assert list(permit.names())[-1] == Name("GPLĐ", "work_permit", "procedure")
    ids, texts = texts_of(RECORDS[:2])
    assert ids == ["work_permit", "work_permit", "fire_check", "fire_check"]
    assert texts[3].text == "Fire safety appraisal"
