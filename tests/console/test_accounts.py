"""Signing in, the lock-out, sessions, one-time links, accounts, the audit log."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time
from pytest_django import Settings

from bot.console import audit, lockout
from bot.console.models import Deed
from bot.console.roles import Role, role_of
from tests.console.conftest import account

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
LOGIN = "/staff/login/"
PASSWORD = "a long pass phrase"


@pytest.fixture
def lan(db: None) -> User:
    user = account(Role.OFFICER, "lan")
    user.set_password(PASSWORD)
    user.save()
    return user


def _try(client: Client, password: str, name: str = "lan", **extra: object) -> int:
    return client.post(LOGIN, {"username": name, "password": password}, **extra).status_code  # type: ignore[arg-type]


def test_signing_in_and_out(lan: User, client: Client) -> None:
    assert _try(client, PASSWORD) == 302
    assert client.get(reverse("console:conversations")).status_code == 200
    client.post(reverse("console:logout"))
    assert client.get(reverse("console:conversations")).status_code == 302
    assert [deed.action for deed in Deed.objects.order_by("id")] == ["signed_in", "signed_out"]


def test_five_wrong_passwords_lock_the_account_for_a_while(lan: User, client: Client) -> None:
    with freeze_time(timezone.now()) as now:
        for _ in range(lockout.TRIES):
            assert _try(client, "wrong") == 200
        page = client.post(LOGIN, {"username": "LAN", "password": PASSWORD})
        assert page.status_code == 200
        assert "Hãy thử lại sau 15 phút" in page.content.decode()
        # The admin's own page asks the same backend.
        client.post("/admin/login/", {"username": "lan", "password": PASSWORD})
        assert "_auth_user_id" not in client.session
        now.tick(lockout.PAUSE + timedelta(seconds=1))
        assert _try(client, PASSWORD) == 302


def test_names_that_do_not_exist_are_answered_alike(lan: User, client: Client) -> None:
    for _ in range(lockout.TRIES):
        known = client.post(LOGIN, {"username": "lan", "password": "x"}).content.decode()
        unknown = client.post(LOGIN, {"username": "nobody", "password": "x"}).content.decode()
        alert = re.compile(r'role="alert">(.*?)</p>')
        assert alert.findall(known) == alert.findall(unknown) != []


def test_an_address_that_tries_many_names_is_locked(lan: User, client: Client) -> None:
    for number in range(lockout.TRIES_OF_AN_ADDRESS):
        _try(client, "x", f"name{number}", REMOTE_ADDR="203.0.113.5")
    assert _try(client, PASSWORD, REMOTE_ADDR="203.0.113.5") == 200
    assert _try(client, PASSWORD, REMOTE_ADDR="203.0.113.6") == 302


def test_a_closed_account_cannot_sign_in(lan: User, client: Client) -> None:
    User.objects.filter(pk=lan.pk).update(is_active=False)
    assert _try(client, PASSWORD) == 200


@pytest.mark.parametrize(("pause", "kept"), [(59, True), (61, False)])
def test_a_session_ends_after_an_hour_without_a_deed(lan: User, pause: int, kept: bool) -> None:
    client = Client()
    with freeze_time(timezone.now()) as now:
        client.force_login(lan)
        client.get(reverse("console:conversations"))
        # What a page asks for by itself keeps nobody signed in.
        for _ in range(pause - 1):
            now.tick(timedelta(minutes=1))
            client.get(reverse("console:desk_count"))
        now.tick(timedelta(minutes=1))
        response = client.get(reverse("console:conversations"))
        assert (response.status_code == 200) is kept


def test_a_session_ends_after_twelve_hours(lan: User) -> None:
    client = Client()
    with freeze_time(timezone.now()) as now:
        client.force_login(lan)
        client.get(reverse("console:home"))
        for _ in range(23):
            now.tick(timedelta(minutes=30))
            assert client.get(reverse("console:conversations")).status_code == 200
        now.tick(timedelta(minutes=59))
        assert client.get(reverse("console:conversations")).status_code == 302
        assert "Phiên làm việc đã hết hạn" in client.get(LOGIN).content.decode()


def test_the_staffs_pages_live_on_their_own_host(lan: User, settings: Settings) -> None:
    settings.HEZA = replace(settings.HEZA, staff_hosts=("localhost",))
    client = Client()
    assert client.get("/staff/login/", headers={"host": "localhost"}).status_code == 200
    assert client.get("/staff/login/", headers={"host": "127.0.0.1"}).status_code == 404
    assert client.get("/admin/login/", headers={"host": "127.0.0.1"}).status_code == 404
    assert client.get("/privacy", headers={"host": "127.0.0.1"}).status_code == 200


def test_pages_are_strict_and_never_cached(lan: User) -> None:
    client = Client()
    client.force_login(lan)
    for path in (LOGIN, reverse("console:conversations")):
        response = client.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        content = response.content.decode()
        assert not re.search(
            r"<script(?![^>]* src=)|\sstyle=|\son\w+=|<style|https?://(?!www\.w3)", content
        ), path
    assert "no-store" in client.get(reverse("console:conversations")).headers["Cache-Control"]


def test_the_first_administrator_by_a_one_time_link() -> None:
    out = io.StringIO()
    call_command("first_admin", "hanh", "--site", "https://staff.example.vn", stdout=out)
    address = out.getvalue().strip()
    assert address.startswith("https://staff.example.vn/staff/welcome/")
    path, client = urlsplit(address).path, Client()
    page = client.get(path, follow=True)
    # The token is no longer in the address.
    assert page.redirect_chain[-1][0].endswith("/set-password/")
    form = page.redirect_chain[-1][0]
    short = client.post(form, {"new_password1": "short", "new_password2": "short"})
    assert short.status_code == 200
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert _try(client, PASSWORD, "hanh") == 302
    assert client.get(reverse("console:accounts")).status_code == 200
    assert role_of(User.objects.get(username="hanh")) is Role.ADMINISTRATOR
    again = Client().get(path, follow=True)
    assert "không còn dùng được" in again.content.decode()
    account(Role.OFFICER, "minh")
    with pytest.raises(CommandError):
        call_command("first_admin", "minh", stdout=out)


def test_a_link_is_void_after_a_day() -> None:
    out = io.StringIO()
    with freeze_time(timezone.now()) as now:
        call_command("first_admin", stdout=out)
        now.tick(timedelta(hours=24, seconds=1))
        page = Client().get(urlsplit(out.getvalue().strip()).path, follow=True)
        assert "không còn dùng được" in page.content.decode()


def test_an_administrator_makes_changes_and_closes_accounts(signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    made = client.post(
        reverse("console:account_add"), {"username": "thu", "name": "Vũ Thị Thu", "role": "officer"}
    )
    assert made.context["address"].startswith("http://testserver/staff/welcome/")
    thu = User.objects.get(username="thu")
    assert (role_of(thu), thu.get_full_name()) == (Role.OFFICER, "Vũ Thị Thu")
    assert (
        client.post(reverse("console:account_add"), {"username": "THU", "role": "officer"}).status_code == 400
    )
    client.post(reverse("console:account_role", args=[thu.pk]), {"role": "manager"})
    assert role_of(thu) is Role.MANAGER
    client.post(reverse("console:account_role", args=[thu.pk]), {"role": "emperor"})
    assert role_of(thu) is Role.MANAGER
    client.post(reverse("console:account_switch", args=[thu.pk]))
    thu.refresh_from_db()
    assert not thu.is_active
    me = User.objects.get(username=Role.ADMINISTRATOR)
    client.post(reverse("console:account_switch", args=[me.pk]))
    client.post(reverse("console:account_role", args=[me.pk]), {"role": "analyst"})
    me.refresh_from_db()
    assert (me.is_active, role_of(me)) == (True, Role.ADMINISTRATOR)
    assert [deed.action for deed in Deed.objects.order_by("id")] == [
        "account_made",
        "account_changed",
        "account_closed",
    ]


def test_an_administrator_unlocks(lan: User, signed_in: SignIn, client: Client) -> None:
    for _ in range(lockout.TRIES):
        _try(client, "wrong")
    admin = signed_in(Role.ADMINISTRATOR)
    assert admin.get(reverse("console:accounts")).context["locked"] == {lan.pk}
    admin.post(reverse("console:account_unlock", args=[lan.pk]))
    assert _try(client, PASSWORD) == 302


def test_the_database_refuses_to_change_the_audit_log(lan: User) -> None:
    """Whoever gets past the console's code meets the triggers."""
    audit.record(lan, "exported", "csv", rows=3)
    connection.check_constraints()
    forbidden = [
        "UPDATE console_deed SET action = 'nothing'",
        "UPDATE console_deed SET by_id = NULL WHERE action = 'exported'",
        "DELETE FROM console_deed",
        *(["TRUNCATE console_deed"] if connection.vendor == "postgresql" else []),
    ]
    for statement in forbidden:
        with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
            connection.cursor().execute(statement)
    assert Deed.objects.get().by == lan


def test_the_audit_log_is_only_added_to(lan: User, signed_in: SignIn) -> None:
    audit.record(lan, "exported", "csv", rows=3)
    audit.record(None, "sign_in_failed")
    line = Deed.objects.first()
    assert line is not None
    line.action = "nothing"
    for forbidden in (line.save, line.delete, Deed.objects.all().delete):
        with pytest.raises(TypeError):
            forbidden()
    with pytest.raises(TypeError):
        Deed.objects.update(action="nothing")
    client = signed_in(Role.MANAGER)
    page = client.get(f"{reverse('console:audit')}?by={lan.pk}&action=exported")
    assert [deed.details for deed in page.context["deeds"]] == [{"rows": 3}]
    assert client.get(reverse("console:audit")).context["deeds"].paginator.count == 2
