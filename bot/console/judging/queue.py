"""Which answer is judged next, by whom, and how far the judging has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from bot.common import names
from bot.console import turns as copies
from bot.console.models import Judgement, Outcome, Reservation, Turn
from bot.conversations.database import unit

# What can be judged: the assistant was asked and there is an answer. A pressed button is no understanding.
JUDGED_OUTCOMES = (Outcome.ANSWERED, Outcome.ASKED, Outcome.REFUSED, Outcome.HANDED)
FIRST = "uncertain"
# So long an answer stays with whom it was handed to; who takes longer may find that somebody was quicker.
RESERVED = timedelta(minutes=10)


@dataclass(frozen=True)
class Progress:
    """Judged and judgeable questions, and what this person did today."""

    judged: int
    all: int
    today: int

    @property
    def share(self) -> int:
        """Per cent judged."""
        return round(100 * self.judged / self.all) if self.all else 100


def judgeable() -> QuerySet[Turn]:
    """Questions whose answers can be judged."""
    asked = Turn.objects.filter(outcome__in=JUDGED_OUTCOMES, pressed=False, test=False)
    return asked.exclude(intent="").exclude(action=names.DOSSIER_FORM)


_ORDERS: dict[str, Callable[[QuerySet[Turn]], QuerySet[Turn]]] = {
    "uncertain": lambda turns: turns.order_by(F("margin").asc(nulls_last=True), "-pk"),
    "disliked": lambda turns: turns.filter(copies.disliked()).order_by("-pk"),
    "refused": lambda turns: turns.filter(outcome=Outcome.REFUSED).order_by("-pk"),
    "asked": lambda turns: turns.filter(outcome=Outcome.ASKED).order_by("-pk"),
    "latest": lambda turns: turns.order_by("-pk"),
}
QUEUES = tuple(_ORDERS)


def waiting(queue: str) -> QuerySet[Turn]:
    """What is not judged yet, in the order of a queue; an unknown queue is the first one."""
    judged = Judgement.objects.filter(pk=OuterRef("pk"))
    return _ORDERS.get(queue, _ORDERS[FIRST])(judgeable().filter(~Exists(judged)))


def following(queue: str, skipped: Iterable[int], user: User) -> Turn | None:
    """The next one for this person, without those that they put off or that others have before them.

    It is reserved for them, and what they had before is free again.
    """
    put_off = list(skipped)
    while (found := _free(queue, user).exclude(pk__in=put_off).first()) is not None:
        if _reserve(found.pk, user):
            return found
        # Somebody took it between the two.
    return None


def held_by_others(queue: str, user: User) -> int:
    """How many of a queue colleagues have before them now."""
    return waiting(queue).filter(Exists(_others(user))).count()


def _free(queue: str, user: User) -> QuerySet[Turn]:
    return waiting(queue).filter(~Exists(_others(user)))


def _others(user: User) -> QuerySet[Reservation]:
    reserved = Reservation.objects.filter(pk=OuterRef("pk"), until__gt=timezone.now())
    return reserved.exclude(by=user)


@unit
def _reserve(message: int, user: User) -> bool:
    """Keep it for this person alone; False when somebody else has it."""
    until = timezone.now() + RESERVED
    Reservation.objects.filter(by=user).exclude(pk=message).delete()
    Reservation.objects.bulk_create([Reservation(pk=message, by=user, until=until)], ignore_conflicts=True)
    mine = Q(by=user) | Q(until__lte=timezone.now())
    return Reservation.objects.filter(mine, pk=message).update(by=user, until=until) == 1


def progress(user: User) -> Progress:
    """How far everybody has come, and this person today."""
    begin = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    counted = Judgement.objects.aggregate(
        all=Count("pk"), today=Count("pk", filter=Q(by=user, at__gte=begin))
    )
    return Progress(counted["all"], judgeable().count(), counted["today"])
