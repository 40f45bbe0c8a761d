"""Officers in their browsers: one account a role, made with the demonstration, signed in through its link."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.stack import Stack

PASSWORD = "a long pass phrase"
_LINK = re.compile(r"^\s+(\w+)\s+(http\S+)$", re.MULTILINE)


@dataclass
class Office:
    """The staff of a demonstration; a link is used up when its account signs in for the first time."""

    stack: Stack
    browser: Browser
    links: dict[str, str]
    known: set[str] = field(default_factory=set)

    def sign_in(self, role: str, language: str, size: ViewportSize, scheme: str = "light") -> Page:
        """A page of a fresh browser in which the role's account is signed in."""
        context = self.browser.new_context(
            viewport=size,
            locale={"vi": "vi-VN", "en": "en-GB"}[language],
            timezone_id="Asia/Ho_Chi_Minh",
            color_scheme="dark" if scheme == "dark" else "light",
            base_url=self.stack.base_url,
        )
        # The language that an officer chose earlier.
        context.add_cookies([{"name": "heza_language", "value": language, "url": self.stack.base_url}])
        page = context.new_page()
        if role not in self.known:
            set_password(page, urlsplit(self.links[role]).path)
            self.known.add(role)
        enter(page, f"minh-hoa-{role}")
        return page


def hire(stack: Stack, browser: Browser) -> Office:
    """Fill the stack with the demonstration; its printed links are the staff's."""
    return Office(stack, browser, dict(_LINK.findall(stack.manage("demo"))))


def set_password(page: Page, path: str) -> None:
    """Use a one-time link."""
    page.goto(path)
    page.locator("[name=new_password1]").fill(PASSWORD)
    page.locator("[name=new_password2]").fill(PASSWORD)
    page.locator("button.main").click()
    expect(page).to_have_url(re.compile("/staff/login/"))


def enter(page: Page, name: str) -> None:
    """Sign in on the console's own page."""
    page.goto("/staff/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("button.main").click()
    expect(page.locator(".side")).to_be_visible()


# Whoever leaves a page ends what it is fetching. Requests that fail otherwise say so under another name.
_LEFT = ("htmx:afterRequest", "htmx:sendAbort")


def faults_of(context: BrowserContext) -> list[str]:
    """A list into which the context's pages report errors and broken policies from now on."""
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on(
        "console",
        lambda message: (
            faults.append(message.text)
            if message.type in {"error", "warning"} and not message.text.startswith(_LEFT)
            else None
        ),
    )
    return faults
