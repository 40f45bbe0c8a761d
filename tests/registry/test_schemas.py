from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from bot.registry import schemas
from tests.registry.conftest import Files


@pytest.mark.parametrize(
    ("record_id", "path", "value", "field"),
    [
        ("work_permit", ("fee", "vnd"), "600.000", "fee.vnd"),
        ("work_permit", ("time", "unit"), "days", "time.unit"),
        ("work_permit", ("name", "en"), " ", "name.en"),
        ("work_permit", ("colour",), "red", "-"),
        ("work_permit", ("citations", 0, "kind"), "hearsay", "citations.0.kind"),
        ("ip-trang-due", ("as_of",), "2025-13", "as_of"),
        ("ip-trang-due", ("total_area_ha",), [1, 2, 3], "total_area_ha"),
        ("seed-lg", ("confidence",), "sure", "confidence"),
        ("demo-work-permit", ("pin",), "12", "pin"),
    ],
)
def test_a_fault_is_found_at_its_field(
    files: Files, record_id: str, path: tuple[Any, ...], value: object, field: str
) -> None:
    record = deepcopy(files.record(record_id))
    kind = next(kind for kind, records in files.records.items() if files.record(record_id) in records)
    assert list(schemas.faults(kind, record)) == []
    place: Any = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert field in [where for where, _ in schemas.faults(kind, record)]


def test_every_field_has_a_name_for_staff() -> None:
    for kind in ("procedure", "zone", "incentive", "faq", "statistic"):
        for name, schema in schemas.properties(kind).items():
            if name not in ("id", "published"):
                assert set(schemas.resolve(schema)["label"]) == {"vi", "en"}, (kind, name)
