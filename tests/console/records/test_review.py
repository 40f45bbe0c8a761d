"""What is due to be looked at, and who was told what is no longer so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.console.records import expiry, recall
from bot.console.roles import Role
from bot.conversations.models import Message
from bot.registry import publishing
from bot.registry.models import Record
from tests.console.records.conftest import Ask, Files, Make

pytestmark = pytest.mark.django_db


def _change_fee(by: object = None) -> None:
    record = Record.objects.get(pk="work_permit")
    content = dict(record.content or {})
    content["fee"] = {**content["fee"], "note": {"vi": "Phí mới.", "en": "New fee."}}
    publishing.save_draft(record, content, None)
    publishing.publish(record)


def test_the_most_asked_stands_first(seeded: Files, ask: Ask) -> None:
    Record.objects.update(review_by=date(2026, 1, 1))
    for _ in range(2):
        ask("IRC mất bao lâu", record="irc_issue")
    ask("giấy phép lao động", record="work_permit")
    assert [(each.record.pk, each.asked) for each in expiry.due()[:2]] == [
        ("irc_issue", 2),
        ("work_permit", 1),
    ]


def test_reasons(seeded: Files) -> None:
    today = date(2026, 11, 24)
    record = Record.objects.get(pk="work_permit")
    record.confidence, record.verified_on = "high", None
    for due, reasons in (
        (today - timedelta(days=1), ["overdue", "unconfirmed"]),
        (today, ["soon"]),
        (today + timedelta(days=30), ["soon"]),
        (today + timedelta(days=31), []),
    ):
        record.review_by = due
        assert expiry.reasons_of(record, today) == reasons
    record.confidence = "low"
    assert expiry.reasons_of(record, today) == ["low", "unconfirmed"]


def test_the_desk_is_filtered_by_reason(client: Client, seeded: Files, officer: Make) -> None:
    Record.objects.update(review_by=date(2027, 11, 1), confidence="high")
    Record.objects.filter(pk="seed-lg").update(confidence="low")
    client.force_login(officer(Role.ANALYST))
    page = client.get(reverse("console:records:expiry"), {"reason": "low"}).content.decode()
    assert reverse("console:records:edit", args=["seed-lg"]) in page
    assert reverse("console:records:edit", args=["irc_issue"]) not in page


def test_who_was_told_the_old_fact(client: Client, seeded: Files, ask: Ask, officer: Make) -> None:
    told = ask("giấy phép lao động hết bao nhiêu")
    other = ask("IRC mất bao lâu", record="irc_issue")
    old = ask("giấy phép lao động cũ")
    Message.objects.filter(reply_to=old).update(created_at=timezone.now() - timedelta(days=91))
    _change_fee()
    after = ask("giấy phép lao động bây giờ")
    (publication,) = recall.publications(Record.objects.get(pk="work_permit"))
    answers = list(recall.told(Record.objects.get(pk="work_permit"), publication.at))
    assert [answer.reply_to_id for answer in answers] == [told.pk]
    client.force_login(officer(Role.ANALYST))
    page = client.get(reverse("console:records:recall", args=["work_permit"])).content.decode()
    assert "<ins>New" in page
    assert str(told.conversation_id) in page
    for message in (other, old, after):
        assert str(message.conversation_id) not in page
    listed = client.get(reverse("console:records:changed")).content.decode()
    assert reverse("console:records:recall", args=["work_permit"]) in listed
    assert reverse("console:records:recall", args=["irc_issue"]) not in listed


def test_a_draft_recalls_nothing(seeded: Files, ask: Ask) -> None:
    ask("giấy phép lao động hết bao nhiêu")
    record = Record.objects.get(pk="work_permit")
    publishing.save_draft(record, {**(record.content or {}), "aliases": ["GPLĐ mới"]}, None)
    assert recall.publications(record) == []
    assert recall.changed() == []
