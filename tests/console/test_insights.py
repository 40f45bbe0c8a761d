"""Every figure on rows that are known, in one query each, and the conversations behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from bot.console import turns
from bot.console.insights import figures, groups
from bot.console.insights.period import Period
from bot.console.models import Judgement, Turn
from bot.console.roles import Role
from bot.conversations.models import AuditLine
from tests.console.conftest import account
from tests.console.rows import BEGIN, Said, questions, talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("records")]
DAY = date(2026, 11, 24)
PERIOD = Period(DAY - timedelta(days=1), DAY)
REFUSED = {"intent": "nlu_fallback", "verdict": "refuse", "record": None, "kind": None}


@pytest.fixture(autouse=True)
def rows() -> None:
    """Five conversations of the period, one before it and one test."""
    spoken = [
        talk(Said("a", feedback=1, milliseconds=100), Said("b", record="work_permit", milliseconds=100)),
        talk(Said("c", language="en", milliseconds=220), channel="telegram", at=BEGIN - timedelta(days=1)),
        talk(Said("d", verdict="ask", milliseconds=1500), at=BEGIN + timedelta(hours=4)),
        talk(Said("e", **REFUSED, feedback=-1)),  # type: ignore[arg-type]
        talk(Said("f"), waiting="asked", claimed_after=90),
    ]
    talk(Said("before"), at=BEGIN - timedelta(days=9))
    tried = talk(Said("test"))
    waiting = talk(Said("g"), waiting="complaint")
    turns.refresh()
    turns.mark(tried.pk, test=True)
    by = account(Role.REVIEWER)
    for message, verdict in zip(questions(spoken)[:3], ("right", "wrong_record", "right"), strict=True):
        Judgement.objects.create(message=message, verdict=verdict, by=by)
    assert waiting


def test_totals(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = figures.totals(PERIOD)
    assert (found.conversations, found.questions) == (6, 7)
    assert {key: n for key, n in found.outcomes.items() if n} == {
        "answered": 3,
        "asked": 1,
        "refused": 1,
        "handed": 2,
    }
    assert found.share("refused") == pytest.approx(1 / 7)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (figures.by_day, {DAY - timedelta(days=1): {"telegram": 1}, DAY: {"web": 6}}),
        (lambda period: figures.by_channel(figures.by_day(period)), {"web": 6, "telegram": 1}),
        (figures.by_language, {"vi": 6, "en": 1}),
        (figures.top_records, [("irc_issue", 5), ("work_permit", 1)]),
        (
            figures.verdicts,
            {
                "right": 2,
                "wrong_record": 1,
                "wrong_language": 0,
                "should_have_asked": 0,
                "should_have_refused": 0,
                "content_missing": 0,
            },
        ),
        (figures.feedback, {1: 1, -1: 1}),
        (figures.response_times, figures.Times(count=7, median=120, p95=1500, longest=1500, slow=1)),
        (
            figures.handoff_waits,
            figures.Waits(
                called=2, claimed=1, median=90.0, longest=90.0, reasons={"asked": 1, "complaint": 1}
            ),
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_figures(
    figure: Callable[[Period], Any], expected: object, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert figure(PERIOD) == expected


def test_a_handover_counts_on_its_own_day_and_until_the_wait_is_over() -> None:
    later = BEGIN + timedelta(hours=4)
    called = talk(Said("again"), waiting="asked", at=later).pk
    talked_before = talk(Said("back after two months"), at=later).pk
    turns.refresh()

    def line(conversation: UUID, action: str, at: timedelta, **details: str) -> None:
        AuditLine.objects.create(conversation=conversation, action=action, at=later + at, details=details)

    line(talked_before, "waiting", -timedelta(days=60), reason="complaint")
    line(talked_before, "claimed", -timedelta(days=60) + timedelta(hours=1))
    for over in ("stopped_waiting", "returned", "closed"):
        line(called, over, timedelta(minutes=5))
        line(called, "claimed", timedelta(hours=2))
        line(called, "returned", timedelta(hours=3))
        line(called, "waiting", timedelta(hours=4), reason="asked")
    line(called, "claimed", timedelta(hours=4, seconds=30))
    assert figures.handoff_waits(PERIOD) == figures.Waits(
        called=6, claimed=2, median=90.0, longest=90.0, reasons={"asked": 5, "complaint": 1}
    )


def test_hours(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = figures.by_hour(PERIOD)
    assert {hour: n for hour, n in enumerate(found) if n} == {9: 6, 13: 1}


def test_a_period_narrows_by_channel_language_and_origin() -> None:
    assert figures.totals(Period(DAY - timedelta(days=1), DAY, channel="telegram")).questions == 1
    assert figures.totals(Period(DAY, DAY, language="vi")).questions == 6
    assert figures.totals(Period(DAY, DAY, origin="demonstration")).questions == 0


def test_it_says_when_a_demonstration_is_among_the_figures(signed_in: Callable[[Role], Client]) -> None:
    client, address = signed_in(Role.ANALYST), f"{reverse('console:insights')}?since=2026-11-20"
    assert not client.get(address).context["mixed"]
    Turn.objects.filter(record="work_permit").update(demonstration=True)
    page = client.get(address)
    assert "Số liệu gồm cả dữ liệu minh họa" in page.content.decode()
    assert page.context["totals"].questions == 7
    real = client.get(f"{address}&origin=real")
    assert (real.context["mixed"], real.context["totals"].questions) == (False, 6)


def test_refused_questions_that_mean_the_same_are_one_group() -> None:
    asked = [(1, "Giá điện mặt trời bán lại?"), (2, "gia dien mat troi ban lai"), (3, "Thời tiết hôm nay")]
    assert [group.messages for group in groups.grouped(asked, 5)] == [[1, 2], [3]]
    assert [text for _, text in figures.refused(PERIOD, 10)] == ["e"]


def test_each_figure_opens_its_conversations(signed_in: Callable[[Role], Client]) -> None:
    client = signed_in(Role.ANALYST)
    page = client.get(f"{reverse('console:insights')}?since=2026-11-23&until=2026-11-24")
    context = page.context
    links = {row.mark: (row.link, row.count) for row in context["outcomes"]}
    rows = [*links.values(), *((row.link, row.count) for row in context["records"])]
    rows += [(bar.link, None) for bar in context["days"].bars + context["hours"].bars]
    rows += [(link, len(group.messages)) for group, link in context["groups"]]
    for link, count in rows:
        shown = client.get(link).context["cases"]
        assert shown.paginator.count <= (count if count is not None else 7)
        assert bool(shown.paginator.count) == bool(count or count is None)
    refused = client.get(links["refused"][0]).context["cases"]
    assert [case.first_question for case in refused] == ["e"]
    assert [case.first_question for case in client.get(context["wrong_link"]).context["cases"]] == ["a"]
    assert [case.first_question for case in client.get(context["down_link"]).context["cases"]] == ["e"]


def test_the_links_of_all_other_figures_open_as_many_conversations(
    signed_in: Callable[[Role], Client],
) -> None:
    client = signed_in(Role.ANALYST)
    page = client.get(f"{reverse('console:insights')}?since=2026-11-23&until=2026-11-24")
    context, content = page.context, page.content.decode()
    rows = [row for name in ("channels", "languages", "verdicts", "reasons") for row in context[name]]
    # Figures count questions: the first conversation has two, both quick, on the web and in Vietnamese.
    links = {row.link: row.count - (row.mark in ("web", "vi")) for row in rows}
    links |= {
        context["all"]: 6, context["up_link"]: 1, context["down_link"]: 1, context["slow_link"]: 1,
        context["handoff_link"]: 2, context["judged_link"]: 2,
        context["time_links"]["median"]: 5, context["time_links"]["p95"]: 1,
        context["time_links"]["longest"]: 1,
    }  # fmt: skip
    found = {link: client.get(link).context["cases"].paginator.count for link in links}
    assert {link: (found[link], n) for link, n in links.items() if found[link] != n} == {}
    for link in context["time_links"].values():
        assert f'href="{escape(link)}"' in content


def test_the_period_survives_nonsense(signed_in: Callable[[Role], Client]) -> None:
    client = signed_in(Role.ANALYST)
    for query in (
        "since=x&until=y",
        "since=2030-01-01&until=2020-01-01",
        "channel=pigeon",
        "since=0001-01-01",
    ):
        assert client.get(f"{reverse('console:insights')}?{query}").status_code == 200
