"""The log also holds what happens in the admin's pages, and whose sign-in failed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from bot.console import lockout, naming
from bot.console.models import Deed
from bot.registry.staff import audit as registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> User:
    return User.objects.create_superuser("lan", password="a long password")


def _try(client: Client, address: str, name: str, password: str) -> None:
    client.post(reverse(address), {"username": name, "password": password})


@pytest.mark.parametrize("address", ["admin:login", "console:login"])
def test_each_way_in_and_out_writes_one_line(lan: User, client: Client, address: str) -> None:
    _try(client, address, "lan", "a long password")
    client.post(reverse(address.replace("login", "logout")))
    lines = Deed.objects.order_by("id").values_list("by", "action")
    assert list(lines) == [(lan.pk, "signed_in"), (lan.pk, "signed_out")]


@pytest.mark.parametrize("address", ["admin:login", "console:login"])
def test_a_failed_sign_in_names_an_account_that_there_is(lan: User, client: Client, address: str) -> None:
    for _ in range(lockout.TRIES):
        _try(client, address, "lan", "wrong")
    *failed, locked = Deed.objects.order_by("id")
    assert {line.action for line in failed} == {"sign_in_failed"}
    assert locked.action == "locked_out"
    for line in (*failed, locked):
        assert (line.by, line.subject, line.details) == (None, str(lan.pk), {"name": "lan"})


def test_a_name_that_is_no_accounts_stays_out_of_the_log(lan: User, client: Client) -> None:
    _try(client, "console:login", "my secret password", "lan")
    line = Deed.objects.get()
    assert (line.action, line.subject, line.details) == ("sign_in_failed", "", {})


def test_deeds_of_the_registrys_pages_are_written_down(lan: User) -> None:
    registry.record(lan, "records_imported", rows=3)
    registry.record(lan, "record_withdrawn", "work_permit")
    withdrawn, imported = Deed.objects.all()
    assert (withdrawn.by, withdrawn.action, withdrawn.subject) == (lan, "record_withdrawn", "work_permit")
    assert dict(naming.details(imported)) == {"số dòng": "3"}
