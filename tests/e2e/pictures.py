"""Pictures of the pages and the chat for docs/screens/site: `python -m tests.e2e.pictures`.

Starts a product of its own; each picture is taken in one language, size and colour scheme.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bot.common.settings import ROOT
from tests.browser import CHROMIUM
from tests.e2e.chat import OVERVIEW, Chat
from tests.e2e.conftest import BOT, DESKTOP, PHONE
from tests.stack import running

SCREENS = ROOT / "docs" / "screens" / "site"
NARROW: ViewportSize = {"width": 320, "height": 640}


@dataclass(frozen=True)
class Picture:
    """What to show and how."""

    name: str
    path: str
    language: str
    size: ViewportSize
    scheme: Literal["light", "dark"] = "light"
    prepare: Callable[[Chat], None] | None = None


def _open(chat: Chat) -> None:
    chat.open()


def _ask(chat: Chat) -> None:
    chat.open()
    chat.ask()


def _overview(chat: Chat) -> None:
    chat.open()
    chat.ask(OVERVIEW[chat.language])


def _sources(chat: Chat) -> None:
    _ask(chat)
    chat.answers.last.locator(".sources summary").click()


def _compare(chat: Chat) -> None:
    chat.open()
    chat.ask({"vi": "So sánh Nam Cầu Kiền và VSIP", "en": "Compare Nam Cau Kien and VSIP"}[chat.language])


def _warning(chat: Chat) -> None:
    chat.open()
    chat.write({"vi": "Hộ chiếu của tôi là B1234567", "en": "My passport is B1234567"}[chat.language])


def _menu(chat: Chat) -> None:
    _ask(chat)
    chat.element.locator(".header [aria-controls=menu]").click()


def _telegram(chat: Chat) -> None:
    _ask(chat)
    chat.menu("telegram")
    chat.element.locator(".question a").wait_for()


def _inquiry(chat: Chat) -> None:
    _ask(chat)
    chat.menu("inquiry")
    chat.element.locator(".sheet [name=summary]").wait_for()


PICTURES = (
    Picture("home-vi", "/", "vi", DESKTOP),
    Picture("home-en-dark", "/", "en", DESKTOP, "dark"),
    Picture("home-vi-phone", "/", "vi", PHONE),
    Picture("record-vi", "/records/irc_issue", "vi", DESKTOP),
    Picture("zone-en", "/records/ip-nam-cau-kien", "en", DESKTOP),
    Picture("search-en-phone", "/records?kind=zone&q=deep", "en", PHONE),
    Picture("sources-vi", "/sources", "vi", DESKTOP),
    Picture("page-chat-en", "/chat", "en", DESKTOP),
    Picture("chat-welcome-vi", "/", "vi", DESKTOP, prepare=_open),
    Picture("chat-answer-vi-phone", "/", "vi", PHONE, prepare=_ask),
    Picture("chat-card-en-dark", "/", "en", DESKTOP, "dark", _overview),
    Picture("chat-sources-en-phone-dark", "/", "en", PHONE, "dark", _sources),
    Picture("chat-compare-vi-phone", "/", "vi", PHONE, prepare=_compare),
    Picture("chat-warning-vi-narrow", "/", "vi", NARROW, prepare=_warning),
    Picture("chat-menu-vi", "/", "vi", DESKTOP, prepare=_menu),
    Picture("chat-telegram-en-narrow-dark", "/", "en", NARROW, "dark", _telegram),
    Picture("home-en-narrow", "/", "en", NARROW),
    Picture("chat-inquiry-en-phone", "/", "en", PHONE, prepare=_inquiry),
)


def take(browser: Browser, picture: Picture, base_url: str) -> None:
    """One picture into docs/screens."""
    context = browser.new_context(
        viewport=picture.size,
        color_scheme=picture.scheme,
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
    )
    page: Page = context.new_page()
    page.goto(f"{base_url}{picture.path}{'&' if '?' in picture.path else '?'}language={picture.language}")
    if picture.prepare:
        picture.prepare(Chat(page, picture.language))
    page.wait_for_timeout(500)
    page.screenshot(path=SCREENS / f"{picture.name}.png")
    context.close()


def main() -> None:
    """Take every picture."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with running("site-pictures", {"TELEGRAM_BOT": BOT}) as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, picture, stack.base_url)
        browser.close()


if __name__ == "__main__":
    main()
