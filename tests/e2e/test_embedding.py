"""The chat on another website: allowed origins, checksum, attributes, the strictest policy."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from bot.common.settings import ROOT
from bot.launch import ports
from tests.e2e.chat import Chat
from tests.e2e.conftest import WIDGET, Visitor
from tests.stack import Stack, running

Visit = Callable[..., Visitor]
BUNDLE = ROOT / "bot/web/static/widget/heza-chat.js"
LIMIT = 40 * 1024


class Site:
    """Somebody's website with one page."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
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

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def show(self, stack: Stack, integrity: str, attributes: str = "") -> None:
        server = stack.base_url
        self.policy = f"default-src 'none'; script-src {server}; connect-src {server}; img-src {server}"
        self.html = f"""<!doctype html><html lang="vi"><title>x</title><h1>x</h1>
            <script type="module" crossorigin src="{server}/static/widget/heza-chat.js"
                integrity="{integrity}">
            </script><heza-chat lang="vi" {attributes}></heza-chat></html>"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = Site(ports.free())
    yield made
    made.server.shutdown()


@pytest.fixture(scope="module")
def embedding(site: Site) -> Iterator[Stack]:
    """A stack that allows the site."""
    with running("embedding", {"HEZA_ALLOWED_ORIGINS": site.origin}) as started:
        yield started


def _integrity() -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(BUNDLE.read_bytes()).digest()).decode()}"


def _page(visit: Visit, site: Site) -> Page:
    visitor = visit("vi")
    page = visitor.context.new_page()
    page.on("console", visitor._console)
    page.goto(site.origin)
    return page


def test_an_allowed_site_under_the_strictest_policy(visit: Visit, embedding: Stack, site: Site) -> None:
    site.show(embedding, _integrity(), 'accent="#ffd400" position="left" theme="dark"')
    page = _page(visit, site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    chat = Chat(page, "vi")
    chat.open()
    chat.ask()
    assert {url.split("/")[2] for url in asked} == {embedding.base_url.split("/")[2]}
    launch = chat.element.locator(".launch")
    assert launch.bounding_box()["x"] < 100  # type: ignore[index]
    assert launch.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 212, 0)"
    assert launch.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


def test_another_site_gets_no_conversation(visit: Visit, stack: Stack, site: Site) -> None:
    site.show(stack, _integrity())
    visitor = visit("vi")
    page = visitor.context.new_page()
    page.goto(site.origin)
    page.locator("heza-chat .launch").click()
    expect(page.locator("heza-chat .banner")).to_contain_text("Chưa kết nối được")


def test_a_changed_script_does_not_run(visit: Visit, embedding: Stack, site: Site) -> None:
    site.show(embedding, "sha384-" + "A" * 64)
    visitor = visit("vi")
    page = visitor.context.new_page()
    page.goto(site.origin)
    page.wait_for_timeout(500)
    assert not page.evaluate("!!customElements.get('heza-chat')")


def test_all_it_loads_is_small_and_one_file() -> None:
    code = BUNDLE.read_bytes()
    assert len(gzip.compress(code, 9)) <= LIMIT
    text = code.decode()
    assert not re.search(r"\beval\(|new Function\(|\bimport\(", text)
    assert set(re.findall(r"https?://([\w.-]+)", text)) <= {"www.w3.org", "www.openstreetmap.org", "lit.dev"}


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("command", ["check", "test", "build -- --check"])
def test_the_source_is_sound_and_the_committed_bundle_is_built_from_it(command: str) -> None:
    done = subprocess.run(
        ["npm", "run", "--silent", *command.split()], cwd=WIDGET, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
