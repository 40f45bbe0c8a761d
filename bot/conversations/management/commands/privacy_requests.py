"""The register of requests about personal data, those by letter too: `manage.py privacy_requests`."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from bot.conversations import privacy
from bot.conversations.models import PrivacyRequest


class Command(BaseCommand):
    """Prints a line a request: number, kind, channel, received, due, and done or the working days left."""

    help = "List, enter and finish requests about personal data"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do; nothing: list."""
        parser.add_argument("--open", action="store_true", help="only those not done yet")
        parser.add_argument(
            "--enter", nargs=2, metavar=("KIND", "CONVERSATION"), help="/".join(PrivacyRequest.Kind.values)
        )
        parser.add_argument("--finish", type=int, metavar="NUMBER")

    def handle(self, *args: object, enter: list[str] | None, finish: int | None, **options: object) -> None:
        """Do it, then list."""
        try:
            if enter:
                kind, conversation = enter
                privacy.enter(uuid.UUID(conversation), PrivacyRequest.Kind(kind))
            if finish:
                privacy.finish(finish)
        except (ValueError, LookupError) as error:
            raise CommandError(str(error)) from error
        for line in privacy.listed(only_open=bool(options["open"])):
            self.stdout.write("\t".join(line))
