from __future__ import annotations

import pytest
import yaml
from tablib import Dataset

from bot.registry.models import Record
from bot.registry.staff.resources import RecordResource

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def _table() -> Dataset:
    return Dataset().load(RecordResource().export().xlsx, format="xlsx")


def test_an_exported_table_imports_without_change() -> None:
    table = _table()
    assert len(table) == Record.objects.count()
    result = RecordResource().import_data(table, raise_errors=True)
    assert not result.has_errors()
    assert not Record.objects.filter(draft__isnull=False).exists()


def test_a_changed_row_becomes_a_draft() -> None:
    rows = _table().dict
    row = next(row for row in rows if row["id"] == "work_permit")
    content = yaml.safe_load(row["content"])
    content["code"] = "1.000000"
    row["content"] = yaml.safe_dump(content, allow_unicode=True)
    new = {**row, "id": "new_permit"}
    table = Dataset(headers=list(row))
    for each in (row, new):
        table.append(list(each.values()))
    RecordResource().import_data(table, raise_errors=True)
    changed, added = Record.objects.get(id="work_permit"), Record.objects.get(id="new_permit")
    assert (changed.draft or {})["code"] == "1.000000"
    assert (changed.content or {})["code"] == "1.014199"
    assert (added.kind, added.content, added.published) == ("procedure", None, False)


@pytest.mark.parametrize("content", ["as_of: [", "no mapping", "name: {vi: a, en: b}"])
def test_an_unfit_row_is_refused(content: str) -> None:
    table = Dataset(headers=["id", "kind", "content"])
    table.append(["work_permit", "procedure", content])
    assert RecordResource().import_data(table, dry_run=True).has_errors()
    assert not Record.objects.filter(draft__isnull=False).exists()
