"""Nothing is lost and nothing comes twice: tabs, no network, servers that fall over in the middle."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.chat import ANSWER, QUESTION
from tests.e2e.conftest import Visitor
from tests.e2e.officer import Officer
from tests.stack import Stack

Visit = Callable[..., Visitor]


def test_two_tabs_show_one_talk(visit: Visit) -> None:
    visitor = visit("vi")
    first = visitor.chat()
    second = visitor.chat("/records")
    assert second.session == first.session
    first.ask()
    expect(second.users).to_have_count(1)
    expect(second.answers).to_have_count(2)
    second.ask("Lệ phí cấp giấy phép lao động là bao nhiêu?")
    expect(first.answers).to_have_count(3)
    assert first.texts() == second.texts()


def test_what_is_new_counts_at_the_closed_button(visit: Visit, stack: Stack) -> None:
    chat = visit("en").chat()
    launch = chat.element.locator(".launch")
    launch.click()
    expect(chat.element.locator(".panel")).to_have_count(0)
    Officer(stack, chat.session["id"], "Lan").claim()
    expect(chat.element.locator(".badge")).to_have_text("1")
    expect(launch).to_have_accessible_name(re.compile("1 unread"))
    chat.open()
    expect(chat.element.locator(".badge")).to_have_count(0)


def test_erasing_in_one_tab_clears_the_other(visit: Visit) -> None:
    visitor = visit("vi")
    first, second = visitor.chat(), visitor.chat("/records")
    first.ask()
    expect(second.users).to_have_count(1)
    old = first.session
    first.menu("erase")
    first.element.locator(".question button").first.click()
    expect(first.users).to_have_count(0)
    expect(second.users).to_have_count(0)
    expect(second.answers).to_have_count(1)
    assert first.session == second.session != old


def test_offline_and_back(visit: Visit) -> None:
    visitor = visit("vi")
    chat = visitor.chat()
    visitor.context.set_offline(True)
    chat.write(QUESTION["vi"])
    expect(chat.element.locator(".banner")).to_contain_text("Mất kết nối")
    expect(chat.element.locator(".user.unsent")).to_have_count(1)
    visitor.context.set_offline(False)
    expect(chat.answers).to_have_count(2)
    expect(chat.answers.last).to_contain_text(ANSWER["vi"])
    expect(chat.users).to_have_count(1)
    expect(chat.element.locator(".banner")).to_have_count(0)


def test_a_reload_while_offline_keeps_the_question(visit: Visit) -> None:
    visitor = visit("en")
    chat = visitor.chat()
    chat.page.route("**/api/v1/messages", lambda route: route.abort())
    chat.write(QUESTION["en"])
    expect(chat.users).to_have_count(1)
    chat.page.unroute("**/api/v1/messages")
    chat.page.reload()
    chat.open()
    expect(chat.answers).to_have_count(2)
    expect(chat.users).to_have_count(1)


def test_the_site_restarts_in_mid_answer(visit: Visit, stack: Stack) -> None:
    chat = visit("vi").chat()
    rasa = stack._process("rasa")
    os.kill(rasa, signal.SIGSTOP)
    try:
        chat.write(QUESTION["vi"])
        expect(chat.element.locator(".typing")).to_be_visible()
        stack.restart("web")
    finally:
        os.kill(rasa, signal.SIGCONT)
    expect(chat.answers).to_have_count(2, timeout=60_000)
    expect(chat.answers.last).to_contain_text(ANSWER["vi"])
    expect(chat.users).to_have_count(1)


def test_an_answer_that_never_comes_is_shown_as_lost_and_asked_again(visit: Visit) -> None:
    visitor = visit("vi")
    chat = visitor.chat()
    chat.page.clock.install()
    chat.page.route("**/api/v1/messages", lambda route: route.abort())
    chat.write(QUESTION["vi"])
    lost = chat.element.locator(".user.lost")
    for _ in range(12):
        chat.page.clock.fast_forward(11_000)
    expect(lost).to_contain_text("Chưa nhận được câu trả lời")
    chat.page.unroute("**/api/v1/messages")
    lost.get_by_role("button", name="Hỏi lại").click()
    expect(chat.answers).to_have_count(2)
    expect(chat.users).to_have_count(1)
