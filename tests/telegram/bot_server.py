"""The Bot API server's HTTP: a call comes in as path and parameters, an answer goes out as JSON."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

Json = dict[str, Any]
Handling = Callable[[str, Json], tuple[int, Json]]


def serve(port: int, handle: Handling) -> ThreadingHTTPServer:
    """A server that is listening; a call answered with status 0 is hung up on."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65536

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, answer = handle(self.path, _params(self.headers.get("Content-Type") or "", content))
            if status == 0:
                self.close_connection = True
                return
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = _Server(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone away is no news."""


def _params(kind: str, content: bytes) -> Json:
    if kind.startswith("multipart/"):
        whole = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + content)
        parts = {}
        for part in whole.iter_parts():
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            parts[str(part.get_param("name", header="content-disposition"))] = payload.decode()
        return parts
    if kind.startswith("application/json"):
        loaded: Json = json.loads(content or b"{}")
        return loaded
    return {name: values[0] for name, values in parse_qs(content.decode(), keep_blank_values=True).items()}
