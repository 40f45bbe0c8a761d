"""The console's classes of data have their terms, and the audit log gives up old lines only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from bot.console.models import Deed, ExampleState, FailedSignIn, TrainingExample, UtteranceGroup
from bot.console.roles import Role
from bot.conversations import retention
from tests.console.conftest import account

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=1830)


def test_what_is_over_its_term_goes_and_the_rest_stays() -> None:
    by = account(Role.REVIEWER)
    for at in (LONG_AGO, timezone.now()):
        FailedSignIn.objects.create(key="k", at=at)
        Session.objects.create(session_key=f"{at:%Y}", session_data="", expire_date=at)
        UtteranceGroup.objects.create(vector=b"v", created_at=at)
        Deed.objects.create(action="tried", at=at)
        for state in (ExampleState.REJECTED, ExampleState.APPROVED):
            TrainingExample.objects.create(
                text=f"{state} {at}",
                language="vi",
                intent="greet",
                state=state,
                proposed_by=by,
                decided_at=at,
            )
    removed = {line.name: line.count for line in retention.remove()}
    for name in ("rejected_examples", "utterance_groups", "failed_sign_ins", "sessions", "deeds"):
        assert removed[name] == 1, name
    assert TrainingExample.objects.filter(state=ExampleState.APPROVED).count() == 2
    assert Deed.objects.count() == 1


@pytest.mark.parametrize("at", [timezone.now(), timezone.now() - timedelta(days=1820)])
def test_the_database_refuses_to_remove_a_younger_line(at: datetime) -> None:
    Deed.objects.create(action="tried", at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(Deed).delete()
