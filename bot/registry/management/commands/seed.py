"""`manage.py seed`: records of data/registry into the database; repeated runs change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bot.common import embedder
from bot.common.embedding_cache import EmbeddingCache
from bot.registry.seeding import Outcome, Unsound, seed


class Command(BaseCommand):
    """Seed the registry."""

    help = __doc__ or ""
    # The seed needs tables only, and it runs at every start.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Other folders are for trials."""
        parser.add_argument("--root", type=Path, default=settings.RECORDS_ROOT, help="folder of the records")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what happened, or every fault of the files."""
        cache = EmbeddingCache(settings.HEZA.data_dir / "cache", embedder.shared().embed)
        try:
            outcome = seed(options["root"], self._report, cache)
        except Unsound as error:
            raise CommandError(f"nothing was seeded:\n{error}") from error
        self.stdout.write(_summary(outcome))
        for record_id in outcome.kept:
            self.stdout.write(f"kept as staff changed it: {record_id}")
        for record_id in outcome.withdrawn:
            self.stdout.write(f"withdrawn, no longer in the files: {record_id}")

    def _report(self, done: int, total: int) -> None:
        if done % 320 == 0:
            self.stdout.write(f"vectors {done}/{total}")
            self.stdout.flush()


def _summary(outcome: Outcome) -> str:
    created, updated, kept = len(outcome.created), len(outcome.updated), len(outcome.kept)
    return (
        f"records: {created} created, {updated} updated, {outcome.unchanged} unchanged, {kept} kept, "
        f"{len(outcome.withdrawn)} withdrawn; {outcome.vectors} vectors"
    )
