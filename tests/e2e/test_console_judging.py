"""Searching instead of knowing ids: the right record and intent of an answer, the record of a filter."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]


def answered(field: str, words: str) -> str:
    """What was found for these very words, not for the first letters of them."""
    return f"#found-{field} [data-answers='{words}'] input"


def test_nothing_is_saved_before_the_search_has_answered(sign_in: SignIn) -> None:
    page = sign_in("reviewer")
    page.goto("/staff/judging/?queue=latest")
    here = page.url
    done = page.locator(".progress-words strong").last
    before = int(done.inner_text())
    page.keyboard.press("2")
    page.keyboard.type("giay phep lao dong")
    # Quicker than the search: nothing is found yet, or what the first letters mean.
    page.keyboard.press("Enter")
    expect(page.locator(answered("right_record", "giay phep lao dong")).first).to_be_checked()
    expect(page).to_have_url(here)
    expect(done).to_have_text(str(before))
    page.locator("#intent_q").press_sequentially("hoi ve thu tuc")
    expect(page.locator(answered("right_intent", "hoi ve thu tuc")).first).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#found-right_intent input").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(here)
    expect(done).to_have_text(str(before + 1))
    page.keyboard.press("z")
    expect(page.locator("#found-right_record")).to_contain_text("giấy phép lao động")
    expect(page.locator("#found-right_intent")).to_contain_text("Hỏi về thủ tục")


def test_two_reviewers_have_different_answers_before_them(sign_in: SignIn) -> None:
    first, second = sign_in("reviewer"), sign_in("manager", "en")
    for page in (first, second):
        page.goto("/staff/judging/")
        expect(page.locator("#verdicts")).to_be_visible()
    assert first.url != second.url


def test_who_was_slower_is_told(sign_in: SignIn) -> None:
    first, second = sign_in("reviewer"), sign_in("manager", "en")
    first.goto("/staff/judging/")
    same = first.url
    second.goto(same)
    first.keyboard.press("1")
    expect(first).not_to_have_url(same)
    second.keyboard.press("1")
    expect(second.locator(".notices .warning")).to_contain_text("was quicker")
    expect(second.locator("[value=right]")).to_be_checked()


def test_conversations_are_narrowed_to_a_record_by_its_name(sign_in: SignIn) -> None:
    page = sign_in("analyst", "en")
    page.goto("/staff/conversations/")
    page.locator(".more > summary").click()
    page.locator("#record_q").press_sequentially("work permit")
    expect(page.locator(answered("record", "work permit")).first).to_be_checked()
    chosen = page.locator("#found-record input").first.get_attribute("value")
    page.locator("#record_q").press("Enter")
    expect(page.locator(".chips")).to_contain_text("Record:")
    expect(page).to_have_url(re.compile(rf"[?&]record={chosen}(&|$)"))
    assert "find=" not in page.url
