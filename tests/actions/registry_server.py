"""A registry on loopback for tests: data/registry in the API's shape, with ETags and faults."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import yaml

from bot.common import names, signing
from bot.common.settings import ROOT

Record = dict[str, Any]
SECRET = "a secret that only the tests know, long enough"
DOSSIER = {
    "id": "demo-irc-new",
    "code": "HEZA-2026-0101",
    "procedure": "irc_issue",
    "status": "in_review",
    "received_on": "2026-11-09",
    "due_on": None,
    "updated_on": "2026-11-18",
    "applicant_label": {"vi": "Công ty trình diễn A", "en": "Demonstration company A"},
    "demonstration": True,
}
PIN = "482915"


@lru_cache(maxsize=1)
def seeded() -> dict[str, list[Record]]:
    """The records by kind as the API would serve them right after seeding."""
    return {kind: [_served(kind, record) for record in _read(kind)] for kind in names.KINDS}


class RegistryServer:
    """Serves records until closed. `broken` answers 500, `delay` is seconds before each answer."""

    def __init__(self, records: dict[str, list[Record]]) -> None:
        self.records = records
        self.broken = False
        self.delay = 0.0
        self.requests: list[str] = []
        self.not_modified = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"registry": self}))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The API's root."""
        return f"http://127.0.0.1:{self._server.server_port}/api/v1"

    def close(self) -> None:
        """Stop serving; connections are refused afterwards."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def content(self, path: str) -> Any:
        """What stands at a path, None when nothing does."""
        parts = urlsplit(path)
        folder, _, identity = parts.path.removeprefix("/api/v1/").partition("/")
        kind = next((kind for kind, name in names.COLLECTIONS.items() if name == folder), None)
        if kind is None:
            return None
        items = self.records[kind]
        if identity:
            return next((item for item in items if item["id"] == identity), None)
        query = {key: int(values[0]) for key, values in parse_qs(parts.query).items()}
        start = query.get("offset", 0)
        return {"count": len(items), "items": items[start : start + query.get("limit", 50)]}


class _Handler(BaseHTTPRequestHandler):
    """One connection; `registry` is set on the class made for a server."""

    registry: RegistryServer
    protocol_version = "HTTP/1.1"
    # Each answer is one packet; without this the kernel would wait for more.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.registry.requests.append(self.path)
        time.sleep(self.registry.delay)
        content = self.registry.content(self.path)
        if self.registry.broken or content is None:
            return self._send(500 if self.registry.broken else 404, {})
        body = json.dumps(content).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self.registry.not_modified += 1
            return self._send(304, None, tag)
        return self._send(200, content, tag)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(self.registry.delay)
        timestamp, signature = self.headers[signing.TIMESTAMP_HEADER], self.headers[signing.SIGNATURE_HEADER]
        if not signing.verify(SECRET, timestamp, signature, body):
            return self._send(401, {})
        if self.registry.broken:
            return self._send(500, {})
        known = json.loads(body) == {"code": DOSSIER["code"], "pin": PIN}
        return self._send(200 if known else 404, DOSSIER if known else {})

    def _send(self, status: int, content: Any, tag: str | None = None) -> None:
        body = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        if tag:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        return


def _read(kind: str) -> list[Record]:
    paths = sorted((ROOT / "data" / "registry" / _folder(kind)).glob("[!_]*.yml"))
    return [record for path in paths for record in _records(path)]


def _records(path: Path) -> list[Record]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    records: list[Record] = content["records"]
    return records


def _folder(kind: str) -> str:
    return names.COLLECTIONS[kind]


def _served(kind: str, record: Record) -> Record:
    status = "cited" if record["confidence"] == "high" else "unconfirmed"
    fresh = {
        "kind": kind,
        "verified_by": None,
        "verified_on": None,
        "status": status,
        "updated_at": "2026-11-22",
    }
    return {"review_by": None, **record, **fresh}
