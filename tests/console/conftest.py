"""Accounts of every role, a fixed day, and a small registry of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from bot.console import roles
from bot.console.roles import Role
from bot.registry import snapshot
from bot.registry.models import Kind, Record

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def fixed_day(settings: Settings) -> Iterator[None]:
    settings.HEZA = replace(settings.HEZA, today=TODAY, staff_hosts=())
    # Argon2 is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    snapshot.cache.clear()
    yield
    snapshot.cache.clear()


@pytest.fixture
def records(db: None) -> None:
    """Two records, as far as lists name them."""
    for record_id, vi, en in (
        ("irc_issue", "Cấp giấy chứng nhận đăng ký đầu tư", "Investment registration certificate"),
        ("work_permit", "Cấp giấy phép lao động", "Work permit"),
    ):
        content = {"name": {"vi": vi, "en": en}, "aliases": [], "confidence": "high", "as_of": "2026-09-01"}
        Record.objects.create(
            id=record_id, kind=Kind.PROCEDURE, content=content, published=True, name_vi=vi, name_en=en
        )


def account(role: Role, name: str = "") -> User:
    """An account of a role."""
    user = User.objects.create_user(name or role, first_name="Cán bộ", last_name=role.capitalize())
    roles.give(user, role)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def signed_in(db: None) -> Callable[[Role], Client]:
    """A browser in which an account of the role is signed in."""

    def sign_in(role: Role) -> Client:
        client = Client()
        user = User.objects.filter(username=role).first() or account(role)
        client.force_login(user)
        return client

    return sign_in
