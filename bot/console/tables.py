"""Tables for download: CSV, XLSX, JSON lines. No cell can become a formula in whoever's spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Row = dict[str, Any]
FORMATS = ("csv", "xlsx", "jsonl")
# What spreadsheets take for the beginning of a formula; full-width forms and leading space count as well.
_BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")
# Where a cell may begin in the middle of a text, depending on who parts it; and then such a beginning.
_INSIDE = re.compile(r'([;\t\n"][ \u00a0]*)([=+\-@＝＋－＠])')
_LINES = 100
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


def unsplit(value: Any) -> Any:
    """The same for CSV, where a spreadsheet of another country may begin a cell in the middle of a text.

    Excel in Vietnam parts at semicolons; others at tabs, and a broken line or a quote begins anew as well.
    """
    found = safe(value)
    return _INSIDE.sub(r"\1'\2", found) if isinstance(found, str) else found


def download(
    request: HttpRequest, name: str, form: str, columns: Sequence[str], rows: Iterable[Row]
) -> HttpResponseBase:
    """The rows as a file `name.form`; `form` is one of FORMATS. CSV and JSON lines are sent as they are read.

    `request` tells whether an asynchronous server asks.
    """
    if form == "xlsx":
        response: HttpResponseBase = HttpResponse(_xlsx(columns, rows), content_type=_XLSX)
    else:
        lines, kind = (_csv, "text/csv") if form == "csv" else (_jsonl, "application/x-ndjson")
        parts = _parts(lines(columns, rows))
        # Django would read an ordinary iterator as a whole before an asynchronous server sent it.
        sent = _in_thread(parts) if isinstance(request, ASGIRequest) else parts
        response = StreamingHttpResponse(sent, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _parts(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines in pieces that are worth sending."""
    rest = iter(lines)
    while several := list(islice(rest, _LINES)):
        yield "".join(several).encode()


async def _in_thread(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (part := await sync_to_async(lambda: next(parts, b""))()) != b"":
        yield part


class _Echo:
    """What csv writes into; `write` gives back the line."""

    def write(self, line: str) -> str:
        return line


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # With a mark at the beginning, because Excel otherwise spoils Vietnamese.
    yield _BOM + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([unsplit(_flat(row.get(column))) for column in columns])


def _xlsx(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("HEZA")
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_cell(sheet, row.get(column)) for column in columns])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=safe(_flat(value)))
    if isinstance(cell.value, str):
        # Whatever it looks like, it is text.
        cell.data_type = "s"
    return cell


def _jsonl(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps({c: row.get(c) for c in columns}, ensure_ascii=False, default=str) + "\n"


def _flat(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value
