"""Somebody's website with one page, at two origins: only the first may embed the chat."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    """Serves what `show` was told, under the strictest policy that still lets the chat in."""

    def __init__(self) -> None:
        self.html, self.policy = "", ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = site.html.encode() if self.path == "/" else b""
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.other_origin = f"http://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def show(self, server: str, integrity: str, attributes: str = "") -> None:
        """Embed the chat of this server."""
        self.policy = f"default-src 'none'; script-src {server}; connect-src {server}; img-src {server}"
        self.html = f"""<!doctype html><html lang="vi"><title>x</title><h1>x</h1>
            <script type="module" crossorigin src="{server}/static/widget/heza-chat.js"
                integrity="{integrity}">
            </script><heza-chat lang="vi" {attributes}></heza-chat></html>"""

    def close(self) -> None:
        """Let go of the port."""
        self._server.shutdown()
        self._server.server_close()
