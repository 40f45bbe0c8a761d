"""Tables for download: CSV, XLSX, JSON lines. No cell can become a formula in whoever's spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Row = dict[str, Any]
FORMATS = ("csv", "xlsx", "jsonl")
# What spreadsheets take for the beginning of a formula; full-width forms and leading space count as well.
_BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")
_BOM = "\ufeff"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value: Any) -> Any:
    """The value as a cell that is only ever text or a number; an apostrophe before what may be a formula."""
    if isinstance(value, bool | int | float) or value is None:
        return value
    text = str(value)
    # Spreadsheets end a cell's text at such characters, or refuse the file.
    text = "".join(c for c in text if c >= " " or c in "\n\t")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_BEGINNINGS) else text


def download(name: str, form: str, columns: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    """The rows as a file `name.form`; `form` is one of FORMATS."""
    response = _MAKERS[form](columns, rows)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class _Maker(Protocol):
    def __call__(self, columns: Sequence[str], rows: Iterable[Row], /) -> HttpResponse:
        """The response with the file."""


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    # With a mark at the beginning, because Excel otherwise spoils Vietnamese.
    buffer = io.StringIO(_BOM)
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([safe(_flat(row.get(column))) for column in columns] for row in rows)
    return HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")


def _xlsx(columns: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("HEZA")
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_cell(sheet, row.get(column)) for column in columns])
    buffer = io.BytesIO()
    book.save(buffer)
    return HttpResponse(buffer.getvalue(), content_type=_XLSX)


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=safe(_flat(value)))
    if isinstance(cell.value, str):
        # Whatever it looks like, it is text.
        cell.data_type = "s"
    return cell


def _jsonl(columns: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    lines = (
        json.dumps({c: row.get(c) for c in columns}, ensure_ascii=False, default=str) + "\n" for row in rows
    )
    return HttpResponse("".join(lines), content_type="application/x-ndjson; charset=utf-8")


def _flat(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value


_MAKERS: dict[str, _Maker] = {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}
