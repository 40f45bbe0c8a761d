"""Judging: the order, the verdicts, the progress."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.console import turns
from bot.console.judging import queue
from bot.console.models import Deed, Judgement, Reservation, Turn
from bot.console.roles import Role
from tests.console.conftest import account
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


def test_reviewers_are_handed_different_answers(asked: list[int], signed_in: SignIn) -> None:
    sure, unsure, refused, disliked, _ = asked
    first, second = signed_in(Role.REVIEWER), signed_in(Role.MANAGER)

    def handed(client: Client) -> str:
        return client.get(reverse("console:judging")).headers["Location"]

    assert handed(first) == handed(first) == f"/staff/judging/{unsure}/?queue=uncertain"
    assert handed(second) == f"/staff/judging/{refused}/?queue=uncertain"
    # Put off it is free for others; who goes on holds one answer only.
    first.post(reverse("console:judge_skip", args=[unsure]))
    assert handed(first) == f"/staff/judging/{disliked}/?queue=uncertain"
    assert handed(second) == f"/staff/judging/{unsure}/?queue=uncertain"
    for message in (sure, unsure, refused):
        second.post(reverse("console:judge_save", args=[message]), {"verdict": "right"})
    page = second.get(reverse("console:judging"))
    assert "đang do đồng nghiệp thẩm định" in page.content.decode()
    # What somebody leaves lying is handed on after a while.
    Reservation.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert handed(second) == f"/staff/judging/{disliked}/?queue=uncertain"


def test_two_who_ask_at_once_get_two_answers(asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    _, unsure, refused, _, _ = asked
    first, second = account(Role.REVIEWER), account(Role.MANAGER)
    free = queue._free
    looked: list[User] = []

    def before_the_other(name: str, user: User) -> QuerySet[Turn]:
        found = free(name, user)
        if not looked:
            looked.append(user)
            # As the second sees it: nothing is reserved yet.
            stale = Turn.objects.filter(pk=unsure)
            assert queue._reserve(unsure, first)
            return stale
        return found

    monkeypatch.setattr(queue, "_free", before_the_other)
    found = queue.following("uncertain", (), second)
    assert found is not None
    assert found.pk == refused


def test_who_was_slower_is_told_and_overwrites_nothing(asked: list[int], signed_in: SignIn) -> None:
    save = reverse("console:judge_save", args=[asked[1]])
    first, second = signed_in(Role.REVIEWER), signed_in(Role.MANAGER)
    first.post(save, {"verdict": "wrong_record", "right_record": "work_permit"})
    page = second.post(save, {"verdict": "right"}, follow=True)
    assert "vừa thẩm định câu này trước bạn: Sai nội dung" in " ".join(map(str, page.context["messages"]))
    assert page.redirect_chain[-1][0].startswith(f"/staff/judging/{asked[1]}/")
    assert Judgement.objects.get().verdict == "wrong_record"
    assert Deed.objects.filter(action="judged").count() == 1
    # Having seen it, one may think otherwise.
    seen = page.context["judgement"].at.isoformat()
    assert f'name="seen" value="{seen}"' in page.content.decode().replace("&#x2B;", "+")
    second.post(save, {"verdict": "right", "seen": seen})
    assert Judgement.objects.get().verdict == "right"
    assert Deed.objects.filter(action="judged").latest("id").details["earlier"] == "wrong_record"


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
