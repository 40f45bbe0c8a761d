"""The live desk: passing a talk on, canned pairs in both languages, and words that could not be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.launch.client import Conversation
from tests.stack import Stack

SignIn = Callable[..., Page]
COLLEAGUE = "Trưởng bộ phận (minh họa)"
PAIR = {
    "title_vi": "Hẹn gọi lại",
    "title_en": "We will call",
    "text_vi": "Chúng tôi sẽ gọi lại trong buổi chiều.",
    "text_en": "We will call you back this afternoon.",
}


@pytest.fixture
def investor(stack: Stack) -> Iterator[Conversation]:
    """Somebody who waits for a person and writes English."""
    with stack.conversation("en") as talk:
        talk.say("Is there land left at Nam Dinh Vu?")
        talk.say("I want to talk to a person")
        yield talk


def _claim(page: Page) -> str:
    """Take over who asked last; the address of the talk."""
    page.goto("/staff/desk/")
    waiting = page.locator(".desk-lists section").first
    waiting.locator(".talk", has_text="I want to talk to a person").last.click()
    page.locator("form[action$='/claim/'] button").click()
    expect(page.locator("#text")).to_be_visible()
    return page.url


def test_a_canned_pair_is_written_and_used_in_both_languages(sign_in: SignIn, investor: Conversation) -> None:
    page = sign_in("officer")
    page.goto("/staff/desk/canned/")
    for name, text in PAIR.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="Lưu", exact=True).click()
    pair = page.locator("section.card", has_text=PAIR["text_vi"])
    expect(pair).to_contain_text(PAIR["text_en"])
    _claim(page)
    page.locator("#canned").select_option(label=PAIR["title_vi"])
    expect(page.locator("#text")).to_have_value(PAIR["text_en"])
    page.locator("#text").fill("")
    page.locator("#other").check()
    page.locator("#canned").select_option(label=PAIR["title_vi"])
    expect(page.locator("#text")).to_have_value(PAIR["text_vi"])
    page.keyboard.press("Control+Enter")
    expect(page.locator(".live-talk .staff").last).to_contain_text(PAIR["text_vi"])
    assert PAIR["text_vi"] in investor.history()[-1]["text"]
    page.locator("form[action$='/give-back/'] button").click()
    expect(page.locator("form[action$='/claim/'] button")).to_be_visible()
    page.goto("/staff/desk/canned/")
    page.once("dialog", lambda dialog: dialog.accept())
    pair.locator("button.danger").click()
    expect(pair).to_have_count(0)


def test_a_talk_is_passed_to_a_colleague(sign_in: SignIn, investor: Conversation) -> None:
    officer, manager = sign_in("officer"), sign_in("manager", "en")
    address = _claim(officer)
    officer.locator("summary", has_text="Chuyển").click()
    officer.locator("#to").select_option(label=COLLEAGUE)
    officer.locator("form[action$='/transfer/'] button.main").click()
    expect(officer.locator(".talkpane")).to_contain_text("Đồng nghiệp đang phụ trách hội thoại này")
    expect(officer.locator("#text")).to_have_count(0)
    manager.goto("/staff/desk/")
    mine = manager.get_by_role("region", name="Mine")
    mine.locator(".talk", has_text="I want to talk to a person").first.click()
    expect(manager).to_have_url(address)
    manager.locator("#text").fill("Good morning, I take it from here.")
    manager.get_by_role("button", name="Send").click()
    expect(manager.locator(".live-talk .staff").last).to_contain_text("I take it from here")
    assert "I take it from here" in investor.history()[-1]["text"]
    manager.once("dialog", lambda dialog: dialog.accept())
    manager.locator("form[action$='/close/'] button").click()
    expect(manager.locator(".talkpane .badge").first).to_have_text("Closed")


def test_words_that_could_not_be_sent_are_kept(sign_in: SignIn, investor: Conversation) -> None:
    officer, manager = sign_in("officer"), sign_in("manager")
    address = _claim(officer)
    officer.locator("#text").fill("Chào anh, hồ sơ gồm")
    manager.goto(address)
    manager.locator("form[action$='/give-back/'] button").click()
    # The officer's page is drawn anew by itself.
    expect(officer.locator("#unsent-text")).to_have_value("Chào anh, hồ sơ gồm")
    expect(officer.locator("#text")).to_have_count(0)
    officer.locator("form[action$='/claim/'] button").click()
    expect(officer.locator("#text")).to_have_value("Chào anh, hồ sơ gồm")
    officer.locator("form[action$='/give-back/'] button").click()
    officer.locator("form[action$='/call/'] button").click()
    expect(officer.locator(".talkpane .badge").first).to_have_text("Đang chờ cán bộ")
