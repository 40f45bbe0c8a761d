"""Records out as XLSX and back: changed rows become drafts, all of them or none."""

from __future__ import annotations

import io

import pytest
import tablib
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bot.console.records import exchange
from bot.console.roles import Role
from bot.registry.models import Record
from tests.console.records.conftest import Files, Make

pytestmark = pytest.mark.django_db


def _table() -> tablib.Dataset:
    table: tablib.Dataset = tablib.Dataset().load(exchange.written(Record.objects.all()), format="xlsx")
    return table


def _file(table: tablib.Dataset) -> bytes:
    content: bytes = table.export("xlsx")
    return content


def _changed(table: tablib.Dataset, fees: dict[str, object]) -> tablib.Dataset:
    """The table with the first fee of some procedures changed."""
    assert table.headers is not None
    changed = tablib.Dataset(headers=table.headers)
    for row in table.dict:
        if row["id"] in fees:
            content = yaml.safe_load(row["content"])
            content["fee"]["variants"][0]["vnd"] = fees[row["id"]]
            row["content"] = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        changed.append([row[name] for name in table.headers])
    return changed


def test_what_goes_out_comes_back_unchanged(seeded: Files, officer: Make) -> None:
    rows = exchange.read(_file(_table()), officer(Role.OFFICER))
    assert len(rows) == Record.objects.count()
    assert {row.outcome for row in rows} == {"unchanged"}
    assert not Record.objects.filter(draft__isnull=False).exists()


def test_a_changed_row_becomes_a_draft(client: Client, seeded: Files, officer: Make) -> None:
    by = officer(Role.OFFICER)
    client.force_login(by)
    content = _file(_changed(_table(), {"work_permit": 470000}))
    file = SimpleUploadedFile("records.xlsx", content)
    page = client.post(reverse("console:records:take"), {"file": file}).content.decode()
    assert "Bản nháp mới: 1" in page
    record = Record.objects.get(pk="work_permit")
    assert record.draft is not None
    assert record.draft["fee"]["variants"][0]["vnd"] == 470000
    assert record.draft_by == by


def test_one_faulty_row_and_nothing_is_taken(client: Client, seeded: Files, officer: Make) -> None:
    client.force_login(officer(Role.OFFICER))
    table = _changed(_table(), {"work_permit": 470000, "work_permit_extension": "nhiều"})
    answer = client.post(
        reverse("console:records:take"), {"file": SimpleUploadedFile("records.xlsx", _file(table))}
    )
    assert answer.status_code == 422
    assert "work_permit_extension" in answer.content.decode()
    assert not Record.objects.filter(draft__isnull=False).exists()


def test_a_file_that_is_no_table(client: Client, seeded: Files, officer: Make) -> None:
    client.force_login(officer(Role.OFFICER))
    for content in (b"no table", _file(tablib.Dataset(["a"], headers=["other"]))):
        file = SimpleUploadedFile("records.xlsx", content)
        page = client.post(reverse("console:records:take"), {"file": file}, follow=True).content.decode()
        assert "Không đọc được tệp" in page


def test_the_export_page(client: Client, seeded: Files, officer: Make) -> None:
    client.force_login(officer(Role.OFFICER))
    answer = client.get(reverse("console:records:export"), {"kind": "zone"})
    table = tablib.Dataset().load(io.BytesIO(answer.content), format="xlsx")
    assert {row["kind"] for row in table.dict} == {"zone"}
