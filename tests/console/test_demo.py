"""The script of the demonstration, and moving it into the fortnight before."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from bot.common.settings import ROOT
from bot.console.demo import dating
from bot.console.demo.script import script
from bot.console.learning.examples import INTENTS, parted
from bot.conversations.models import AuditLine, Message
from bot.registry.content.entries import load
from tests.console.rows import BEGIN, Said, talk

NOW = datetime.fromisoformat("2026-11-25T10:00:00+07:00")


def test_what_is_expected_exists() -> None:
    known = {entry.id for entry in load(ROOT / "data" / "registry").entries} | {"refused"}
    named = {record for each in script().talks for step in each.steps for record in step.expect}
    assert named - known == set()


def test_there_is_enough_of_everything() -> None:
    talks = script().talks
    assert sum(each.times for each in talks) >= 100
    assert {each.language for each in talks} == {None, "en"}
    assert {each.channel for each in talks} == {"web", "telegram"}
    assert {each.desk.then for each in talks if each.desk} == {"returned", "closed", "open"}
    assert all(set(pair["text"]) == {"vi", "en"} for pair in script().canned)


def test_examples_are_of_what_is_asked_and_name_what_there_is() -> None:
    known = {entry.id for entry in load(ROOT / "data" / "registry").entries}
    asked = {step.ask for each in script().talks for step in each.steps}
    assert {lesson["state"] for lesson in script().lessons} == {"proposed", "approved"}
    for lesson in script().lessons:
        intent, record, _ = parted(lesson["label"])
        assert (lesson["ask"] in asked, intent in INTENTS, record in known) == (True, True, True)


def test_moments_lie_in_the_fortnight_and_mostly_in_working_hours() -> None:
    found = [timezone.localtime(each) for each in dating.moments(500, NOW, Random(1))]
    assert all(NOW - timedelta(days=dating.DAYS) < each < NOW for each in found)
    assert sum(7 <= each.hour < 18 for each in found) > 350
    assert sum(each.weekday() > 4 for each in found) < 100


@pytest.mark.django_db
def test_a_moved_conversation_keeps_its_order() -> None:
    spoken = talk(Said("a"), Said("gặp cán bộ"), waiting="asked", at=NOW)
    Message.objects.create(
        conversation=spoken, author="system", text="đã vào", created_at=NOW + timedelta(minutes=1, seconds=5)
    )
    AuditLine.objects.create(
        conversation=spoken.pk, action="claimed", at=NOW + timedelta(minutes=1, seconds=6)
    )
    dating.move(spoken.pk, BEGIN - timedelta(days=3), "telegram", Random(1), wait=7)
    times = list(
        Message.objects.filter(conversation=spoken).order_by("id").values_list("created_at", flat=True)
    )
    assert times == sorted(times)
    spoken.refresh_from_db()
    assert (spoken.channel, spoken.created_at, spoken.updated_at) == (
        "telegram",
        BEGIN - timedelta(days=3),
        times[-1],
    )
    waiting, claimed = AuditLine.objects.filter(conversation=spoken.pk).order_by("id")
    assert 7 * 60 <= (claimed.at - waiting.at).total_seconds() < 9 * 60
