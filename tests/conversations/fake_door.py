"""A Rasa door on loopback that checks signatures as the real one does and answers what a test wants."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.db import connections

from bot.common import signing

Body = dict[str, Any]
Answering = Callable[[Body], Body]


def echo(body: Body) -> Body:
    """One answer that repeats the question."""
    asked = body.get("text") or body["payload"]
    return answer(f"re: {asked}", language=body["language"] or "vi")


def answer(text: str, language: str = "vi", **fields: object) -> Body:
    """A door's response with one answer."""
    message = {"text": text, "buttons": [], "blocks": [], "sources": [], "handoff": None, **fields}
    intent = {"name": "ask_procedure", "confidence": 0.9}
    return {"messages": [message], "understood": {"language": language, "intent": intent}}


class FakeDoor:
    """`calls` holds every accepted call as (name, body) in order; `answering` makes the answers.

    Each call takes `seconds`; `begun` counts those that have come in.
    """

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.answering: Answering = echo
        self.seconds = 0.0
        self.status = 200
        self.begun = 0
        self.calls: list[tuple[str, Body]] = []
        self.port = _free_port()
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def busy(self) -> None:
        """Return when a call has come in."""
        while not self.begun:
            await asyncio.sleep(0.01)

    def bodies(self, name: str = "messages") -> list[Body]:
        return [body for called, body in self.calls if called == name]

    def open(self) -> None:
        """Listen, on the same port as before."""
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body in one packet: otherwise the kernel holds the second one back for 40 ms.
            wbufsize = 65536

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                status, answered = door._handle(
                    self.path,
                    self.headers.get(signing.TIMESTAMP_HEADER),
                    self.headers.get(signing.SIGNATURE_HEADER),
                    content,
                )
                sent = b"" if status == 204 else json.dumps(answered).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self._server = _Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def shut(self) -> None:
        """Refuse connections, as when Rasa is down."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _handle(
        self, path: str, timestamp: str | None, signature: str | None, content: bytes
    ) -> tuple[int, Body]:
        if not signing.verify(self.secret, timestamp, signature, content):
            return 401, {}
        name, body = path.rpartition("/")[2], json.loads(content)
        if self._server is None:
            return 503, {}
        self.begun += 1
        time.sleep(self.seconds)
        self.calls.append((name, body))
        if self.status != 200:
            return self.status, {}
        if name != "messages":
            return 204, {}
        try:
            return 200, self.answering(body)
        finally:
            # What a test looked up here was looked up in the server's thread.
            connections.close_all()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone away is no news."""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
