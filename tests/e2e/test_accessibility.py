"""axe-core finds nothing (WCAG 2.2 AA), and everything can be done with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chat import ANSWER, OVERVIEW, QUESTION, Chat
from tests.e2e.conftest import WIDGET, Visitor

Visit = Callable[..., Visitor]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "/",
    "/records",
    "/records?kind=zone&q=nam",
    "/records/irc_issue",
    "/records/ip-trang-due",
    "/records/CIT-2025-EZ-OTHER",
    "/sources",
    "/chat",
    "/embed",
    "/privacy",
)


def violations(page: Page) -> list[str]:
    page.evaluate((WIDGET / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_pages(visit: Visit, path: str, scheme: str) -> None:
    for language, size in (("vi", "desktop"), ("en", "phone")):
        assert violations(visit(language, size, color_scheme=scheme).page(path)) == []


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "size"), [("vi", "desktop"), ("en", "phone")])
def test_chat_in_all_its_states(visit: Visit, language: str, size: str, scheme: str) -> None:
    chat = visit(language, size, color_scheme=scheme, reduced_motion="reduce").chat()
    assert violations(chat.page) == []
    chat.ask(OVERVIEW[language]).locator(".sources summary").click()
    chat.answers.last.locator(".deeds .icon").nth(2).click()
    assert violations(chat.page) == []
    chat.write("passport B1234567")
    expect(chat.element.locator(".warning")).to_be_visible()
    assert violations(chat.page) == []
    chat.element.locator(".header [aria-controls=menu]").click()
    assert violations(chat.page) == []
    chat.choose("inquiry")
    expect(chat.element.locator(".sheet [name=summary]")).to_be_visible()
    assert violations(chat.page) == []
    chat.element.locator(".sheet .back").click()
    chat.menu("restart")
    expect(chat.element.locator(".question")).to_be_visible()
    assert violations(chat.page) == []


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit("vi").page()
    keys = page.keyboard
    for _ in range(60):
        keys.press("Tab")
        if page.evaluate("document.activeElement.localName") == "heza-chat":
            break
    for _ in range(4):
        focused = page.evaluate("document.activeElement.shadowRoot?.activeElement?.className")
        if focused == "launch":
            break
        keys.press("Tab")
    keys.press("Enter")
    chat = Chat(page, "vi")
    expect(chat.field).to_be_focused()
    expect(chat.answers).to_have_count(1)
    keys.type(QUESTION["vi"])
    keys.press("Enter")
    expect(chat.answers).to_have_count(2)
    expect(chat.answers.last).to_contain_text(ANSWER["vi"])
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(chat.answers).to_have_count(3)
    keys.press("Escape")
    expect(chat.element.locator(".panel")).to_have_count(0)
    expect(chat.element.locator(".launch")).to_be_focused()


def test_a_phone_keeps_the_focus_in_the_chat(visit: Visit) -> None:
    chat = visit("en", "phone").chat()
    for _ in range(30):
        chat.page.keyboard.press("Tab")
        assert chat.page.evaluate("document.activeElement.localName") == "heza-chat"


def test_each_answer_is_announced_once(visit: Visit) -> None:
    chat = visit("vi").chat()
    spoken = chat.element.locator("[aria-live=polite]")
    expect(spoken).to_be_empty()
    chat.ask()
    expect(spoken).to_contain_text(ANSWER["vi"])


def test_nothing_moves_for_who_wants_it_still(visit: Visit) -> None:
    chat = visit("vi", reduced_motion="reduce").chat()
    moving = chat.element.evaluate(
        "chat => chat.shadowRoot.getAnimations().filter((each) => each.playState === 'running').length"
    )
    assert moving == 0
