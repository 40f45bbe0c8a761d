"""Few tries for codes and PINs, counted by who asks and by what is asked for; only salted hashes are kept."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from bot.conversations import problems
from bot.conversations.database import unit
from bot.conversations.models import LookupTry

MOST = 5
WINDOW = timedelta(hours=1)


def count(language: str, *keys: str) -> list[int]:
    """Note a try under each key, inside the caller's transaction; numbers for `forgive`.

    A 429 problem when any of the keys has had its tries.
    """
    since = timezone.now() - WINDOW
    for key in keys:
        recent = LookupTry.objects.filter(key=salted(key), at__gt=since).order_by("at")
        if recent.count() >= MOST:
            oldest = recent[0].at
            raise problems.too_many_tries(
                language, int((oldest + WINDOW - timezone.now()).total_seconds()) + 1
            )
    return [LookupTry.objects.create(key=salted(key)).pk for key in keys]


@unit
def forgive(numbers: list[int]) -> None:
    """The try was right and does not count."""
    LookupTry.objects.filter(pk__in=numbers).delete()


def salted(value: str) -> str:
    """A hash that only this installation can make: for logs and counts, in place of the thing itself."""
    key: str = settings.HEZA.secret
    return hmac.new(key.encode(), b"salted:" + value.encode(), hashlib.sha256).hexdigest()
