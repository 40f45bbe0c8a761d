"""Failed tries to sign in, counted for the lock-out."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class FailedSignIn(models.Model):
    """One failed try, by a salted hash of the account's name or of the address it came from."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
