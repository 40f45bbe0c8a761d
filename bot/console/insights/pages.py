"""The page of the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bot.common import formats
from bot.console import subjects, turns, wording
from bot.console.guard import Officer, page
from bot.console.insights import charts, figures, groups, period
from bot.console.insights.charts import Chart, Column, Row
from bot.console.insights.groups import Group
from bot.console.insights.period import Period
from bot.console.models import Verdict
from bot.console.roles import Need
from bot.conversations.models import Channel

_REFUSED_READ, _GROUPS = 300, 10
_MOST_COLUMNS = 62
_SHOWN_OUTCOMES = ("answered", "asked", "refused", "handed", "failed")


@page(Need.INSIGHTS)
def insights(request: Officer) -> HttpResponse:
    """All figures of a period."""
    turns.before_a_page()
    chosen, form = period.read(request.GET)
    totals = figures.totals(chosen)
    verdicts = figures.verdicts(chosen)
    opinions = figures.feedback(chosen)
    context = {
        "period": chosen,
        "form": form,
        "totals": totals,
        "all": chosen.conversations(),
        "mixed": not chosen.origin and figures.has_demonstration(chosen),
        "outcomes": _named(
            {each: totals.outcomes[each] for each in _SHOWN_OUTCOMES}, "outcome", chosen, "outcome"
        ),
        "shares": {each: totals.share(each) for each in _SHOWN_OUTCOMES},
        "days": _days(chosen, days := figures.by_day(chosen)),
        "weekly": len(days) > _MOST_COLUMNS,
        "hours": _hours(chosen),
        "channels": _named(figures.by_channel(days), "channel", chosen, "channel"),
        "languages": _named(figures.by_language(chosen), "language", chosen, "language"),
        "records": _records(chosen),
        "groups": [(each, _group_link(each)) for each in _groups(chosen)],
        "verdicts": _named(verdicts, "verdict", chosen, "verdict"),
        "judged": sum(verdicts.values()),
        "wrong": _wrong(verdicts),
        "wrong_link": chosen.conversations(verdict="wrong"),
        "judged_link": chosen.conversations(verdict="any"),
        "opinions": opinions,
        "up_link": chosen.conversations(feedback="up"),
        "down_link": chosen.conversations(feedback="down"),
        "times": (times := figures.response_times(chosen)),
        # Conversations with an answer that took at least so long.
        "time_links": {
            name: chosen.conversations(slower=value)
            for name, value in (("median", times.median), ("p95", times.p95), ("longest", times.longest))
            if value is not None
        },
        "slow_link": chosen.conversations(slower=figures.SLOW_MS),
        "waits": (waits := figures.handoff_waits(chosen)),
        "reasons": _named(waits.reasons, "reason", chosen, "handoff"),
        "handoff_link": chosen.conversations(handoff="any"),
    }
    return render(request, "console/insights/insights.html", context)


def _named(counts: Mapping[str, int], group: str, chosen: Period, parameter: str) -> list[Row]:
    names = {key: wording.say(group, key) for key in counts}
    return charts.rows(counts, names, {key: chosen.conversations(**{parameter: key}) for key in counts})


def _groups(chosen: Period) -> list[Group]:
    return groups.grouped(figures.refused(chosen, _REFUSED_READ), _GROUPS)


def _group_link(group: Group) -> str:
    numbers = ".".join(map(str, group.messages))
    return f"{reverse('console:conversations')}?messages={numbers}"


def _records(chosen: Period) -> list[Row]:
    counts = dict(figures.top_records(chosen))
    names = {key: subjects.subject(key).name for key in counts}
    return charts.rows(counts, names, {key: chosen.conversations(record=key) for key in counts})


def _days(chosen: Period, days: Mapping[date, Mapping[str, int]]) -> Chart:
    """A column a day; of long periods a column for each seven days."""
    step = 1 if len(days) <= _MOST_COLUMNS else 7
    every = list(days)
    parts = [every[at : at + step] for at in range(0, len(every), step)]
    return charts.columns([_column(chosen, part, days) for part in parts], charts.WIDE, ticks=14)


def _column(chosen: Period, part: Sequence[date], days: Mapping[date, Mapping[str, int]]) -> Column:
    language = wording.language()
    first, last = part[0], part[-1]
    words = formats.day(first.isoformat(), language)
    if last != first:
        words = f"{words} – {formats.day(last.isoformat(), language)}"
    link = chosen.conversations(since=first.isoformat(), until=last.isoformat())
    counts = {channel: sum(days[day].get(channel, 0) for day in part) for channel in Channel.values}
    values = [
        (series, counts[channel], f"{words}: {counts[channel]} {wording.say('channel', channel)}", link)
        for series, channel in enumerate(Channel.values)
        if counts[channel]
    ]
    return Column(f"{first:%d/%m}" if language == "vi" else f"{first.day} {first:%b}", values)


def _hours(chosen: Period) -> Chart:
    found: Iterable[int] = figures.by_hour(chosen)
    return charts.columns(
        [
            Column(
                f"{hour:02d}",
                [(0, n, f"{hour:02d}:00–{hour:02d}:59: {n}", chosen.conversations(hour=hour))] if n else [],
            )
            for hour, n in enumerate(found)
        ],
        charts.NARROW,
        ticks=12,
    )


def _wrong(verdicts: Mapping[str, int]) -> float | None:
    judged = sum(verdicts.values())
    return 1 - verdicts[Verdict.RIGHT] / judged if judged else None
