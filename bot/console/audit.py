"""Writing the audit log."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser

from bot.console.models import Deed


def record(by: AbstractBaseUser | None, action: str, subject: object = "", /, **details: object) -> None:
    """A line: who did what to what. `details` are short facts, never an investor's words."""
    Deed.objects.create(by_id=by.pk if by else None, action=action, subject=str(subject), details=details)
