"""The one-time link by which a person sets the password of an account.

The token is Django's for password resets: signed, void once the password was set or the account signed in,
and after PASSWORD_RESET_TIMEOUT.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode


def path(user: User) -> str:
    """The path of a fresh link; the site stands before it."""
    who = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("console:welcome", args=[who, default_token_generator.make_token(user)])
