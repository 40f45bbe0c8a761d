"""The vectors by which the inbox tells what the training data has already."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from bot.console.learning import wordings


class Command(BaseCommand):
    """For `make vectors`: computed by the worker alone they hold up the first look into the inbox."""

    help = "Compute the vectors of all wordings of data/nlu as they are written."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill the cache in the data folder; how many there are."""
        self.stdout.write(str(len(wordings.library().wordings)))
