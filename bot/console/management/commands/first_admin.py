"""The first administrator: an account without a password, and the one-time link that sets it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bot.console import audit, roles
from bot.console.accounts import links
from bot.console.roles import Role


class Command(BaseCommand):
    """Also for an administrator who lost the password; only who has the machine can run it."""

    help = "Make an administrator of the staff console and print a one-time link to set the password."

    def add_arguments(self, parser: CommandParser) -> None:
        """The account's name."""
        parser.add_argument("username", nargs="?", default="admin")
        parser.add_argument("--site", help="address of the site, e.g. https://staff.example.gov.vn")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or find the account; print the link."""
        name = options["username"]
        user, made = User.objects.get_or_create(username=name)
        if not made and roles.role_of(user) is not Role.ADMINISTRATOR:
            raise CommandError(f"{name} exists and is not an administrator")
        if made:
            user.set_unusable_password()
            user.save()
            roles.give(user, Role.ADMINISTRATOR)
        audit.record(None, "account_made" if made else "link_made", user.pk, name=name, role="administrator")
        site = (options["site"] or settings.HEZA.site_url).rstrip("/")
        self.stdout.write(f"{site}{links.path(user)}")
