"""Judging: the order, the verdicts, the progress."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bot.console import turns
from bot.console.judging import queue
from bot.console.models import Deed, Judgement, Turn
from bot.console.roles import Role
from tests.console.rows import Said, questions, talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("records")]
SignIn = Callable[[Role], Client]


@pytest.fixture
def asked() -> list[int]:
    """Message ids of a sure, an unsure, a refused and a disliked question, and of what nobody judges."""
    spoken = [
        talk(Said("sure", confidence=0.95, second=0.01)),
        talk(Said("unsure", confidence=0.4, second=0.38)),
        talk(
            Said("refused", intent="nlu_fallback", verdict="refuse", record=None, confidence=0.5, second=0.1)
        ),
        talk(Said("disliked", feedback=-1, confidence=0.9, second=0.02)),
        talk(Said("pressed", payload="/greet")),
    ]
    turns.refresh()
    return [message.pk for message in questions(spoken)]


def test_the_least_certain_comes_first(asked: list[int]) -> None:
    sure, unsure, refused, disliked, _ = asked
    assert list(queue.waiting("uncertain").values_list("pk", flat=True)) == [unsure, refused, disliked, sure]
    assert list(queue.waiting("disliked").values_list("pk", flat=True)) == [disliked]
    assert list(queue.waiting("refused").values_list("pk", flat=True)) == [refused]
    assert list(queue.waiting("latest").values_list("pk", flat=True)) == [disliked, refused, unsure, sure]


def test_a_verdict_leads_to_the_next_answer(asked: list[int], signed_in: SignIn) -> None:
    _, unsure, refused, _, _ = asked
    client = signed_in(Role.REVIEWER)
    first = client.get(reverse("console:judging"))
    assert first.headers["Location"] == f"/staff/judging/{unsure}/?queue=uncertain"
    sent = {"verdict": "wrong_record", "right_record": "work_permit", "right_intent": "ask_procedure"}
    answer = client.post(reverse("console:judge_save", args=[unsure]), sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"/staff/judging/{refused}/?queue=uncertain"
    judgement = Judgement.objects.get(pk=unsure)
    assert (judgement.verdict, judgement.right_record, judgement.right_intent) == (
        "wrong_record",
        "work_permit",
        "ask_procedure",
    )
    assert answer.context["progress"] == queue.Progress(1, 4, 1)
    client.post(
        reverse("console:judge_save", args=[unsure]), {"verdict": "right", "right_record": "work_permit"}
    )
    judgement.refresh_from_db()
    assert (judgement.verdict, judgement.right_record) == ("right", "")
    assert Deed.objects.filter(action="judged").first().details["earlier"] == "wrong_record"  # type: ignore[union-attr]


def test_what_does_not_exist_is_not_kept(asked: list[int], signed_in: SignIn) -> None:
    client = signed_in(Role.REVIEWER)
    client.post(reverse("console:judge_save", args=[asked[0]]), {"verdict": "splendid"})
    assert not Judgement.objects.exists()
    sent = {"verdict": "content_missing", "right_record": "nothing", "right_intent": "dance"}
    client.post(reverse("console:judge_save", args=[asked[0]]), sent)
    judgement = Judgement.objects.get()
    assert (judgement.right_record, judgement.right_intent) == ("", "")


def test_put_off_and_taken_back(asked: list[int], signed_in: SignIn) -> None:
    _, unsure, refused, _, _ = asked
    client = signed_in(Role.REVIEWER)
    answer = client.post(reverse("console:judge_skip", args=[unsure]), follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"/staff/judging/{refused}/")
    client.post(reverse("console:judge_save", args=[unsure]), {"verdict": "right"})
    client.post(reverse("console:judge_take_back", args=[unsure]))
    assert not Judgement.objects.exists()


def test_when_all_is_judged_it_says_so(signed_in: SignIn) -> None:
    page = signed_in(Role.REVIEWER).get(reverse("console:judging"))
    assert page.templates[0].name == "console/judging/done.html"


@pytest.mark.parametrize(
    ("field", "words", "found"),
    [
        ("right_record", "giay phep lao", ["work_permit"]),
        ("record", "WORK PERMIT", ["work_permit"]),
        ("right_intent", "hoi ve thu tuc", ["ask_procedure"]),
        ("right_intent", "off topic", ["off_topic"]),
        ("right_intent", "select_record", []),
        ("record", " ", []),
        ("right_intent", "", []),
    ],
)
def test_what_is_right_is_found_by_name(signed_in: SignIn, field: str, words: str, found: list[str]) -> None:
    page = signed_in(Role.REVIEWER).get(reverse("console:find", args=[field]), {"find": words})
    assert [each.id for each in page.context["found"]] == found
    # The browser sends nothing before the answer to the very words that stand in the field.
    assert f'data-answers="{words.strip()}"' in page.content.decode()
    assert page.content.decode().count(f'name="{field}"') == len(found)


def test_only_what_is_chosen_by_name_is_searched(signed_in: SignIn) -> None:
    assert signed_in(Role.REVIEWER).get(reverse("console:find", args=["verdict"])).status_code == 404


def test_tests_are_not_judged(asked: list[int]) -> None:
    turn = Turn.objects.get(pk=asked[0])
    turns.mark(turn.conversation_id, test=True)
    assert asked[0] not in queue.waiting("latest").values_list("pk", flat=True)
