"""Staff of a running product: accounts with roles who use the console's own forms over HTTP."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Self

import httpx

from bot.console.roles import Role
from tests.conversations_e2e.office import fields_of
from tests.stack import Stack

_ACCOUNT = """
from django.contrib.auth.models import User
from bot.console import roles
user = User.objects.create_user({name!r}, password={password!r})
roles.give(user, roles.Role({role!r}))
"""


class Staff:
    """One signed-in account."""

    def __init__(self, stack: Stack, role: Role) -> None:
        name, password = f"{role}-{secrets.token_hex(4)}", secrets.token_urlsafe(16)
        stack.manage("shell", "-v", "0", "-c", _ACCOUNT.format(name=name, password=password, role=str(role)))
        self._http = httpx.Client(base_url=stack.base_url, timeout=60, follow_redirects=True, trust_env=False)
        sent = {**fields_of(self.get("/staff/login/")), "username": name, "password": password, "next": ""}
        self._http.post("/staff/login/", data=sent).raise_for_status()
        assert "sessionid" in self._http.cookies, "the sign-in was refused"

    def get(self, address: str) -> str:
        """A page."""
        answer = self._http.get(address)
        answer.raise_for_status()
        return answer.text

    def post(self, address: str, fields: dict[str, str | Sequence[str]] | None = None) -> httpx.Response:
        """Send a form; the page it leads to."""
        token = self._http.cookies["csrftoken"]
        answer = self._http.post(
            address, data={**(fields or {}), "csrfmiddlewaretoken": token}, headers={"Referer": self._site}
        )
        answer.raise_for_status()
        return answer

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _site(self) -> str:
        return str(self._http.base_url)
