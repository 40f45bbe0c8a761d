"""The console as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConsoleConfig(AppConfig):
    """Pages of the staff, their roles, what they note and how they judge."""

    name = "bot.console"
    label = "console"

    def ready(self) -> None:
        """Keep the groups as the table of permissions says, whenever tables were made or changed."""
        from bot.console import audit, personal, retention

        audit.take_part()
        personal.take_part()
        retention.take_part()
        post_migrate.connect(_keep_groups, sender=self, dispatch_uid="console.roles")


def _keep_groups(**_signal: Any) -> None:
    from bot.console import roles

    roles.keep_groups()
