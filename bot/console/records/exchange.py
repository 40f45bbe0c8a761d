"""Records as an XLSX file and back; what comes back becomes drafts, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import tablib
from django.contrib.auth.models import User
from django.db.models import QuerySet

from bot.registry.models import Record
from bot.registry.staff.resources import RecordResource

_COLUMNS = ("id", "kind", "content")
LARGEST = 8 * 1024 * 1024


class NotReadable(Exception):
    """The file is no XLSX, or its first sheet lacks a column."""


@dataclass(frozen=True)
class Row:
    """What became of a row: `drafted`, `unchanged` or `faulty` with the reason."""

    number: int
    record: str
    outcome: str
    reason: str = ""


def written(records: QuerySet[Record]) -> bytes:
    """The file; no cell can become a formula."""
    table: tablib.Dataset = RecordResource().export(records)
    content: bytes = table.export("xlsx", escape=True)
    return content


def read(content: bytes, by: User) -> list[Row]:
    """Keep every changed row as a draft of `by`, none when one is faulty; raises `NotReadable`."""
    table = _table(content)
    before = {record.pk: record.current for record in Record.objects.filter(pk__in=list(_ids(table)))}
    # Any fault undoes everything.
    options = {"use_transactions": True, "rollback_on_validation_errors": True, "user": by}
    result = RecordResource().import_data(table, dry_run=False, raise_errors=False, **options)
    rows = []
    for number, (line, row) in enumerate(zip(table.dict, result.rows, strict=True), 2):
        record = str(line["id"] or "")
        faults = [str(error.error) for error in row.errors]
        if row.validation_error is not None:
            faults.append(str(row.validation_error))
        if faults:
            rows.append(Row(number, record, "faulty", "; ".join(faults)))
            continue
        rows.append(Row(number, record, "drafted" if _is_new(record, before) else "unchanged"))
    return rows


def _is_new(record: str, before: Mapping[str, object]) -> bool:
    found = Record.objects.filter(pk=record).first()
    return found is None or found.current != before.get(record)


def _table(content: bytes) -> tablib.Dataset:
    try:
        table = tablib.Dataset().load(content, format="xlsx")
    except Exception as error:
        # openpyxl raises whatever its parts raise for what is no workbook.
        raise NotReadable from error
    if not set(_COLUMNS) <= set(table.headers or ()):
        raise NotReadable
    return table


def _ids(table: tablib.Dataset) -> Iterable[str]:
    return (str(line["id"]) for line in table.dict if line["id"])
