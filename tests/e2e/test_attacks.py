"""Markup in every text that can reach a page stays text; no page breaks its security policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bot.web.chat import COOKIE
from tests.e2e.conftest import Visitor
from tests.e2e.officer import Officer
from tests.stack import Stack

Visit = Callable[..., Visitor]
ATTACK = "<img src=x onerror=window.hit=1><script>window.hit=2</script>"
LINK = "[x](javascript:window.hit=3)"

_POISON = """
from bot.conversations.models import Conversation, Message
conversation = Conversation.objects.get(pk={conversation!r})
attack, link = {attack!r}, {link!r}
message = Message.objects.create(
    conversation=conversation, author="assistant", author_name=attack, language="vi",
    text=f"{{attack}} **{{attack}}** {{link}}",
    buttons=[dict(title=attack, payload="x")],
    blocks=[
        dict(type="card", title=attack, rows=[dict(label=attack, value=attack)]),
        dict(type="table", columns=["", attack], rows=[[attack, attack]]),
        dict(type="image", title=attack, url="javascript:window.hit=4"),
        dict(type="file", title=attack, url="javascript:window.hit=5"),
        dict(type="location", title=attack, lat=20.8, lon=106.7),
    ],
    sources=[dict(record=attack, title=attack, article=attack, url="javascript:window.hit=6", as_of="2026",
                  status="cited")],
)
conversation.last_message_id = message.pk
conversation.save()
"""


def _unharmed(page: Page) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    addresses = page.evaluate(
        """() => {
            const roots = [document, document.querySelector("heza-chat")?.shadowRoot].filter(Boolean);
            return roots.flatMap((root) => [...root.querySelectorAll("a")].map((link) => link.href));
        }"""
    )
    assert [address for address in addresses if not address.startswith(("http://", "https://"))] == []


def test_what_the_investor_writes(visitor: Visitor) -> None:
    chat = visitor.chat()
    chat.ask(f"{ATTACK} {LINK}")
    expect(chat.users).to_contain_text("<script>")
    _unharmed(chat.page)


def test_what_an_officer_writes_and_is_called(visit: Visit, stack: Stack) -> None:
    chat = visit("vi").chat()
    officer = Officer(stack, chat.session["id"], ATTACK)
    officer.claim()
    officer.reply(f"{ATTACK} {LINK}")
    staff = chat.element.locator(".talk > .staff")
    expect(staff.locator(".head")).to_contain_text("<script>")
    expect(staff.locator(".bubble")).to_contain_text("<script>")
    expect(chat.element.locator(".header .who p")).to_contain_text("<script>")
    _unharmed(chat.page)


@pytest.mark.parametrize("script", [True, False])
def test_what_an_answer_holds(visit: Visit, stack: Stack, script: bool) -> None:
    visitor = visit("vi")
    chat = visitor.chat()
    poison = _POISON.format(conversation=chat.session["id"], attack=ATTACK, link=LINK)
    stack.manage("shell", "--no-imports", "-c", poison)
    if script:
        expect(chat.answers).to_have_count(2)
        chat.answers.last.locator(".sources summary").click()
        _unharmed(chat.page)
        return
    visitor.context.add_cookies(
        [{"name": COOKIE, "value": chat.session["token"], "url": f"{stack.base_url}/chat"}]
    )
    page = visitor.page("/chat")
    expect(page.locator(".messages")).to_contain_text("<script>")
    page.locator("details summary").last.click()
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert page.locator('[href^="javascript"]').count() == 0


def test_what_a_record_holds(visit: Visit, stack: Stack) -> None:
    change = f"""
from bot.registry.models import Record
from bot.registry import publishing
record = Record.objects.get(pk="ip-do-son")
both = dict(vi={ATTACK!r}, en={ATTACK!r})
lists = dict(vi=[{ATTACK!r}], en=[{ATTACK!r}])
content = dict(record.content, name=both, summary=both, caveats=lists, location=both, developer=both,
               notable_tenants=lists, conflicts=lists, target_sectors=lists)
content["citations"] = [dict(kind="page", title=both, article=both, url="https://a.vn/?<script>", date=None)]
Record.objects.filter(pk=record.pk).update(content=content)
from django.db.models import F
from bot.registry.models import Version
Version.objects.update(number=F("number") + 1)
"""
    stack.manage("shell", "--no-imports", "-c", change)
    visitor = visit("en")
    for path in ("/records/ip-do-son", "/records?kind=zone&page=2", "/sources?kind=zone"):
        _unharmed(visitor.page(path))
