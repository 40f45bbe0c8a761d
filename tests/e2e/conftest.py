"""A browser on the real stack. Every page that a test opens must keep to its content security policy."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from bot.common.settings import ROOT
from tests.browser import CHROMIUM
from tests.e2e import staff
from tests.e2e.chat import Chat
from tests.e2e.site import Site
from tests.e2e.staff import Office
from tests.stack import Stack, running

# Chromium shares two cores with everything it talks to.
PATIENCE_MS = 40_000
WIDGET = ROOT / "bot" / "widget"
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
BOT = "heza_test_bot"
SIZES = {"desktop": DESKTOP, "phone": PHONE}
# What tests cause on purpose: a server that is away, a refusal, a conversation that was erased elsewhere.
_EXPECTED = ("net::ERR_", "Failed to load resource")


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture(scope="session")
def stack(site: Site) -> Iterator[Stack]:
    """One product for all walks; it lets another website embed its chat and offers to go on in Telegram."""
    with running("browser", {"HEZA_ALLOWED_ORIGINS": site.origin, "TELEGRAM_BOT": BOT}) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@dataclass
class Visitor:
    """Somebody's browser: opens pages and chats that share storage."""

    context: BrowserContext
    base_url: str
    language: str
    faults: list[str]

    def page(self, path: str = "/") -> Page:
        page = self.watched(self.context.new_page())
        page.goto(f"{self.base_url}{path}{'&' if '?' in path else '?'}language={self.language}")
        return page

    def watched(self, page: Page) -> Page:
        """The page, whose faults are kept from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def chat(self, path: str = "/") -> Chat:
        chat = Chat(self.page(path), self.language)
        chat.open()
        return chat

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not any(word in message.text for word in _EXPECTED):
            self.faults.append(message.text)


@pytest.fixture
def visit(browser: Browser, stack: Stack) -> Iterator[Callable[..., Visitor]]:
    """Make visitors; at the end none of their pages may have reported a fault."""
    visitors: list[Visitor] = []

    def make(language: str = "vi", size: str = "desktop", **options: Any) -> Visitor:
        context = browser.new_context(
            viewport=SIZES[size],
            locale={"vi": "vi-VN", "en": "en-GB"}[language],
            timezone_id="Asia/Ho_Chi_Minh",
            permissions=["clipboard-read", "clipboard-write"],
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        visitors.append(Visitor(context, stack.base_url, language, []))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [fault for visitor in visitors for fault in visitor.faults] == []


@pytest.fixture(params=["vi-desktop", "vi-phone", "en-desktop", "en-phone"])
def visitor(request: pytest.FixtureRequest, visit: Callable[..., Visitor]) -> Visitor:
    """A visitor of each language on each size."""
    return visit(*request.param.split("-"))


@pytest.fixture(scope="session")
def office(stack: Stack, browser: Browser) -> Office:
    """The staff of the demonstration, which is told once for all walks through the console."""
    return staff.hire(stack, browser)


@pytest.fixture
def sign_in(office: Office) -> Iterator[Callable[..., Page]]:
    """Sign in as a role; at the end no page may have reported a fault."""
    pages: list[tuple[Page, list[str]]] = []

    def make(role: str, language: str = "vi", size: str = "desktop", scheme: str = "light") -> Page:
        page = office.sign_in(role, language, SIZES[size], scheme)
        page.set_default_timeout(PATIENCE_MS)
        pages.append((page, staff.faults_of(page.context)))
        return page

    yield make
    for page, _ in pages:
        page.context.close()
    assert [fault for _, faults in pages for fault in faults] == []


@pytest.fixture(scope="session")
def packages() -> None:
    """The chat's development packages, installed from its lock when they are not there."""
    if not (WIDGET / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent", "--no-fund", "--no-audit"], cwd=WIDGET, check=True)
