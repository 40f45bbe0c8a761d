"""A small sound registry in a folder of its own; each test spoils one thing in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.registry.content.entries import Registry, load
from bot.registry.content.faults import Fault
from bot.registry.content.rules import RULES

Record = dict[str, Any]

PROCEDURE: Record = {
    "id": "permit",
    "name": {"vi": "Cấp giấy phép", "en": "Issue of a permit"},
    "aliases": ["giấy phép"],
    "citations": [
        {
            "kind": "law",
            "title": {"vi": "Luật Đầu tư 143/2025/QH15", "en": "Law on Investment 143/2025/QH15"},
            "article": {"vi": "Điều 28", "en": "Article 28"},
            "url": None,
            "date": "2025-12-11",
        }
    ],
    "as_of": "2026-11-22",
    "confidence": "high",
    "caveats": {"vi": ["Theo Cổng, tháng 7/2026."], "en": ["According to the portal, July 2026."]},
    "published": True,
    "steps": {"vi": ["Nộp hồ sơ trong 10 ngày làm việc"], "en": ["File within 10 working days"]},
    "fee": {"note": {"vi": "Phí 1.500.000 đồng từ 01/03/2026.", "en": "VND 1,500,000 from 1 March 2026."}},
    "legal_basis": [{"vi": "Luật Đầu tư 143/2025/QH15", "en": "Law on Investment 143/2025/QH15"}],
    "online": {"url": "https://dichvucong.gov.vn/thu-tuc"},
}
ZONE: Record = {
    "id": "park",
    "name": {"vi": "Khu công nghiệp Đình Vũ", "en": "Dinh Vu Industrial Zone"},
    "citations": [],
    "as_of": "2025-10",
    "confidence": "medium",
    "published": True,
    "parent": "zone",
    "summary": {"vi": "Rộng 541 ha, vốn 1,5 tỷ USD.", "en": "541 ha with USD 1.5 billion of capital."},
    "phone": "0225 282 0182",
}
PARENT: Record = {**deepcopy(ZONE), "id": "zone", "parent": None}
SCHEMA = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"parent": {"type": ["string", "null"]}},
}

Change = Callable[[dict[str, Record]], None]
Faults = Callable[..., list[Fault]]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Change | None], Registry]:
    """Write the sound records, changed by the function given, and load them."""

    def build(change: Change | None = None) -> Registry:
        records = deepcopy({"permit": PROCEDURE, "park": ZONE, "zone": PARENT})
        if change:
            change(records)
        for folder, names in (("procedures", ["permit"]), ("zones", ["park", "zone"])):
            (tmp_path / folder).mkdir(exist_ok=True)
            text = yaml.safe_dump({"records": [records[name] for name in names]}, allow_unicode=True)
            (tmp_path / folder / "all.yml").write_text(text, encoding="utf-8")
        (tmp_path / "schema").mkdir(exist_ok=True)
        for kind in ("procedure", "zone"):
            (tmp_path / "schema" / f"{kind}.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
        return load(tmp_path)

    return build


@pytest.fixture
def faults(
    write: Callable[[Change | None], Registry], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Faults:
    """All faults of the registry after a change, on the check's own fixed day."""
    monkeypatch.delenv("HEZA_TODAY", raising=False)
    monkeypatch.setenv("HEZA_DATA_DIR", str(tmp_path / "var"))

    def find(change: Change | None = None) -> list[Fault]:
        registry = write(change)
        return sorted(fault for rule in RULES.values() for fault in rule(registry))

    return find
