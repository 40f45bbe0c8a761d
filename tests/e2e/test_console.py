"""Each role does its work in the staff console, on the demonstration."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.e2e import staff
from tests.stack import Stack
from tests.waiting import wait_until

SignIn = Callable[..., Page]
# The answer to these very words, not to the first letters of them.
ANSWERED = "#found-right_record [data-answers='giay phep lao dong']"


def menu(page: Page) -> list[str]:
    return [words.split("\n")[0] for words in page.locator(".side nav a").all_inner_texts()]


def test_an_officer_answers_a_waiting_investor(sign_in: SignIn, stack: Stack) -> None:
    page = sign_in("officer")
    investor = stack.conversation("vi")
    investor.say("KCN Nam Đình Vũ còn đất không?")
    investor.say("tôi muốn gặp cán bộ")
    page.goto("/staff/desk/")
    expect(page).to_have_title(re.compile(r"^\(\d+\) Bàn hỗ trợ"))
    page.locator(".desk-lists .talk", has_text="tôi muốn gặp cán bộ").last.click()
    expect(page.locator(".live-talk")).to_contain_text("KCN Nam Đình Vũ còn đất không?")
    page.get_by_role("button", name="Tiếp nhận").click()
    page.locator("#canned").select_option(label="Chào")
    expect(page.locator("#text")).to_have_value(re.compile("^Chào anh/chị"))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".live-talk .staff").last).to_contain_text("Chào anh/chị")
    assert "Chào anh/chị" in investor.history()[-1]["text"]
    investor.say("Tôi cần 5 héc-ta.")
    expect(page.locator(".live-talk .user").last).to_contain_text("Tôi cần 5 héc-ta.")
    page.get_by_role("button", name="Trả lại trợ lý").click()
    expect(page.get_by_role("button", name="Tiếp nhận")).to_be_visible()
    assert investor.say("Hồ sơ xin giấy phép lao động gồm những gì?")[-1]["author"] == "assistant"
    investor.close()


def test_an_officer_answers_an_inquiry(sign_in: SignIn) -> None:
    page = sign_in("officer", "en")
    page.goto("/staff/inquiries/?state=received")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text("example.com")
    page.locator("#text").fill("Kính gửi Quý công ty, hồ sơ đã được tiếp nhận.")
    page.locator("#state").select_option("answered")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".notices .success")).to_be_visible()
    expect(page.locator(".transcript .staff")).to_contain_text("Kính gửi Quý công ty")
    assert menu(page) == ["Live desk", "Inquiries", "Conversations", *menu(page)[3:]]
    assert not {"Judging", "Insights", "Accounts", "Audit log"} & set(menu(page))


def test_a_reviewer_judges_by_keyboard_alone(sign_in: SignIn) -> None:
    page = sign_in("reviewer")
    page.goto("/staff/judging/")
    first = page.url
    done = page.locator(".progress-words strong").last
    before = int(done.inner_text())
    page.keyboard.press("1")
    expect(page).not_to_have_url(first)
    second = page.url
    page.keyboard.press("2")
    page.keyboard.type("giay phep lao dong")
    expect(page.locator(f"{ANSWERED} input").first).to_be_checked()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(second)
    expect(done).to_have_text(str(before + 2))
    third = page.url
    page.keyboard.press("s")
    expect(page).not_to_have_url(third)
    page.keyboard.press("z")
    expect(page).to_have_url(second)
    expect(page.locator("[value=wrong_record]")).to_be_checked()
    expect(page.locator("#found-right_record")).to_contain_text("giấy phép lao động")


def test_a_reviewer_labels_and_notes(sign_in: SignIn) -> None:
    page = sign_in("reviewer", "en", "phone")
    page.goto("/staff/conversations/?outcome=refused")
    page.locator(".talk").first.click()
    page.locator("#label_name").fill("Charging stations")
    page.locator("#label_name").press("Enter")
    expect(page.locator("#noted .badge", has_text="Charging stations")).to_be_visible()
    page.locator("#note_text").fill("To be added to the records.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".notes")).to_contain_text("To be added to the records.")
    page.locator(".burger").click()
    page.get_by_role("link", name="Conversations").first.click()
    expect(page.locator(".talks .badge", has_text="Charging stations")).to_be_visible()


def test_a_manager_finds_saves_and_exports(sign_in: SignIn) -> None:
    page = sign_in("manager")
    page.goto("/staff/conversations/")
    page.locator("#id_q").press_sequentially("giay phep lao dong")
    # The list of the last letter: those before it are given up.
    expect(page).to_have_url(re.compile(r"q=giay(\+|%20)phep(\+|%20)lao(\+|%20)dong"))
    expect(page.locator(".talk-what").first).to_be_visible()
    page.get_by_text("Lưu bộ lọc này").click()
    page.locator("#save_name").fill("Giấy phép lao động")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Bộ lọc đã lưu").click()
    expect(page.get_by_role("link", name="Giấy phép lao động", exact=True)).to_be_visible()
    page.locator("summary", has_text="Xuất").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert rows
    assert {"question", "answer", "intent", "verdict"} <= set(rows[0])
    page.goto("/staff/audit/?action=exported")
    expect(page.locator("tbody tr").first).to_contain_text("Xuất dữ liệu")


def test_a_manager_reads_what_was_understood(sign_in: SignIn) -> None:
    page = sign_in("manager")
    page.goto("/staff/conversations/?record=irc_issue")
    page.locator(".talk").first.click()
    page.locator(".understood summary").first.click()
    insides = page.locator(".insides").first
    expect(insides).to_contain_text("Hỏi về thủ tục")
    expect(insides.locator("[title=irc_issue]").first).to_be_visible()
    expect(insides).to_contain_text("heza-")
    page.locator(".cited summary").first.click()
    expect(page.locator(".sources").first).to_be_visible()
    page.get_by_role("button", name="Đánh dấu là thử nghiệm").click()
    expect(page.locator(".head .badge", has_text="Thử nghiệm")).to_be_visible()
    page.get_by_role("button", name="Không phải thử nghiệm").click()
    expect(page.locator(".head .badge", has_text="Thử nghiệm")).to_have_count(0)


def test_an_analyst_goes_from_a_figure_to_its_conversations(sign_in: SignIn) -> None:
    page = sign_in("analyst", "en")
    page.goto("/staff/insights/")
    page.locator(".tile.refused").click()
    expect(page.locator(".chips")).to_contain_text("Outcome: Refused")
    expect(page.locator(".talk").first).to_be_visible()
    page.locator(".talk").first.click()
    expect(page.locator(".transcript")).to_be_visible()
    expect(page.locator("#label_name")).to_have_count(0)
    expect(page.get_by_role("button", name="Mark as reviewed")).to_have_count(0)
    assert page.request.get("/staff/accounts/").status == 403


def test_an_administrator_makes_and_closes_an_account(
    sign_in: SignIn, browser: Browser, stack: Stack
) -> None:
    page = sign_in("administrator", "en")
    page.goto("/staff/accounts/")
    page.locator("#id_username").fill("e2e-officer")
    page.locator("#id_name").fill("Phòng Hỗ trợ")
    page.get_by_role("button", name="Make it and get the link").click()
    address = page.locator("#address").input_value()
    other = browser.new_page(base_url=stack.base_url)
    staff.set_password(other, address)
    staff.enter(other, "e2e-officer")
    expect(other.locator(".me")).to_contain_text("Phòng Hỗ trợ")
    page.get_by_role("link", name="Done").click()
    row = page.locator("tbody tr", has_text="e2e-officer")
    row.get_by_role("button", name="Close").click()
    expect(row).to_contain_text("closed")
    other.goto("/staff/desk/")
    expect(other).to_have_url(re.compile("/staff/login/"))
    other.close()


def test_the_language_is_the_officers_choice(sign_in: SignIn) -> None:
    page = sign_in("manager")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Live desk")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("h1")).to_have_text("Bàn hỗ trợ")


def test_a_fact_is_changed_by_two_people(sign_in: SignIn, stack: Stack) -> None:
    page = sign_in("officer")
    page.goto("/staff/records/work_permit/")
    page.locator("[name='fee.variants.1.vnd']").fill("460000")
    page.locator("#preview_aspect").select_option("fee")
    expect(page.locator("#preview [lang=vi]")).to_contain_text("460.000 đồng")
    expect(page.locator("#preview [lang=en]")).to_contain_text("VND 460,000")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator(".notices")).to_contain_text("Đã lưu bản nháp")
    with stack.conversation("en") as investor:
        assert "460,000" not in investor.say("what is the fee for a work permit")[-1]["text"]
        page = sign_in("manager")
        page.goto("/staff/records/?state=draft")
        page.get_by_role("link", name="Cấp giấy phép lao động", exact=True).click()
        expect(page.locator("main ins")).to_have_text("460000")
        page.get_by_role("button", name="Công bố bản nháp").click()
        expect(page.locator(".notices")).to_contain_text("Đã công bố")
        assert "460,000" in investor.say("what is the fee for a work permit")[-1]["text"]
    page.goto("/staff/records/recall/")
    page.get_by_role("link", name="Cấp giấy phép lao động", exact=True).click()
    expect(page.locator("main ins")).to_have_text("460000")
    expect(page.locator("tbody a").first).to_be_visible()
    page.goto("/staff/records/work_permit/history/")
    page.get_by_role("button", name="Khôi phục bản này").last.click()
    page = sign_in("administrator")
    page.goto("/staff/records/work_permit/")
    page.get_by_role("button", name="Công bố bản nháp").click()
    expect(page.locator(".notices")).to_contain_text("Đã công bố")


def test_a_question_becomes_an_example(sign_in: SignIn, stack: Stack) -> None:
    question = "giấy khai sinh của dự án bao lâu thì xong"
    with stack.conversation("vi") as investor:
        # Rated, so that it is to be read however sure a network is of its answer.
        investor.rate(investor.say(question)[-1]["id"], -1)
    page = sign_in("reviewer")
    page.goto("/staff/learning/")
    page.get_by_role("button", name="Đọc câu hỏi mới").click()
    expect(page.locator(".notices")).to_be_visible()
    group = page.locator("article", has_text=question)

    def is_read() -> bool:
        # One question weighs little: it may stand on a later page.
        page.goto("/staff/learning/")
        while not group.count() and page.locator(".pager [rel=next]").count():
            page.locator(".pager [rel=next]").click()
            page.wait_for_load_state()
        return group.count() > 0

    assert wait_until(is_read, 120)
    group.locator("summary").click()
    group.get_by_role("searchbox").press_sequentially("dang ky dau tu")
    group.locator(".choices [name=label]").last.check()
    group.get_by_label("Khía cạnh").select_option("time")
    group.get_by_role("button", name="Đề xuất câu mẫu").click()
    expect(page.locator(".notices")).to_contain_text("Đã đề xuất 1 câu mẫu")
    page = sign_in("manager")
    page.goto("/staff/learning/examples/")
    page.get_by_role("checkbox", name=question).check()
    page.get_by_role("button", name="Duyệt các câu đã chọn").click()
    expect(page.locator(".notices")).to_contain_text("Đã duyệt 1 câu mẫu")
    page.get_by_role("link", name="Mô hình", exact=True).click()
    expect(page.get_by_role("button", name="Huấn luyện mô hình mới")).to_be_enabled()
    expect(page.locator("tbody")).to_contain_text("Đang phục vụ")


def test_the_models_page_says_what_answers_now(sign_in: SignIn) -> None:
    page = sign_in("manager")
    page.goto("/staff/learning/models/")
    serving = page.locator("tbody tr", has_text="Đang phục vụ")
    expect(serving).to_have_count(1)
    serving.locator("a").first.click()
    expect(page).to_have_url(re.compile(r"/staff/learning/models/\d+/$"))
    expect(page.locator("#state")).to_contain_text("Đang phục vụ")
    expect(page.locator("main")).to_contain_text("Nguồn gốc")
    for deed in ("promote", "roll-back", "finish"):
        expect(page.locator(f"form[action$='/{deed}/']")).to_have_count(0)
    page = sign_in("reviewer", "en")
    page.goto("/staff/learning/models/")
    expect(page.locator("tbody")).to_contain_text("In service")
    expect(page.get_by_role("button", name="Train a new model")).to_have_count(0)
