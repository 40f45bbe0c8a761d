"""The audit log of the console; lines are only ever added."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from bot.conversations.models.add_only import AddOnly


class _AddOnly(models.QuerySet["Deed"]):
    def update(self, **_values: Any) -> NoReturn:
        """Refused."""
        raise TypeError("An audit line is never changed.")

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("An audit line is never deleted.")


class Deed(AddOnly):
    """Who did what, when, to what; `details` never holds anything an investor wrote.

    Triggers refuse changes in the database too (migration 0004); SQLite loses them when a later migration
    rebuilds the table, which then has to make them anew.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=40)
    # The conversation, message, record or account it was done to, as its id.
    subject = models.CharField(max_length=120, blank=True, db_index=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = _AddOnly.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"
