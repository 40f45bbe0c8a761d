"""The reading copy follows the messages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bot.console import turns, upkeep
from bot.console.models import Case, Outcome, SearchText, Turn
from bot.conversations import erasure
from bot.conversations.models import Author, Conversation, Message, Progress
from tests.console.rows import BEGIN, Said, questions, talk

pytestmark = pytest.mark.django_db


def _one(said: Said, **fields: object) -> Turn:
    spoken = talk(said, **fields)  # type: ignore[arg-type]
    turns.refresh()
    return Turn.objects.get(conversation=spoken)


def test_a_question_is_copied_with_what_was_understood() -> None:
    turn = _one(Said("Lệ phí?", confidence=0.8, second=0.3, milliseconds=77, language="vi"))
    assert (turn.intent, turn.confidence, turn.record, turn.aspect) == (
        "ask_procedure",
        0.8,
        "irc_issue",
        "time",
    )
    assert turn.margin == pytest.approx(0.5)
    assert (turn.milliseconds, turn.day.isoformat(), turn.hour) == (77, "2026-11-24", 9)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (Said("a"), Outcome.ANSWERED),
        (Said("a", verdict="ask"), Outcome.ASKED),
        (Said("a", verdict="refuse", intent="nlu_fallback", record=None), Outcome.REFUSED),
        (Said("a", intent="off_topic", record=None), Outcome.REFUSED),
    ],
)
def test_outcomes(said: Said, outcome: Outcome) -> None:
    assert _one(said).outcome == outcome


def test_a_call_for_a_person_is_the_outcome_of_the_question_that_led_to_it() -> None:
    spoken = talk(Said("a"), Said("gặp cán bộ"), waiting="asked")
    turns.refresh()
    found = list(Turn.objects.filter(conversation=spoken).values_list("outcome", flat=True))
    assert found == [Outcome.ANSWERED, Outcome.HANDED]
    assert Case.objects.get(pk=spoken).handoffs == " asked "


def test_what_is_said_to_a_person_is_not_the_assistants() -> None:
    spoken = talk(Said("a"), waiting="asked", claimed_after=5)
    later = Message.objects.create(
        conversation=spoken,
        author=Author.USER,
        text="alo",
        progress=Progress.NOTE,
        created_at=BEGIN + timedelta(hours=1),
    )
    waiting = Message.objects.create(conversation=talk(), author=Author.USER, text="b", progress=Progress.ASK)
    turns.refresh()
    assert Turn.objects.get(pk=later).outcome == Outcome.STAFF
    assert Turn.objects.get(pk=waiting).outcome == Outcome.OPEN


def test_only_what_changed_is_copied_again() -> None:
    first, second = talk(Said("a")), talk(Said("b"))
    assert turns.refresh() == 2
    assert turns.refresh() == 0
    message = Message.objects.create(
        conversation=second, author=Author.USER, text="c", understood=Said("c").understood
    )
    Conversation.objects.filter(pk=second.pk).update(updated_at=timezone.now())
    assert turns.refresh() == 1
    assert Case.objects.get(pk=second.pk).questions == 2
    assert Turn.objects.filter(pk=message.pk).exists()
    assert Case.objects.get(pk=first.pk).questions == 1


def test_a_page_does_not_wait_for_thousands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BATCH", 1)
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.0001)
    for at in range(5):
        talk(Said(str(at)), at=BEGIN - timedelta(days=at))
    turns.before_a_page()
    assert 1 <= Case.objects.count() < 5
    upkeep.copy_turns.call_local()
    assert list(Case.objects.order_by("seen").values_list("first_question", flat=True)) == list("43210")


def test_what_staff_noted_survives_the_next_copy() -> None:
    spoken = talk(Said("a"))
    turns.refresh()
    turns.mark(spoken.pk, test=True)
    Conversation.objects.filter(pk=spoken.pk).update(updated_at=timezone.now())
    turns.refresh()
    assert Case.objects.get(pk=spoken.pk).test
    assert Turn.objects.get(conversation=spoken).test


def test_erasing_leaves_no_copy() -> None:
    spoken = talk(Said("mật khẩu bí mật"))
    turns.refresh()
    erasure.delete(spoken.pk)
    assert not SearchText.objects.exists()
    assert not Turn.objects.exists()
    assert not Case.objects.exists()


def test_the_folded_text_holds_both_sides() -> None:
    spoken = talk(Said("Đất Đình Vũ?", answer="Còn 20 héc-ta"))
    turns.refresh()
    assert SearchText.objects.get(turn=questions([spoken])[0].pk).folded == "dat dinh vu? con 20 hec-ta"
