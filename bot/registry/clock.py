"""The day that review dates are compared with: the real one, or HEZA_TODAY."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from bot.common import settings


def today() -> date:
    """Today in the authority's time zone, unless a fixed day is set."""
    return settings.load().today or timezone.localdate()
