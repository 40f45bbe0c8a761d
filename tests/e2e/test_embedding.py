"""The chat on another website: allowed origins, checksum, attributes, the strictest policy."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import subprocess
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from bot.common.settings import ROOT
from tests.e2e.chat import ANSWER, Chat
from tests.e2e.conftest import WIDGET, Visitor
from tests.e2e.site import Site
from tests.stack import Stack

Visit = Callable[..., Visitor]
BUNDLE = ROOT / "bot/web/static/widget/heza-chat.js"
LIMIT = 40 * 1024


def _integrity() -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(BUNDLE.read_bytes()).digest()).decode()}"


def _page(visitor: Visitor, address: str) -> Page:
    page = visitor.context.new_page()
    page.goto(address)
    return page


def test_an_allowed_site_under_the_strictest_policy(visit: Visit, stack: Stack, site: Site) -> None:
    site.show(stack.base_url, _integrity(), 'accent="#ffd400" position="left" theme="dark"')
    visitor = visit("vi")
    page = visitor.watched(visitor.context.new_page())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.origin)
    chat = Chat(page, "vi")
    chat.open()
    expect(chat.ask()).to_contain_text(ANSWER["vi"])
    page.reload()
    expect(chat.answers).to_have_count(2)
    known = {urlsplit(address).netloc for address in (stack.base_url, site.origin)}
    assert {urlsplit(url).netloc for url in asked} == known
    launch = chat.element.locator(".launch")
    assert launch.bounding_box()["x"] < 100  # type: ignore[index]
    assert launch.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 212, 0)"
    assert launch.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


def test_another_site_gets_no_conversation(visit: Visit, stack: Stack, site: Site) -> None:
    site.show(stack.base_url, _integrity())
    page = _page(visit("vi"), site.other_origin)
    page.locator("heza-chat .launch").click()
    expect(page.locator("heza-chat .banner")).to_contain_text("Chưa kết nối được")
    assert page.evaluate("localStorage.length") == 0


def test_a_changed_script_does_not_run(visit: Visit, stack: Stack, site: Site) -> None:
    site.show(stack.base_url, "sha384-" + "A" * 64)
    page = _page(visit("vi"), site.origin)
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
