"""Fill every page: a fortnight of conversations asked of the running assistant, marked as a demonstration."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from bot.console import audit, turns
from bot.console.accounts import links
from bot.console.demo import dating, staff, telling
from bot.console.demo.script import Script, Talk, script
from bot.console.demo.telling import Told
from bot.console.learning import inbox, tasks, training
from bot.console.models import Case, Turn
from bot.console.roles import Role
from bot.conversations import database, door, erasure
from bot.conversations.models import Conversation

# The same fortnight every time, as far as the assistant answers the same.
_SEED = 2026


class Command(BaseCommand):
    """Nothing of it is written by hand but the questions.

    `--remove` takes all of it out again, but for a model that was trained with it.
    """

    help = "Fill the console with a demonstration by asking the running assistant."

    def add_arguments(self, parser: CommandParser) -> None:
        """To fill, or to remove."""
        parser.add_argument("--remove", action="store_true", help="delete the demonstration again")
        parser.add_argument("--train", action="store_true", help="have the worker train a second model")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove an earlier demonstration; fill anew unless only that was asked for."""
        removed = remove()
        if removed:
            self.stdout.write(f"demonstration removed: {removed} conversations")
        if options["remove"]:
            return
        chance = Random(_SEED)
        told = asyncio.run(self._tell(script(), chance))
        people = staff.accounts()
        _place(told, people[Role.OFFICER], chance)
        identities = [each.conversation for each in told]
        Case.objects.filter(pk__in=identities).update(demonstration=True)
        Turn.objects.filter(conversation__in=identities).update(demonstration=True)
        judged = staff.judge(told, people[Role.REVIEWER], chance)
        staff.note(script(), told, people[Role.OFFICER], chance)
        staff.inquire(script(), told, people[Role.OFFICER])
        turns.copy(identities)
        inbox.gather()
        taught = staff.teach(script(), told, people[Role.REVIEWER], people[Role.MANAGER])
        audit.record(None, "demonstration", "", conversations=len(told))
        questions = sum(len(each.asked) for each in told)
        self.stdout.write(f"{len(told)} conversations, {questions} questions, {judged} judged")
        self.stdout.write(f"{taught} examples approved")
        if options["train"]:
            self._train(people[Role.MANAGER])
        self.stdout.write("One-time links to try the console in each role (24 hours):")
        for role, person in people.items():
            self.stdout.write(f"  {role:<14} {settings.HEZA.site_url}{links.path(person)}")

    def _train(self, manager: User) -> None:
        try:
            tasks.train(training.request(manager).pk)
        except (training.Busy, training.NothingNew) as error:
            raise CommandError(f"No model is trained: {type(error).__name__}") from error
        self.stdout.write("A model with these examples is being trained; the console shows how far it is.")

    async def _tell(self, written: Script, chance: Random) -> list[Told]:
        talks = [talk for talk in written.talks for _ in range(talk.times)]
        chance.shuffle(talks)
        told: list[Told] = []
        try:
            for number, talk in enumerate(talks, 1):
                told.append(await telling.tell(talk))
                if number % 10 == 0:
                    self.stdout.write(f"{number} of {len(talks)} conversations")
        except telling.Unanswered as error:
            raise CommandError(
                f"The assistant does not answer ({error}). Is it running? make start"
            ) from error
        finally:
            await door.close()
            # What was told before a failure is a demonstration as well, so that it can be removed.
            await database.run(_mark, [each.conversation for each in told])
        return told


def remove() -> int:
    """Erase every conversation of a demonstration; how many. Its accounts stay: the log names them."""
    found = list(Case.objects.filter(demonstration=True).values_list("pk", flat=True))
    for conversation in found:
        erasure.delete(conversation)
    staff.forget_lessons()
    return len(found)


def _mark(conversations: list[uuid.UUID]) -> None:
    turns.copy(conversations)
    Case.objects.filter(pk__in=conversations).update(demonstration=True)


def _place(told: list[Told], officer: Any, chance: Random) -> None:
    """The part of the desk, and every conversation to its day."""
    now = timezone.now()
    moments = dating.moments(len(told), now, chance)
    for each, moment in zip(told, moments, strict=True):
        talk: Talk = each.talk
        if talk.desk is not None and _waits(each.conversation):
            staff.at_the_desk(each.conversation, talk.desk, officer)
        begins = now - timedelta(minutes=talk.now) if talk.now else moment
        dating.move(each.conversation, begins, talk.channel, chance, talk.desk.wait if talk.desk else 0)
    turns.copy([each.conversation for each in told])


def _waits(conversation: uuid.UUID) -> bool:
    return Conversation.objects.filter(pk=conversation, mode="waiting").exists()
