"""Pictures of the staff console for docs/screens/console: `python -m tests.e2e.console_pictures`.

Starts a product of its own, fills it with the demonstration, and takes each page as the role sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect, sync_playwright

from bot.common.settings import ROOT
from tests.browser import CHROMIUM
from tests.e2e import staff
from tests.e2e.conftest import DESKTOP, PATIENCE_MS, PHONE
from tests.stack import running

SCREENS = ROOT / "docs" / "screens" / "console"


@dataclass(frozen=True)
class Picture:
    """What to show, as whom, and what to do before."""

    name: str
    role: str
    path: str
    language: str = "vi"
    scheme: str = "light"
    phone: bool = False
    prepare: Callable[[Page], None] | None = None


def _first(page: Page) -> None:
    page.locator(".talk, tbody a.code").first.click()
    page.wait_for_load_state()


def _understood(page: Page) -> None:
    _first(page)
    page.locator(".understood > summary").first.click()
    page.locator(".understood").first.scroll_into_view_if_needed()


def _claimed(page: Page) -> None:
    _first(page)
    page.locator("form[action$='/claim/'] button").click()
    expect(page.locator("#text")).to_be_visible()


def _wrong(page: Page) -> None:
    page.keyboard.press("2")
    page.keyboard.type("giay phep lao dong")
    expect(
        page.locator("#found-right_record [data-answers='giay phep lao dong'] input").first
    ).to_be_checked()


PICTURES = (
    Picture("conversations-vi", "manager", "conversations/"),
    Picture("conversations-en", "manager", "conversations/?outcome=refused", "en"),
    Picture("transcript-vi", "manager", "conversations/?record=irc_issue", prepare=_understood),
    Picture(
        "transcript-phone-en", "manager", "conversations/?record=irc_issue", "en", phone=True, prepare=_first
    ),
    Picture("judging-vi", "reviewer", "judging/", prepare=_wrong),
    Picture("judging-en", "reviewer", "judging/?queue=latest", "en"),
    Picture("inbox-vi", "reviewer", "learning/"),
    Picture("examples-en", "manager", "learning/examples/", "en"),
    Picture("models-vi", "manager", "learning/models/"),
    Picture("records-en", "manager", "records/?kind=zone", "en"),
    Picture("record-vi", "manager", "records/work_permit/"),
    Picture("expiry-en-dark", "manager", "records/expiry/", "en", "dark"),
    Picture("desk-vi", "officer", "desk/", prepare=_claimed),
    Picture("desk-en", "officer", "desk/", "en"),
    Picture("inquiry-vi", "officer", "inquiries/", prepare=_first),
    Picture("canned-en", "officer", "desk/canned/", "en"),
    Picture("insights-vi", "analyst", "insights/"),
    Picture("insights-dark-en", "analyst", "insights/", "en", "dark"),
    Picture("accounts-vi", "administrator", "accounts/"),
    Picture("audit-en", "administrator", "audit/", "en"),
)


def main() -> None:
    """Take every picture."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with running("pictures") as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        expect.set_options(timeout=PATIENCE_MS)
        office = staff.hire(stack, browser)
        for picture in PICTURES:
            size = PHONE if picture.phone else DESKTOP
            page = office.sign_in(picture.role, picture.language, size, picture.scheme)
            page.goto(f"/staff/{picture.path}")
            if picture.prepare:
                picture.prepare(page)
            page.wait_for_timeout(300)
            page.screenshot(path=str(SCREENS / f"{picture.name}.png"))
            page.context.close()
            print(picture.name)
        browser.close()


if __name__ == "__main__":
    main()
