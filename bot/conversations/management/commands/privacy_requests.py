"""The register of requests about personal data, those by letter too: `manage.py privacy_requests`."""

from __future__ import annotations

import asyncio
import json
import os
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from bot.conversations import database, door, register
from bot.conversations.models import PrivacyRequest


class Command(BaseCommand):
    """Prints a line a request: number, kind, channel, received, due, done or days left, reference."""

    help = "List, enter, carry out and finish requests about personal data"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do; nothing: list."""
        parser.add_argument("--open", action="store_true", help="only those not done yet")
        parser.add_argument(
            "--enter", nargs="+", metavar=("KIND", "CONVERSATION"), help="/".join(PrivacyRequest.Kind.values)
        )
        parser.add_argument("--reference", default="", help="the letter's number, instead of a conversation")
        parser.add_argument(
            "--carry-out", type=int, metavar="NUMBER", help="export to a file, erase or withdraw, then finish"
        )
        parser.add_argument(
            "--to", default="", metavar="FILE", help="where an export goes; request-NUMBER.json"
        )
        parser.add_argument("--finish", type=int, metavar="NUMBER", help="people have done it")

    def handle(self, *args: object, **options: Any) -> None:
        """Do it, then list."""
        try:
            if options["enter"]:
                kind, *conversation = options["enter"]
                named = uuid.UUID(conversation[0]) if conversation else None
                register.enter(PrivacyRequest.Kind(kind), named, options["reference"])
            if options["carry_out"]:
                _carry_out(options["carry_out"], options["to"])
            if options["finish"]:
                register.finish(options["finish"])
        except register.NotHere as error:
            raise CommandError("only people can do this one; then --finish it") from error
        except (ValueError, LookupError, OSError) as error:
            raise CommandError(str(error)) from error
        for line in register.listed(only_open=bool(options["open"])):
            self.stdout.write("\t".join(line))


def _carry_out(number: int, target: str) -> None:
    path = Path(target or f"request-{number}.json")
    # Looked at first: once carried out it is finished.
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    content = asyncio.run(_done(number))
    if content is not None:
        # Personal data: for whoever runs the command alone.
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(content, file, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)


async def _done(number: int) -> dict[str, Any] | None:
    try:
        return await register.carry_out(number)
    finally:
        await door.close()
        database.close()
