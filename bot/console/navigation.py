"""The menu: what the officer may open. A room inside the console brings its own entries.

`bot.console.learning.navigation` and `bot.console.records.navigation` each hold `ITEMS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from bot.console.roles import Need


@dataclass(frozen=True)
class Item:
    """One entry; `view` is the name of an address, `icon` a symbol of templates/console/icons.html.

    `badge` is the address of a number that the entry shows and that is asked for again and again.
    """

    view: str
    vi: str
    en: str
    icon: str
    need: Need | None
    badge: str = ""
    # Where the entry stands; those of the rooms fit between.
    place: int = 50


@dataclass(frozen=True)
class Entry:
    """An entry as a page shows it."""

    item: Item
    address: str
    here: bool


ITEMS = (
    Item("console:desk", "Bàn hỗ trợ", "Live desk", "desk", Need.ANSWER, "console:desk_count", place=10),
    Item("console:conversations", "Hội thoại", "Conversations", "chat", Need.READ, place=20),
    Item("console:judging", "Thẩm định", "Judging", "check", Need.JUDGE, place=30),
    Item("console:inquiries", "Yêu cầu chính thức", "Inquiries", "mail", Need.INQUIRIES, place=15),
    Item("console:insights", "Thống kê", "Insights", "chart", Need.INSIGHTS, place=70),
    Item("console:accounts", "Tài khoản", "Accounts", "people", Need.ACCOUNTS, place=80),
    Item("console:audit", "Nhật ký", "Audit log", "log", Need.AUDIT, place=90),
)
ROOMS = ("learning", "records")


def items() -> list[Item]:
    """All entries in their order, whoever asks."""
    found = list(ITEMS)
    for room in ROOMS:
        name = f"bot.console.{room}.navigation"
        if find_spec(f"bot.console.{room}") and find_spec(name):
            found += import_module(name).ITEMS
    return sorted(found, key=lambda item: item.place)


def entries(request: HttpRequest) -> Iterator[Entry]:
    """What this officer may open, of pages that there are."""
    assert isinstance(request.user, User)
    for item in items():
        if item.need is not None and not request.user.has_perm(item.need):
            continue
        try:
            address = reverse(item.view)
        except NoReverseMatch:
            continue
        yield Entry(item, address, request.path.startswith(address))
