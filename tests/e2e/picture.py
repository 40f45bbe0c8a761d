"""Takes the picture of a talk for the README: `python -m tests.e2e.picture ADDRESS` of a site that runs."""

from __future__ import annotations

import sys

from playwright.sync_api import sync_playwright

from bot.common.settings import ROOT
from tests.browser import CHROMIUM
from tests.e2e.chat import OVERVIEW, QUESTION, Chat
from tests.e2e.conftest import PATIENCE_MS

PICTURE = ROOT / "docs" / "screens" / "talk.png"


def take(address: str) -> None:
    """Ask in both languages and keep what a reader then sees."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 860})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{address}/?language=en")
        chat = Chat(page, "en")
        chat.open()
        chat.ask(OVERVIEW["en"])
        chat.ask(QUESTION["vi"])
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
