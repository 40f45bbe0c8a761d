"""Files for download: nothing in them becomes a formula, and they are not gathered before they are sent."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from django.http import StreamingHttpResponse
from django.test import AsyncRequestFactory, RequestFactory

from bot.console import tables
from bot.console.tables import Row

_DANGEROUS = tuple("=+-@＝＋－＠")


@pytest.mark.parametrize(
    "text",
    [
        'hỏi;=HYPERLINK("http://example.com";"xem")',
        "hỏi; =1+1",
        "a\t=1+1",
        'a";=1+1',
        'a"=1+1',
        "dòng một\n@SUM(A1)",
        "a;+1;-1;@x;＝1",
        "=1;=2",
    ],
)
def test_no_part_of_a_text_becomes_a_formula_wherever_it_is_parted(text: str) -> None:
    response = tables.download(RequestFactory().get("/"), "a", "csv", ("q", "x"), [{"q": text, "x": 1}])
    assert isinstance(response, StreamingHttpResponse)
    content = response.getvalue().decode("utf-8-sig")
    for mark in (",", ";", "\t"):
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            rows = csv.reader(io.StringIO(content), delimiter=mark, quoting=quoting)
            cells = [cell.strip(' "') for row in rows for cell in row]
            assert [cell for cell in cells if cell.startswith(_DANGEROUS)] == [], (mark, quoting)


@pytest.mark.parametrize("value", ["IRC; phí?", "a;b", "lô A-1; lô B-2", 5, -1.5, None, True])
def test_what_is_harmless_is_written_as_it_is(value: object) -> None:
    assert tables.unsplit(value) == value


def _rows(read: list[int], count: int = 1000) -> Iterator[Row]:
    for number in range(count):
        read.append(number)
        yield {"n": number}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_are_sent_as_they_are_read(form: str) -> None:
    read: list[int] = []
    response = tables.download(RequestFactory().get("/"), "a", form, ("n",), _rows(read))
    assert isinstance(response, StreamingHttpResponse)
    parts = iter(response)
    assert read == []
    next(parts)
    assert 0 < len(read) < 200
    assert len(b"".join(parts).splitlines()) > 800
    assert len(read) == 1000


@pytest.mark.parametrize("form", ["csv", "jsonl"])
async def test_an_asynchronous_server_sends_them_as_they_are_read_too(form: str) -> None:
    read: list[int] = []
    response = tables.download(AsyncRequestFactory().get("/"), "a", form, ("n",), _rows(read))
    assert isinstance(response, StreamingHttpResponse)
    assert response.is_async
    sent: list[bytes] = []
    async for part in response:
        if not sent:
            assert 0 < len(read) < 200
        sent.append(part)
    assert len(b"".join(sent).splitlines()) == 1000 + (form == "csv")
