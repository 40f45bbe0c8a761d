"""The chat as a reader sees it."""

from __future__ import annotations

import json
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, Request, expect

from bot.common.settings import ROOT

WORDING: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "bot/widget/src/wording.yml").read_text("utf-8"))

QUESTION = {
    "vi": "Cấp giấy chứng nhận đăng ký đầu tư mất bao lâu?",
    "en": "How long does an investment registration certificate take?",
}
ANSWER = {"vi": "10 ngày làm việc", "en": "10 working days"}
OVERVIEW = {
    "vi": "Giới thiệu khu công nghiệp Nam Cầu Kiền",
    "en": "Tell me about Nam Cau Kien Industrial Park",
}


class Chat:
    """A chat element on a page; `language` is that of the page."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.element = page.locator("heza-chat")
        self.field = self.element.locator(".field textarea")
        self.messages = self.element.locator(".talk > li:not(.typing)")
        self.users = self.element.locator(".talk > .user")
        self.answers = self.element.locator(".talk > .assistant")

    def open(self) -> None:
        """Open the panel; returns when the first words are there."""
        if not self.element.locator(".panel").is_visible():
            self.element.locator(".launch").click()
        expect(self.answers.first).to_be_visible()

    def write(self, text: str) -> None:
        """Send text, waiting for nothing."""
        self.field.fill(text)
        self.field.press("Enter")

    def ask(self, text: str | None = None) -> Locator:
        """Send text; the answer when it is there."""
        before = self.answers.count()
        self.write(text or QUESTION[self.language])
        expect(self.answers).to_have_count(before + 1)
        return self.answers.last

    def menu(self, name: str) -> None:
        """Choose from the menu, by a name of the chat's wording."""
        self.element.locator(".header [aria-controls=menu]").click()
        self.choose(name)

    def choose(self, name: str) -> None:
        """The same, when the menu is open."""
        self.element.locator("#menu button").get_by_text(WORDING[name][self.language], exact=True).click()

    def texts(self) -> list[str]:
        """What stands in the bubbles, in order."""
        return [" ".join(text.split()) for text in self.messages.locator(".bubble").all_inner_texts()]

    @property
    def session(self) -> dict[str, Any]:
        """The conversation's id and token as this browser keeps them."""
        kept = self.page.evaluate(
            "Object.entries(localStorage).find(([key]) => key.endsWith(':session'))?.[1] ?? 'null'"
        )
        session: dict[str, Any] = json.loads(kept)
        return session


def posted(request: Request) -> dict[str, Any]:
    """The JSON that a request carried."""
    body: dict[str, Any] = json.loads(request.post_data or "{}")
    return body
