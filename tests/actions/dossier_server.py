"""An authority's dossier system on loopback for tests, with a form and words of its own, and faults."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "Bearer for-tests"
CODE, PIN = "H24-2026-000123", "482915"
DOSSIER = {
    "maHoSo": CODE,
    "trangThai": "DANG_XU_LY",
    "thuTuc": "1.009664",
    "ngayNhan": "09/11/2026",
    "ngayHen": None,
    "ngayCapNhat": "18/11/2026",
}
FIELDS = """
request: {code: maHoSo, pin: maTraCuu}
answer:
  code: data.0.maHoSo
  status: data.0.trangThai
  procedure: data.0.thuTuc
  received_on: data.0.ngayNhan
  due_on: data.0.ngayHen
  updated_on: data.0.ngayCapNhat
states: {DANG_XU_LY: in_review, CO_KET_QUA: ready}
procedures: {"1.009664": irc_issue}
date: "%d/%m/%Y"
"""


class DossierServer:
    """`status`, `body` and `delay` (seconds) make its answers; the first `faults` are 503."""

    def __init__(self) -> None:
        self.status = 200
        self.body: bytes | None = None
        self.delay = 0.0
        self.faults = 0
        self.trickle = False
        self.asked: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"system": self}))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self._server.server_port}/tra-cuu"

    def close(self) -> None:
        """Stop; connections are refused afterwards."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, asked: dict[str, Any], authorization: str | None) -> tuple[int, bytes]:
        """Status and body for one request."""
        self.asked.append(asked)
        if authorization != TOKEN:
            return 401, b"{}"
        if self.faults:
            self.faults -= 1
            return 503, b"{}"
        if self.body is not None or self.status != 200:
            return self.status, self.body or b"{}"
        known = asked == {"maHoSo": CODE, "maTraCuu": PIN}
        return 200, json.dumps({"data": [DOSSIER]} if known else []).encode()


class _Handler(BaseHTTPRequestHandler):
    system: DossierServer

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, body = self.system.answer(asked, self.headers.get("Authorization"))
        time.sleep(self.system.delay)
        with self._until_hung_up():
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            if self.system.trickle:
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.05)
            else:
                self.wfile.write(body)

    @contextmanager
    def _until_hung_up(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            self.close_connection = True

    def log_message(self, *arguments: Any) -> None:
        return
