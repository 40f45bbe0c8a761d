"""What officers do in the admin's pages, told to whoever keeps a log of it."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.dispatch import Signal

# Sent with by, action, subject, details. A signal: the log stands in a room above this one.
done = Signal()


def record(
    by: AbstractBaseUser | AnonymousUser, action: str, subject: str = "", /, **details: object
) -> None:
    """Tell of a deed: who did what to what; `details` are short facts."""
    done.send(None, by=by, action=action, subject=subject, details=details)
