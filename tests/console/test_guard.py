"""Nobody sees a page without signing in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from bot.console import roles
from bot.console.roles import Need, Role

pytestmark = pytest.mark.django_db


def test_the_first_page_leads_to_the_sign_in(client: Client) -> None:
    response = client.get(reverse("console:home"))
    assert response.headers["Location"] == "/staff/login/?next=/staff/"


def test_a_part_of_a_page_sends_the_whole_browser_to_the_sign_in(client: Client) -> None:
    response = client.get(reverse("console:desk_count"), headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (401, "/staff/login/")


def test_a_role_has_what_the_table_says() -> None:
    for role in Role:
        user = User.objects.create_user(role)
        roles.give(user, role)
        user = User.objects.get(pk=user.pk)
        assert {need for need in Need if user.has_perm(need)} == roles.needs_of(role)
        assert roles.role_of(user) == role


def test_an_account_without_a_role_is_refused(client: Client) -> None:
    client.force_login(User.objects.create_user("nobody"))
    assert client.get(reverse("console:home")).status_code == 403
