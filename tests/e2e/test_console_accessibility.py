"""axe-core finds nothing on the pages of the staff console, in both languages, sizes and schemes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESKTOP
from tests.e2e.staff import Office
from tests.e2e.test_accessibility import violations
from tests.stack import Stack

SignIn = Callable[..., Page]
PAGES = {
    "administrator": ("accounts/", "audit/"),
    "manager": (
        *("insights/", "desk/canned/", "conversations/?outcome=refused"),
        *(f"records/{part}" for part in ("", "work_permit/", "work_permit/history/", "work_permit/recall/")),
        *(f"records/{part}" for part in ("expiry/", "recall/", "import/", "new/faq/")),
    ),
    "officer": ("desk/", "inquiries/", "conversations/"),
    "reviewer": (
        "judging/",
        *(f"learning/{part}" for part in ("", "corrections/", "examples/", "data/", "models/")),
    ),
    "analyst": ("insights/",),
}
# The first thing of a list: a talk, an inquiry, a model.
ONE = ".talk, tbody a.code, tbody a[href^='/staff/learning/models/']"


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("vi", "desktop", "light"), ("en", "phone", "dark"), ("en", "desktop", "dark")],
)
def test_accessibility(sign_in: SignIn, language: str, size: str, scheme: str) -> None:
    found: dict[str, list[str]] = {}
    for role, paths in PAGES.items():
        page = sign_in(role, language, size, scheme)
        for path in paths:
            page.goto(f"/staff/{path}")
            found[path] = violations(page)
            # The page of one thing behind its list.
            if page.locator(ONE).count():
                page.locator(ONE).first.click()
                page.wait_for_load_state()
                for summary in page.locator(".understood > summary, .cited > summary").all()[:2]:
                    summary.click()
                found[f"{path} one"] = violations(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.usefixtures("packages")
def test_accessibility_of_the_sign_in(browser: Browser, stack: Stack) -> None:
    page = browser.new_page(base_url=stack.base_url)
    page.goto("/staff/login/")
    assert violations(page) == []
    page.goto("/staff/welcome/x/y/")
    assert violations(page) == []
    page.close()


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(("language", "scheme"), [("vi", "light"), ("en", "dark")])
def test_accessibility_of_a_link_and_of_what_it_opens(
    sign_in: SignIn, browser: Browser, stack: Stack, language: str, scheme: str
) -> None:
    page = sign_in("administrator", language, "desktop", scheme)
    page.goto("/staff/accounts/")
    page.locator("tbody tr", has_text="minh-hoa-analyst").locator("form[action$='/link/'] button").click()
    address = page.locator("#address").input_value()
    assert violations(page) == []
    guest = browser.new_page(base_url=stack.base_url)
    guest.goto(address)
    assert guest.locator("[name=new_password1]").count() == 1
    assert violations(guest) == []
    guest.close()


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(("language", "scheme"), [("vi", "light"), ("en", "dark")])
def test_accessibility_of_a_refusal(office: Office, language: str, scheme: str) -> None:
    # Without watching for faults: the browser reports the refusal as one.
    page = office.sign_in("analyst", language, DESKTOP, scheme)
    answer = page.goto("/staff/accounts/")
    assert answer is not None
    assert answer.status == 403
    assert violations(page) == []
    page.context.close()
