"""Which answer is judged next, and how far the judging has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from bot.common import names
from bot.console.models import Judgement, Outcome, Turn
from bot.conversations.models import Feedback

# What can be judged: the assistant was asked and there is an answer. A pressed button is no understanding.
JUDGED_OUTCOMES = (Outcome.ANSWERED, Outcome.ASKED, Outcome.REFUSED, Outcome.HANDED)
FIRST = "uncertain"


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


def _disliked() -> Q:
    return Q(Exists(Feedback.objects.filter(message__reply_to=OuterRef("pk"), value=-1)))


_ORDERS: dict[str, Callable[[QuerySet[Turn]], QuerySet[Turn]]] = {
    "uncertain": lambda turns: turns.order_by(F("margin").asc(nulls_last=True), "-pk"),
    "disliked": lambda turns: turns.filter(_disliked()).order_by("-pk"),
    "refused": lambda turns: turns.filter(outcome=Outcome.REFUSED).order_by("-pk"),
    "asked": lambda turns: turns.filter(outcome=Outcome.ASKED).order_by("-pk"),
    "latest": lambda turns: turns.order_by("-pk"),
}
QUEUES = tuple(_ORDERS)


def waiting(queue: str) -> QuerySet[Turn]:
    """What is not judged yet, in the order of a queue; an unknown queue is the first one."""
    judged = Judgement.objects.filter(pk=OuterRef("pk"))
    return _ORDERS.get(queue, _ORDERS[FIRST])(judgeable().filter(~Exists(judged)))


def following(queue: str, skipped: Iterable[int]) -> Turn | None:
    """The next one, without those that the person put off."""
    return waiting(queue).exclude(pk__in=list(skipped)).first()


def progress(user: User) -> Progress:
    """How far everybody has come, and this person today."""
    begin = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    counted = Judgement.objects.aggregate(
        all=Count("pk"), today=Count("pk", filter=Q(by=user, at__gte=begin))
    )
    return Progress(counted["all"], judgeable().count(), counted["today"])
