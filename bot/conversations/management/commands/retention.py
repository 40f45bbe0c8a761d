"""Remove what has been kept long enough: `manage.py retention`, or `--preview` to only look."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from bot.conversations.retention import preview, remove


class Command(BaseCommand):
    """Prints a line a class of data: name, days kept, rows over the term."""

    help = "Remove data over its term"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to only look."""
        parser.add_argument("--preview", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        """Look or remove, and report."""
        for line in preview() if options["preview"] else remove():
            self.stdout.write(f"{line.name}\t{line.days}\t{line.count}")
