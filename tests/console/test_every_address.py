"""Every address of the console with every role: the table of permissions is what happens."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bot.console import turns
from bot.console.models import CannedReply, Label, SavedFilter
from bot.console.roles import TABLE, Role
from bot.conversations.models import Inquiry
from tests.console.conftest import account
from tests.console.rows import TODAY_DUE, Said, questions, talk

# Addresses for who is not signed in, with the reason why they have no guard.
OPEN = {
    "staff/login/": "signing in",
    "staff/welcome/<str:uidb64>/<str:token>/": "who has the one-time link has no password yet",
}


def addresses() -> Iterator[tuple[str, Any]]:
    """Every pattern below /staff/ with its view."""

    def walk(patterns: list[Any], before: str) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and route.startswith("staff/"):
                yield route, pattern.callback

    yield from walk(get_resolver().url_patterns, "")


GUARDED = [(route, view) for route, view in addresses() if route not in OPEN]


@pytest.fixture
def filled(records: None) -> dict[str, object]:
    """A row of everything an address can name, by the name of its parameter."""
    spoken = talk(Said("Thủ tục cấp IRC mất bao lâu?"))
    turns.refresh()
    Inquiry.objects.create(
        code="HZ-TEST", conversation=spoken, client_id="i", language="vi", summary_vi="Hỏi",
        summary_en="Asked", contact_name="A", due_on=TODAY_DUE,
    )  # fmt: skip
    owner = account(Role.ADMINISTRATOR, "owner")
    pair = CannedReply.objects.create(title_vi="a", title_en="a", text_vi="a", text_en="a")
    return {
        "conversation": spoken.pk,
        "message": questions([spoken])[0].pk,
        "label": Label.objects.create(name="gấp").pk,
        "saved": SavedFilter.objects.create(owner=owner, name="a", query="").pk,
        "reply": pair.pk,
        "account": account(Role.OFFICER, "colleague").pk,
        "code": "HZ-TEST",
        "form": "csv",
    }


def address_of(route: str, filled: dict[str, object]) -> str:
    """The route with a row's value for every parameter; what rooms of others name gets a harmless one."""
    path = "/" + route
    while "<" in path:
        inner = path[path.index("<") + 1 : path.index(">")]
        kind, _, name = inner.rpartition(":")
        spare = {"int": 999_999, "uuid": uuid.UUID(int=0)}.get(kind, "none")
        path = path.replace(f"<{inner}>", str(filled.get(name, spare)))
    return path


def test_every_address_is_guarded_or_open_for_a_reason() -> None:
    assert [route for route, view in GUARDED if not hasattr(view, "need")] == []
    assert {route for route, _ in addresses()} >= set(OPEN)


@pytest.mark.parametrize(("route", "view"), GUARDED, ids=[route for route, _ in GUARDED])
def test_roles(route: str, view: Any, filled: dict[str, object], signed_in: Callable[[Role], Client]) -> None:
    path = address_of(route, filled)
    anonymous = Client().generic(view.method, path)
    assert anonymous.status_code == 302
    assert anonymous.headers["Location"].startswith("/staff/login/")
    for role in Role:
        client = signed_in(role)
        status = client.generic(view.method, path).status_code
        if view.need is not None and role not in TABLE[view.need]:
            assert status == 403, (role, status)
        else:
            # A form without its fields may be refused, an unknown row be missing, never an error.
            assert status in {200, 204, 302, 400, 404}, (role, status)
        other = "POST" if view.method == "GET" else "GET"
        if status not in {302, 403}:
            assert client.generic(other, path).status_code == 405


def test_a_form_from_elsewhere_is_refused(filled: dict[str, object]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="owner"))
    for route, view in GUARDED:
        if view.method == "POST":
            assert client.post(address_of(route, filled)).status_code == 403, route
