"""Accounts of staff, as lists and choices need them."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet

from bot.console.roles import TABLE, Need, Role


def officers(need: Need | None = None) -> QuerySet[User]:
    """Active accounts with a role, or only those whose role may do this, by name."""
    roles = TABLE[need] if need else tuple(Role)
    return (
        User.objects.filter(is_active=True, groups__name__in=roles)
        .distinct()
        .order_by("first_name", "last_name", "username")
    )
