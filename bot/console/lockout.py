"""Too many wrong passwords: an account's name, and an address, wait for a while.

The backend asks before any password is checked, so it holds for the console, the admin and whatever comes.
Names that do not exist are counted alike: the answer tells nobody which accounts there are.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from bot.console import audit
from bot.console.models import FailedSignIn

TRIES = 5
# An office shares one address.
TRIES_OF_AN_ADDRESS = 50
PAUSE = timedelta(minutes=15)


class Backend(ModelBackend):
    """Django's own, behind the lock."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The account; PermissionDenied while it is locked, which asks no other backend."""
        name, address = username or "", address_of(request)
        if minutes_left(name, address):
            raise PermissionDenied
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if user is None:
            _count(name, address)
        else:
            forget(name)
        return user


def minutes_left(name: str, address: str = "") -> int:
    """Minutes until the next try, 0 when it may be now."""
    since = timezone.now() - PAUSE
    for key, most in ((_key("name", name), TRIES), (_key("address", address), TRIES_OF_AN_ADDRESS)):
        latest = (
            FailedSignIn.objects.filter(key=key, at__gt=since).order_by("-at").values_list("at", flat=True)
        )
        tries = list(latest[:most])
        if len(tries) == most:
            return max(math.ceil((tries[-1] + PAUSE - timezone.now()).total_seconds() / 60), 1)
    return 0


def forget(name: str) -> None:
    """The failed tries of an account's name are forgiven."""
    FailedSignIn.objects.filter(key=_key("name", name)).delete()


def address_of(request: HttpRequest | None) -> str:
    """Where the request comes from; behind a proxy, what the server was told to believe of it."""
    return str(request.META.get("REMOTE_ADDR", "")) if request else ""


def _count(name: str, address: str) -> None:
    FailedSignIn.objects.filter(at__lt=timezone.now() - PAUSE).delete()
    FailedSignIn.objects.create(key=_key("name", name))
    if address:
        FailedSignIn.objects.create(key=_key("address", address))
    action = "locked_out" if minutes_left(name, address) else "sign_in_failed"
    # A name that is no account's may be a password typed into the wrong field.
    account = User.objects.filter(username=name).first()
    if account:
        audit.record(None, action, account.pk, name=account.username)
    else:
        audit.record(None, action)


def _key(kind: str, value: str) -> str:
    """A salted hash: the table tells nobody what names were tried."""
    text = f"{kind}:{value.casefold()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
