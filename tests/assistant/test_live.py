"""The registry's index while the product runs: taken over, unchanged, broken, away."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests

from bot.assistant.nlu import live
from bot.assistant.nlu.live import Index, LiveIndex
from bot.assistant.nlu.records import Record
from bot.common.embedder import Vectors
from tests.assistant.tiny import RECORDS, embed, record
from tests.waiting import wait_until

# An embedding must have 384 numbers.
SHORT = (
    b'{"records": [{"id": "x", "kind": "faq", "name": {}, "aliases": [], "texts":'
    b' [{"text": "x", "language": "vi", "role": "name", "embedding": "AAA="}]}]}'
)


class IndexServer:
    """Answers every address with `body` (or the records given) under an ETag, until closed."""

    def __init__(self) -> None:
        self.body = b""
        self.etag = ""
        self.status = 200
        self.answers: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"index": self}))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/v1"

    def publish(self, records: list[Record], version: str) -> None:
        rows = [
            {
                "id": record.id,
                "kind": record.kind,
                "name": dict(record.name),
                "aliases": list(record.aliases),
                "parent": record.parent,
                "related": list(record.related),
                "texts": [
                    {"text": text.text, "language": text.language, "role": text.role, "embedding": None}
                    for text in record.texts
                ],
            }
            for record in records
        ]
        self.status, self.etag = 200, f'"{version}"'
        self.body = json.dumps({"version": version, "records": rows}).encode()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    index: IndexServer

    def do_GET(self) -> None:
        same = self.index.etag and self.headers.get("If-None-Match") == self.index.etag
        status = 304 if same and self.index.status == 200 else self.index.status
        body = b"" if status == 304 else self.index.body
        self.index.answers.append(status)
        self.send_response(status)
        self.send_header("ETag", self.index.etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
        """Nothing to print in a test."""


@pytest.fixture
def server() -> Iterator[IndexServer]:
    running = IndexServer()
    yield running
    running.close()


@pytest.fixture
def following() -> LiveIndex:
    """An index of a model that knows the first two records only."""
    return LiveIndex(lambda: Index.of(RECORDS[:2], embed, frozenset()), embed, frozenset())


def test_a_publication_is_taken_over(server: IndexServer, following: LiveIndex) -> None:
    server.publish(RECORDS, "1")
    assert following.refresh(server.url)
    assert set(following.index.records) == {record.id for record in RECORDS}
    (mention,) = following.index.gazetteer.find("Nomura")
    assert mention.records == ("ip-nomura",)
    assert "ip-nomura" in following.index.library.keys


def test_nothing_is_built_when_nothing_changed(server: IndexServer, following: LiveIndex) -> None:
    server.publish(RECORDS, "1")
    following.refresh(server.url)
    before = following.index
    assert not following.refresh(server.url)
    assert following.index is before
    assert server.answers == [200, 304]


def test_a_record_taken_back_is_gone(server: IndexServer, following: LiveIndex) -> None:
    server.publish(RECORDS, "1")
    following.refresh(server.url)
    server.publish([record for record in RECORDS if record.id != "ip-nomura"], "2")
    assert following.refresh(server.url)
    assert following.index.gazetteer.find("Nomura") == []
    server.publish([], "3")
    assert following.refresh(server.url)
    assert following.index.records == {}


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"null", b"[]", b"{}", b'{"records": 5}', b'{"records": [{"id": "x"}]}', SHORT]
)
def test_a_broken_answer_changes_nothing(server: IndexServer, following: LiveIndex, body: bytes) -> None:
    server.publish(RECORDS, "1")
    following.refresh(server.url)
    before = following.index
    server.body, server.etag = body, '"2"'
    with pytest.raises((requests.RequestException, ValueError)):
        following.refresh(server.url)
    assert following.index is before
    # The broken answer's tag is not kept, so the next good one is read whatever its tag.
    server.publish(RECORDS[:1], "2")
    assert following.refresh(server.url)
    assert set(following.index.records) == {"work_permit"}


def test_a_refusal_or_silence_changes_nothing(server: IndexServer, following: LiveIndex) -> None:
    before = following.index
    server.status = 503
    with pytest.raises(requests.HTTPError):
        following.refresh(server.url)
    server.close()
    with pytest.raises(requests.ConnectionError):
        following.refresh(server.url)
    assert following.index is before


def test_following_outlives_faults_and_tells_of_them_once(
    server: IndexServer,
    following: LiveIndex,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(live, "POLL_SECONDS", 0.02)
    server.body = b"null"
    with caplog.at_level(logging.INFO, live.log.name):
        following.follow(server.url)
        assert wait_until(lambda: len(server.answers) > 3)
        server.publish(RECORDS, "1")
        assert wait_until(lambda: "ip-nomura" in following.index.records)
        assert wait_until(lambda: server.answers[-1] == 304)
    warnings = [entry for entry in caplog.records if entry.levelno == logging.WARNING]
    assert len(warnings) == 1
    assert f"{len(RECORDS)} records" in caplog.text


def test_a_start_builds_one_index(server: IndexServer) -> None:
    def never() -> Index:
        raise AssertionError("the model's copy is not needed")

    server.publish(RECORDS, "1")
    following = LiveIndex(never, embed, frozenset())
    following.follow(server.url)
    assert set(following.index.records) == {record.id for record in RECORDS}


def test_a_start_without_a_registry_takes_the_models_copy(server: IndexServer, following: LiveIndex) -> None:
    server.close()
    following.follow(server.url)
    assert set(following.index.records) == {record.id for record in RECORDS[:2]}


def test_an_index_relates_records_both_ways() -> None:
    index = Index.of(RECORDS, embed, frozenset())
    assert index.related == {"faq-wage": ("work_permit",), "work_permit": ("faq-wage",)}
    behind = ("work_permit", "fire_check")
    several = record("faq-permits", "faq", "Cần phép gì?", "Which permits?", related=behind)
    assert Index.of([*RECORDS, several], embed, frozenset()).related["faq-permits"] == behind
    assert index.about["stat-kyocera"] == {"ip-nomura"}
    assert index.about["cit-ez"] == frozenset()
    assert "ip-nomura" not in index.about
    assert "giay phep lao dong" in index.words["work_permit"]


def test_questions_are_known_by_their_words() -> None:
    index = Index.of(RECORDS, embed, frozenset())
    for text in ("Which minimum wage applies?", "luong toi thieu vung, ap dung ra sao"):
        assert index.questions[live.spoken(text)] == "faq-wage"
    assert live.spoken("Giấy phép lao động") not in index.questions


def test_the_context_of_a_conversation() -> None:
    index = Index.of(RECORDS, embed, frozenset())
    known = index.context("ip-nomura", "rent")
    assert (known.record, known.kind, known.aspect) == ("ip-nomura", "zone", "rent")
    assert known.kinds["faq-wage"] == "faq"
    gone = index.context("unpublished", None)
    assert (gone.record, gone.kind) == (None, None)


def test_only_texts_without_vector_are_embedded() -> None:
    asked: list[str] = []

    def counting(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return embed(texts)

    once = Index.of(RECORDS[:1], counting, frozenset())
    assert asked == ["Giấy phép lao động", "Work permit"]
    assert once.library.likeness("Work permit", embed(["Work permit"])[0]).meaning[0] == pytest.approx(1.0)


def test_what_lies_in_a_zone_is_about_that_zone() -> None:
    figures = [replace(one, parent="ip-trang-due") if one.id == "stat-kyocera" else one for one in RECORDS]
    assert Index.of(figures, embed, frozenset()).about["stat-kyocera"] == {"ip-trang-due"}


def test_parks_outside_and_rules_of_zones() -> None:
    inside = [replace(one, parent="ez-south") if one.id == "ip-trang-due" else one for one in RECORDS]
    context = Index.of(inside, embed, frozenset()).context(None, None)
    assert context.outside == {"ip-nomura", "ip-deep-c-1", "ip-deep-c-2"}
    assert context.of_zones == {"cit-ez"}


def test_companies_are_known_from_the_index() -> None:
    named = [replace(one, tenants=("LG",)) if one.id == "ip-nomura" else one for one in RECORDS]
    assert Index.of(named, embed, frozenset()).known_by.written_out("LG park") == "Nomura"
