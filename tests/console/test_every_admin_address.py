"""Every address of the admin with every role, with rows that there are: its pages obey the same table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bot.console.roles import TABLE, Need, Role
from bot.registry.models import Dossier, Record
from tests.console.conftest import account
from tests.registry.conftest import Files, entries, files, seeded, vectors

__all__ = ["Files", "entries", "files", "seeded", "vectors"]

Address = Callable[[str, int], str]

# Addresses that have no rights of their own, with the reason.
OPEN = {
    "login": "signing in",
    "logout": "ends whatever session there is",
    "jsi18n": "words of the admin's scripts",
    "view_on_site": "no model has a page of its own on the site",
}
# For everybody who is signed in; what they show is narrowed to what the role may see.
SIGNED_IN = {"index", "app_list", "search", "password_change", "password_change_done"}
# To look and to send. What is in neither is for nobody but the superuser.
LOOK = {
    **{f"registry_record_{page}": Need.VIEW_RECORDS for page in ("changelist", "change", "history")},
    "registry_record_simple_history": Need.VIEW_RECORDS,
    **{f"registry_record_{page}": Need.EDIT_RECORDS for page in ("import", "export")},
    "registry_record_add": Need.ADD_RECORDS,
    **{f"registry_dossier_{page}": Need.VIEW_DOSSIERS for page in ("changelist", "change", "history")},
    "registry_dossier_simple_history": Need.VIEW_DOSSIERS,
}
SEND = {
    **{
        f"registry_record_{page}": Need.EDIT_RECORDS
        for page in ("change", "import", "process_import", "export")
    },
    "registry_record_add": Need.ADD_RECORDS,
    "registry_dossier_change": Need.EDIT_DOSSIERS,
}


def names() -> Iterator[tuple[str, int]]:
    """The name of every pattern below /admin/ with how many values its address needs."""

    def walk(patterns: list[Any], before: str) -> Iterator[tuple[str, int]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and route.startswith("admin/") and pattern.name:
                yield pattern.name, pattern.pattern.regex.groups

    yield from walk(get_resolver().url_patterns, "")


NAMES = sorted({(name, count) for name, count in names() if name not in OPEN})


@pytest.fixture
def address(seeded: Files, signed_in: Callable[[Role], Client]) -> Address:
    """The address of a page, of a row that there is."""
    dossier = Dossier.objects.get()
    dossier.save()
    rows: dict[str, Any] = {
        "record": Record.objects.get(pk="work_permit"),
        "dossier": dossier,
        "user": account(Role.OFFICER, "colleague"),
        "group": Group.objects.get(name=Role.OFFICER),
    }

    def found(name: str, count: int) -> str:
        if name == "app_list":
            return reverse("admin:app_list", args=["registry"])
        row = next((rows[model] for model in rows if f"_{model}_" in name), None)
        values = [row.pk, row.history.first().history_id] if row and count == 2 else [row.pk] if row else []
        return reverse(f"admin:{name}", args=values[:count])

    return found


def test_every_address_has_its_rule() -> None:
    known = {name for name, _ in NAMES}
    assert known >= {*LOOK, *SEND, *SIGNED_IN}
    for name in known - {*LOOK, *SEND, *SIGNED_IN, "autocomplete"}:
        assert name.startswith("auth_") or name.endswith("_delete") or name == "registry_dossier_add", name


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("name", "count"), NAMES, ids=[name for name, _ in NAMES])
def test_roles(
    name: str, count: int, method: str, address: Address, signed_in: Callable[[Role], Client]
) -> None:
    path = address(name, count)
    anonymous = Client().generic(method, path)
    assert anonymous.status_code == 302
    assert anonymous.headers["Location"].startswith("/admin/login/")
    need = (LOOK if method == "GET" else SEND).get(name)
    for role in Role:
        status = signed_in(role).generic(method, path).status_code
        if name in SIGNED_IN or (need is not None and role in TABLE[need]):
            # A form without its fields is shown again.
            assert status in {200, 302, 405}, (role, status)
        elif method == "POST" and name in LOOK and role in TABLE[LOOK[name]]:
            # A list that is sent nothing is shown.
            assert status in {200, 302, 403, 405}, (role, status)
        else:
            assert status in {403, 405}, (role, status)
    assert not Record.objects.filter(draft__isnull=False).exists()
