"""Being handed to a person and back, formal inquiries, one's own data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.chat import ANSWER, QUESTION, Chat, posted
from tests.e2e.conftest import BOT, Visitor
from tests.e2e.officer import Officer
from tests.stack import Stack

Visit = Callable[..., Visitor]


def test_takeover_and_return(visit: Visit, stack: Stack) -> None:
    chat = visit("vi").chat()
    chat.ask()
    chat.write("Tôi muốn gặp cán bộ")
    who = chat.element.locator(".header .who p")
    expect(who).to_contain_text("Đang chờ cán bộ")
    officer = Officer(stack, chat.session["id"], "Nguyễn Thị Hạnh")
    officer.claim()
    expect(who).to_contain_text("Bạn đang trò chuyện với")
    expect(chat.element.locator(".talk > .system").last).to_contain_text("Nguyễn Thị Hạnh")
    officer.reply("Chào anh, tôi có thể giúp gì?")
    expect(who).to_have_text("Bạn đang trò chuyện với Nguyễn Thị Hạnh")
    expect(chat.element.locator(".talk > .staff")).to_contain_text("Nguyễn Thị Hạnh")
    before = chat.answers.count()
    chat.write("Tôi cần hẹn gặp trực tiếp")
    expect(chat.users.last).to_contain_text("hẹn gặp")
    chat.page.wait_for_timeout(1_500)
    expect(chat.answers).to_have_count(before)
    officer.give_back()
    expect(who).to_contain_text("AI")
    expect(chat.ask()).to_contain_text(ANSWER["vi"])


def test_an_officer_who_writes_is_seen(visit: Visit, stack: Stack) -> None:
    chat = visit("en").chat()
    officer = Officer(stack, chat.session["id"], "Trần Minh")
    officer.claim()
    officer.typing()
    expect(chat.element.locator(".typing")).to_be_visible()
    expect(chat.element.locator(".typing")).to_have_count(0, timeout=15_000)


def test_a_formal_inquiry_with_consent_receipt_and_look_up(visit: Visit) -> None:
    chat = visit("en", "phone").chat()
    chat.ask()
    chat.menu("inquiry")
    sheet = chat.element.locator(".sheet")
    expect(sheet.locator("[name=summary]")).to_have_value(re.compile(re.escape(QUESTION["en"])))
    sheet.locator("[name=name]").fill("Kim Min-jun")
    sheet.locator("[name=email]").fill("kim@example.com")
    sheet.locator(".main").click()
    assert sheet.locator("[name=answer_inquiry]").evaluate("box => !box.validity.valid")
    sheet.locator("[name=answer_inquiry]").check()
    with chat.page.expect_request("**/inquiries") as sent:
        sheet.locator(".main").click()
    assert posted(sent.value)["consents"] == ["answer_inquiry"]
    expect(sheet.locator(".key dd")).to_have_count(2)
    code, pin = sheet.locator(".key dd").all_inner_texts()
    sheet.locator(".back").click()
    chat.menu("inquiry_find")
    sheet.locator("[name=code]").fill(code)
    sheet.locator("[name=pin]").fill("wrong")
    sheet.locator(".main").click()
    expect(sheet.get_by_role("alert")).to_be_visible()
    sheet.locator("[name=pin]").fill(pin)
    sheet.locator(".main").click()
    expect(sheet).to_contain_text("Received")
    sheet.locator("[name=text]").fill("We need the answer for the board.")
    sheet.locator(".main").click()
    expect(sheet.locator(".said").last).to_contain_text("for the board")


def test_contact_data_stays_out_of_the_talk(visit: Visit) -> None:
    chat = visit("vi").chat()
    chat.ask()
    _inquire(chat, "Lê Văn Bình", "binh@example.com")
    chat.element.locator(".sheet .back").click()
    assert "binh@example.com" not in " ".join(chat.texts())


def test_the_talk_can_go_on_in_telegram(visit: Visit) -> None:
    chat = visit("vi", "phone").chat()
    chat.menu("telegram")
    link = chat.element.locator(".question a")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("href", re.compile(rf"^https://t\.me/{BOT}\?start=c_[\w-]{{22}}$"))
    expect(link).to_have_attribute("target", "_blank")
    chat.element.locator(".question .quiet").click()
    expect(link).to_have_count(0)
    expect(chat.field).to_be_focused()


def test_own_data_can_be_fetched_and_erased(visit: Visit) -> None:
    chat = visit("vi").chat()
    chat.ask()
    with chat.page.expect_download() as download:
        chat.menu("my_data")
    held = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert QUESTION["vi"] in json.dumps(held, ensure_ascii=False)
    token = chat.session["token"]
    chat.menu("erase")
    chat.element.locator(".question button").first.click()
    expect(chat.users).to_have_count(0)
    expect(chat.element.locator(".toast")).to_contain_text("đã được xóa")
    answer = chat.page.request.get(
        f"{chat.page.url.split('/?')[0]}/api/v1/messages", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status == 401


def _inquire(chat: Chat, name: str, email: str) -> None:
    chat.menu("inquiry")
    sheet = chat.element.locator(".sheet")
    sheet.locator("[name=name]").fill(name)
    sheet.locator("[name=email]").fill(email)
    sheet.locator("[name=answer_inquiry]").check()
    sheet.locator(".main").click()
    expect(sheet.locator(".key")).to_be_visible()
