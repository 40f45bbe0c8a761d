"""Records in the staff console: two people and one draft, history, files, the expiry desk, recalls."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.stack import Stack

SignIn = Callable[..., Page]
RECORD = "/staff/records/faq-authority-contact-02/"
NAME = "Liên hệ HEZA bằng cách nào?"
NEW_NAME = "Liên hệ với HEZA bằng cách nào?"


def _draft(page: Page, name: str) -> None:
    page.goto(RECORD)
    page.locator("[name='name.vi']").fill(name)
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator(".notices")).to_contain_text("Đã lưu bản nháp")


def _publish(page: Page) -> None:
    page.goto(RECORD)
    page.get_by_role("button", name="Công bố bản nháp").click()
    expect(page.locator(".notices")).to_contain_text("Đã công bố")


def test_one_writes_another_publishes_and_history_leads_back(sign_in: SignIn) -> None:
    officer, manager = sign_in("officer"), sign_in("manager")
    _draft(officer, NEW_NAME)
    expect(officer.locator("main .notice")).to_contain_text("một người khác cần xem và công bố")
    expect(officer.get_by_role("button", name="Công bố bản nháp")).to_have_count(0)
    # The second person sees the draft, reads what it changes, and publishes it.
    manager.goto(RECORD)
    expect(manager.locator("[name='name.vi']")).to_have_value(NEW_NAME)
    expect(manager.locator("main ins").first).to_contain_text("với")
    _publish(manager)
    expect(manager.locator("h1")).to_have_text(NEW_NAME)
    # The latest version first; the one before it can be brought back, as a draft again.
    officer.goto(f"{RECORD}history/")
    versions = officer.locator("main section.card")
    expect(versions.first).to_contain_text("Công bố")
    expect(versions.first.get_by_role("button", name="Khôi phục bản này")).to_have_count(0)
    expect(versions.last).to_contain_text("Phiên bản đầu tiên")
    versions.last.get_by_role("button", name="Khôi phục bản này").click()
    expect(officer.locator(".notices")).to_contain_text("Nội dung cũ đã thành bản nháp")
    expect(officer.locator("[name='name.vi']")).to_have_value(NAME)
    _publish(manager)
    expect(manager.locator("h1")).to_have_text(NAME)


def test_a_draft_is_discarded(sign_in: SignIn) -> None:
    page = sign_in("officer")
    _draft(page, NEW_NAME)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Bỏ bản nháp").click()
    expect(page.locator(".notices")).to_contain_text("Đã bỏ bản nháp")
    expect(page.locator("[name='name.vi']")).to_have_value(NAME)


def test_records_go_out_as_a_file_and_come_back_as_drafts(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("officer")
    page.goto("/staff/records/import/")
    with page.expect_download() as download:
        page.locator("a[href$='?kind=faq']").click()
    file = tmp_path / "records-faq.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    sheet = book.active
    assert sheet is not None
    columns = {str(cell.value): place for place, cell in enumerate(sheet[1])}
    row = next(row for row in sheet.iter_rows(min_row=2) if row[columns["id"]].value in RECORD.split("/"))
    cell = row[columns["content"]]
    assert NAME in str(cell.value)
    cell.value = str(cell.value).replace(NAME, NEW_NAME, 1)
    book.save(file)
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Nhập thành bản nháp").click()
    result = page.locator("main [role=status]")
    expect(result).to_contain_text("Bản nháp mới: 1 ·")
    result.locator("tbody a").click()
    expect(page).to_have_url(re.compile(f"{RECORD}$"))
    expect(page.locator("[name='name.vi']")).to_have_value(NEW_NAME)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Bỏ bản nháp").click()
    expect(page.locator("[name='name.vi']")).to_have_value(NAME)


def test_what_is_past_its_day_is_confirmed_at_the_expiry_desk(sign_in: SignIn) -> None:
    page = sign_in("manager", "en")
    page.goto("/staff/records/")
    page.get_by_role("link", name="Expiry desk").click()
    page.get_by_role("link", name="Past its review date").click()
    rows = page.locator("tbody tr")
    expect(rows.first.locator(".badge.bad")).to_have_text("Past its review date")
    address = rows.first.locator("a").get_attribute("href")
    rows.first.locator("a").click()
    page.get_by_role("button", name="Confirm the content").click()
    expect(page.locator(".notices .success")).to_be_visible()
    page.goto("/staff/records/expiry/?reason=overdue")
    expect(page.locator(f"tbody a[href='{address}']")).to_have_count(0)


def test_a_recall_leads_to_the_talk_in_which_the_old_content_was_told(sign_in: SignIn, stack: Stack) -> None:
    record = "/staff/records/work_permit/"
    with stack.conversation("en") as investor:
        told = investor.say("what is the fee for a work permit")[-1]
    officer, manager = sign_in("officer"), sign_in("manager", "en")
    officer.goto(record)
    officer.locator("[name='fee.variants.1.vnd']").fill("470000")
    officer.get_by_role("button", name="Lưu bản nháp").click()
    expect(officer.locator(".notices")).to_contain_text("Đã lưu bản nháp")
    manager.goto(record)
    manager.get_by_role("button", name="Publish the draft").click()
    expect(manager.locator(".notices .success")).to_be_visible()
    manager.goto(record)
    manager.get_by_role("link", name="Who was told").click()
    expect(manager.locator("main ins")).to_have_text("470000")
    answer = manager.locator(f"tbody a[href$='#m{told['id']}']")
    expect(answer).to_have_count(1)
    answer.click()
    expect(manager.locator(f"#m{told['id']}")).to_be_visible()
    # As it was.
    officer.goto(f"{record}history/")
    officer.locator("main section.card").last.get_by_role("button", name="Khôi phục bản này").click()
    expect(officer.locator(".notices")).to_contain_text("Nội dung cũ đã thành bản nháp")
    manager.goto(record)
    manager.get_by_role("button", name="Publish the draft").click()
    expect(manager.locator(".notices .success")).to_be_visible()
