"""Pictures of the staff console for docs/screens/console: `python -m tests.e2e.console_pictures [NAME …]`.

Starts a product of its own, fills it with the demonstration, and takes each page (or those named) as the role
sees it. One that cannot be taken does not keep the others from being taken; it is named at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.sync_api import Error, Page, expect, sync_playwright

from bot.common.settings import ROOT
from tests.browser import CHROMIUM
from tests.e2e import staff
from tests.e2e.conftest import DESKTOP, PATIENCE_MS, PHONE
from tests.e2e.staff import Office
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


def _grouped(page: Page) -> None:
    expect(page.locator("article.group").first).to_be_visible()


def _listed(page: Page) -> None:
    expect(page.locator("main tbody tr").first).to_be_visible()


def _approved(page: Page) -> None:
    page.locator("nav.tabs.small a[href='?state=approved']").click()
    _listed(page)


def _previewed(page: Page) -> None:
    expect(page.locator("#preview .answer").first).to_be_visible()


PICTURES = (
    Picture("conversations-vi", "manager", "conversations/"),
    Picture("conversations-en", "manager", "conversations/?outcome=refused", "en"),
    Picture("transcript-vi", "manager", "conversations/?record=irc_issue", prepare=_understood),
    Picture(
        "transcript-phone-en", "manager", "conversations/?record=irc_issue", "en", phone=True, prepare=_first
    ),
    Picture("judging-vi", "reviewer", "judging/", prepare=_wrong),
    Picture("judging-en", "reviewer", "judging/?queue=latest", "en"),
    Picture("inbox-vi", "reviewer", "learning/", prepare=_grouped),
    Picture("examples-en", "manager", "learning/examples/", "en", prepare=_approved),
    Picture("models-vi", "manager", "learning/models/", prepare=_listed),
    Picture("records-en", "manager", "records/?kind=zone", "en", prepare=_listed),
    Picture("record-vi", "manager", "records/work_permit/", prepare=_previewed),
    Picture("expiry-en-dark", "manager", "records/expiry/", "en", "dark", prepare=_listed),
    Picture("desk-vi", "officer", "desk/", prepare=_claimed),
    Picture("desk-en", "officer", "desk/", "en"),
    Picture("inquiry-vi", "officer", "inquiries/", prepare=_first),
    Picture("canned-en", "officer", "desk/canned/", "en"),
    Picture("insights-vi", "analyst", "insights/"),
    Picture("insights-dark-en", "analyst", "insights/", "en", "dark"),
    Picture("accounts-vi", "administrator", "accounts/"),
    Picture("audit-en", "administrator", "audit/", "en"),
)


def main(names: Sequence[str]) -> int:
    """Take every picture, or those of these names; 1 when one could not be taken, 0 otherwise."""
    chosen = [picture for picture in PICTURES if not names or picture.name in names]
    missed = {*names} - {picture.name for picture in chosen}
    SCREENS.mkdir(parents=True, exist_ok=True)
    with running("pictures") as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        expect.set_options(timeout=PATIENCE_MS)
        office = staff.hire(stack, browser)
        for picture in chosen:
            fault = _take(office, picture)
            missed |= {picture.name} if fault else set()
            print(f"{picture.name} {fault}".strip())
        browser.close()
    if missed:
        print(f"not taken: {', '.join(sorted(missed))}", file=sys.stderr)
    return 1 if missed else 0


def _take(office: Office, picture: Picture) -> str:
    """Take it; why that was not possible, '' when it was."""
    size = PHONE if picture.phone else DESKTOP
    page = office.sign_in(picture.role, picture.language, size, picture.scheme)
    try:
        page.goto(f"/staff/{picture.path}")
        if picture.prepare:
            picture.prepare(page)
        page.wait_for_timeout(300)
        page.screenshot(path=str(SCREENS / f"{picture.name}.png"))
    except (AssertionError, Error) as error:
        return f"not taken: {error}"
    finally:
        page.context.close()
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
