"""The chat as a page, in a browser that runs no script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import ANSWER, QUESTION
from tests.e2e.conftest import Visitor

Visit = Callable[..., Visitor]
NAMES = {"vi": ("Gửi", "Xóa cuộc trò chuyện"), "en": ("Send", "Erase this conversation")}


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_ask_press_and_erase(visit: Visit, language: str, size: str) -> None:
    page = visit(language, size, java_script_enabled=False).page("/chat")
    send, erase = NAMES[language]
    page.get_by_role("textbox").fill(QUESTION[language])
    page.get_by_role("button", name=send, exact=True).click()
    expect(page.locator(".messages")).to_contain_text(ANSWER[language])
    button = page.locator(".replies button").first
    title = button.inner_text()
    button.click()
    expect(page.locator(".messages .user").last).to_contain_text(title)
    page.get_by_role("button", name=erase).click()
    expect(page.locator(".messages .user")).to_have_count(0)


def test_examples_lead_to_the_page(visit: Visit) -> None:
    page = visit("en", java_script_enabled=False).page("/")
    page.locator(".hero [data-ask]").first.click()
    expect(page.get_by_role("textbox")).to_have_value(QUESTION["en"])
