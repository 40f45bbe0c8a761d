"""The figures, one query each. Every function takes a period and gives plain rows; pages draw them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from bot.console.insights.period import Period
from bot.console.models import Judgement, Outcome, Turn, Verdict
from bot.conversations.models import AuditLine, Feedback

MOST_RECORDS = 15
# Response times are counted in steps of ten milliseconds, which is as exact as anybody reads them.
_STEP_MS = 10
SLOW_MS = 1000
# Lines of the gateway's log with which a wait is over.
_ENDS = ("claimed", "waiting", "returned", "returned_silence", "stopped_waiting", "closed", "erased")


@dataclass(frozen=True)
class Totals:
    """Conversations and questions, and what became of the questions that the assistant was asked."""

    conversations: int
    questions: int
    outcomes: dict[str, int]

    @property
    def asked_assistant(self) -> int:
        """Questions that the assistant was asked and is done with."""
        return sum(self.outcomes.get(each, 0) for each in ASSISTANT)

    def share(self, outcome: str) -> float | None:
        """Share of an outcome among those, None when there are none."""
        return self.outcomes.get(outcome, 0) / self.asked_assistant if self.asked_assistant else None


# Outcomes of questions that were put to the assistant.
ASSISTANT = (Outcome.ANSWERED, Outcome.ASKED, Outcome.REFUSED, Outcome.HANDED, Outcome.FAILED)


@dataclass(frozen=True)
class Times:
    """Response times in milliseconds: median, 95th percentile, the longest; how many over a second."""

    count: int
    median: int | None
    p95: int | None
    longest: int | None
    slow: int


@dataclass(frozen=True)
class Waits:
    """Handovers: how many called, how many were claimed, seconds until then."""

    called: int
    claimed: int
    median: float | None
    longest: float | None
    reasons: dict[str, int]


def totals(period: Period) -> Totals:
    """Conversations, questions, outcomes."""
    counts = {f"n_{each}": Count("pk", filter=Q(outcome=each)) for each in Outcome.values}
    found = _turns(period).aggregate(
        talks=Count("conversation", distinct=True), questions=Count("pk"), **counts
    )
    return Totals(found["talks"], found["questions"], {each: found[f"n_{each}"] for each in Outcome.values})


def has_demonstration(period: Period) -> bool:
    """Whether some of the questions are a demonstration's."""
    return _turns(period).filter(demonstration=True).exists()


def by_day(period: Period) -> dict[date, dict[str, int]]:
    """Questions of each day by channel; days without any are there as well."""
    rows = _turns(period).values("day", "channel").annotate(n=Count("pk")).order_by("day")
    found: dict[date, dict[str, int]] = {day: {} for day in period.days}
    for row in rows:
        found[row["day"]][row["channel"]] = row["n"]
    return found


def by_language(period: Period) -> dict[str, int]:
    """Questions by the language they were answered in."""
    rows = _turns(period).values_list("language").annotate(n=Count("pk")).order_by("-n")
    return dict(rows)


def by_channel(days: Mapping[date, Mapping[str, int]]) -> dict[str, int]:
    """Questions by channel, from those of each day."""
    found: Counter[str] = Counter()
    for counts in days.values():
        found.update(counts)
    return dict(found.most_common())


def by_hour(period: Period) -> list[int]:
    """Questions by the hour of the day, 24 numbers."""
    found = dict(_turns(period).values_list("hour").annotate(n=Count("pk")).order_by("hour"))
    return [found.get(hour, 0) for hour in range(24)]


def top_records(period: Period) -> list[tuple[str, int]]:
    """The records that answers stood on most, with how often."""
    rows = _turns(period).exclude(record="").values_list("record").annotate(n=Count("pk"))
    return list(rows.order_by("-n", "record")[:MOST_RECORDS])


def refused(period: Period, most: int) -> list[tuple[int, str]]:
    """The latest questions that were refused, as (message, text)."""
    rows = _turns(period).filter(outcome=Outcome.REFUSED, pressed=False).order_by("-pk")
    return list(rows.values_list("pk", "message__text")[:most])


def verdicts(period: Period) -> dict[str, int]:
    """Judgements of the period's questions by verdict."""
    judged = Judgement.objects.filter(Exists(_turns(period).filter(pk=OuterRef("pk"))))
    found = dict(judged.values_list("verdict").annotate(n=Count("pk")).order_by())
    return {each: found.get(each, 0) for each in Verdict.values}


def feedback(period: Period) -> dict[int, int]:
    """Thumbs up (1) and down (-1) for answers to the period's questions."""
    opinions = Feedback.objects.filter(Exists(_turns(period).filter(pk=OuterRef("message__reply_to"))))
    found = dict(opinions.values_list("value").annotate(n=Count("pk")).order_by())
    return {value: found.get(value, 0) for value in (1, -1)}


def response_times(period: Period) -> Times:
    """How long the assistant took, measured at the gateway."""
    timed = _turns(period).filter(milliseconds__isnull=False)
    rows = (
        timed.annotate(step=F("milliseconds") / _STEP_MS)
        .values("step")
        .annotate(n=Count("pk"), longest=Max("milliseconds"))
        .order_by("step")
    )
    found = [(int(row["step"]) * _STEP_MS, row["n"], row["longest"]) for row in rows]
    count = sum(n for _, n, _ in found)
    return Times(
        count,
        _percentile(found, count, 0.5),
        _percentile(found, count, 0.95),
        found[-1][2] if found else None,
        sum(n for step, n, _ in found if step >= SLOW_MS),
    )


def handoff_waits(period: Period) -> Waits:
    """How long investors waited for a person: the calls of the period's days, from the gateway's log.

    Who stopped waiting and called again later has two waits; the first was not claimed.
    """
    talks = _turns(period).filter(conversation=OuterRef("conversation"))
    days = {"at__date__gte": period.since, "at__date__lte": period.until}
    begun = AuditLine.objects.filter(Exists(talks), action="waiting", **days)
    ends = AuditLine.objects.filter(
        action__in=_ENDS, conversation=OuterRef("conversation"), id__gt=OuterRef("id")
    ).order_by("id")
    rows = begun.annotate(
        end=Subquery(ends.values("action")[:1]), ended_at=Subquery(ends.values("at")[:1])
    ).values_list("at", "end", "ended_at", "details")
    waited: list[float] = []
    reasons: dict[str, int] = {}
    called = 0
    for at, end, ended_at, details in rows:
        called += 1
        reason = str(details.get("reason") or "asked")
        reasons[reason] = reasons.get(reason, 0) + 1
        if end == "claimed":
            waited.append((ended_at - at).total_seconds())
    waited.sort()
    median = waited[len(waited) // 2] if waited else None
    return Waits(called, len(waited), median, max(waited, default=None), reasons)


def _turns(period: Period) -> QuerySet[Turn]:
    return Turn.objects.filter(period.turns).order_by()


def _percentile(steps: Sequence[tuple[int, int, int]], count: int, share: float) -> int | None:
    """The step in which the share of the values ends."""
    seen = 0
    for step, n, _ in steps:
        seen += n
        if seen >= share * count:
            return step
    return None
