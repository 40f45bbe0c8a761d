from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from bot.registry.content.entries import Entry
from bot.registry.staff.leaves import put_together, take_apart
from tests.registry.conftest import Files


def _values(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {leaf.name: leaf.value for leaf in take_apart(kind, content)}


def test_every_record_comes_back_as_it_was(entries: list[Entry]) -> None:
    assert len(entries) > 500
    for entry in entries:
        if entry.kind == "dossier":
            continue
        content = {key: value for key, value in entry.record.items() if key not in ("id", "published")}
        again = put_together(entry.kind, _values(entry.kind, content))
        optional_nulls = {key for key, value in content.items() if value is None} - set(again)
        assert again == {key: value for key, value in content.items() if key not in optional_nulls}, entry.id


@pytest.fixture
def permit(files: Files) -> dict[str, Any]:
    return deepcopy(files.record("work_permit"))


def test_a_value_changes_where_it_stands(permit: dict[str, Any]) -> None:
    values = _values("procedure", permit)
    values["fee.vnd"] = 612_000
    values["fee.variants.1.vnd"] = 460_000
    content = put_together("procedure", values)
    assert content["fee"]["vnd"] == 612_000
    assert content["fee"]["variants"][1]["vnd"] == 460_000
    assert content["fee"]["variants"][0] == permit["fee"]["variants"][0]


def test_an_emptied_row_is_gone_and_a_filled_spare_row_is_new(permit: dict[str, Any]) -> None:
    values = _values("procedure", permit)
    count = len(permit["fee"]["variants"])
    for name in values:
        if name.startswith("fee.variants.0."):
            values[name] = None
    values[f"fee.variants.{count}.case.vi"] = "Trường hợp mới"
    values[f"fee.variants.{count}.case.en"] = "New case"
    values[f"fee.variants.{count}.vnd"] = 0
    variants = put_together("procedure", values)["fee"]["variants"]
    assert len(variants) == count
    assert variants[0] == permit["fee"]["variants"][1]
    assert variants[-1] == {"case": {"vi": "Trường hợp mới", "en": "New case"}, "vnd": 0, "usd": None}


def test_an_emptied_note_is_null(permit: dict[str, Any]) -> None:
    values = _values("procedure", permit)
    assert permit["fee"]["note"]
    values["fee.note.vi"] = values["fee.note.en"] = None
    assert put_together("procedure", values)["fee"]["note"] is None
