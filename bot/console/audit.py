"""Writing the audit log, also for the rooms below and for Django's admin."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from bot.console.models import Deed
from bot.registry.staff import audit as registry


def record(by: AbstractBaseUser | None, action: str, subject: object = "", /, **details: object) -> None:
    """A line: who did what to what. `details` are short facts, never an investor's words."""
    Deed.objects.create(by_id=by.pk if by else None, action=action, subject=str(subject), details=details)


def take_part() -> None:
    """Write down what is done in the admin's pages."""
    registry.done.connect(_done, dispatch_uid="console.audit")
    user_logged_in.connect(_signed_in, dispatch_uid="console.audit")
    user_logged_out.connect(_signed_out, dispatch_uid="console.audit")


def _done(
    by: AbstractBaseUser, action: str, subject: object, details: dict[str, object], **_signal: object
) -> None:
    record(by, action, subject, **details)


def _signed_in(request: HttpRequest | None, user: AbstractBaseUser, **_signal: object) -> None:
    if _in_admin(request):
        record(user, "signed_in")


def _signed_out(request: HttpRequest | None, user: AbstractBaseUser | None, **_signal: object) -> None:
    if user and _in_admin(request):
        record(user, "signed_out")


def _in_admin(request: HttpRequest | None) -> bool:
    """The console's own pages write their lines themselves."""
    match = request.resolver_match if request else None
    return match is not None and match.namespace == "admin"
