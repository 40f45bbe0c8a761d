"""The day that review dates are compared with: the real one, or HEZA_TODAY."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from bot.common import calendar


def today() -> date:
    """Today in Vietnam, unless a fixed day is set."""
    return calendar.now(settings.HEZA.today).date()
