"""Where Django's admin looks for the pages of this app."""

from __future__ import annotations

from bot.registry.staff import dossiers, records

__all__ = ["dossiers", "records"]
