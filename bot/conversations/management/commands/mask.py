"""Try the masking: `manage.py mask "text"`, or lines from standard input."""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from bot.common.masking import mask
from bot.common.text import clean


class Command(BaseCommand):
    """Prints each text as it would be stored, and the kinds of personal data found."""

    help = "Show what of a text would be stored and passed on"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The text, or nothing for standard input."""
        parser.add_argument("text", nargs="?")

    def handle(self, *args: object, text: str | None, **options: object) -> None:
        """Mask and print; nothing is stored."""
        for line in [text] if text is not None else sys.stdin:
            masked = mask(clean(line))
            self.stdout.write(f"{masked.text}\t{','.join(masked.kinds) or '-'}")
