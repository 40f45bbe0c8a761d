"""Finding, reading, noting and exporting conversations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.test import AsyncClient, Client
from django.urls import reverse
from openpyxl import load_workbook

from bot.console import naming, tables, turns, wording
from bot.console.models import Case, Deed, Judgement, Note, SavedFilter
from bot.console.roles import Role
from bot.conversations.models import Conversation
from tests.console.conftest import account
from tests.console.rows import BEGIN, Said, questions, talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("records")]
SignIn = Callable[[Role], Client]


@pytest.fixture
def talks() -> dict[str, Conversation]:
    """One conversation for each thing that can be asked for."""
    return {
        "plain": talk(Said("Lệ phí giấy phép lao động?", record="work_permit")),
        "english": talk(Said("How long?", language="en", confidence=0.3), channel="telegram"),
        "refused": talk(Said("thời tiết", intent="off_topic", record=None, feedback=-1, kind=None)),
        "long": talk(*[Said(f"câu {n}") for n in range(5)], at=BEGIN - timedelta(days=30)),
        "handed": talk(Said("gặp cán bộ"), waiting="complaint", mode="waiting"),
        "empty": talk(),
    }


def _found(client: Client, talks: dict[str, Conversation], query: str) -> set[str]:
    page = client.get(f"{reverse('console:conversations')}?{query}")
    assert page.status_code == 200
    names = {each.pk: name for name, each in talks.items()}
    return {names[case.pk] for case in page.context["cases"].object_list}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"plain", "english", "refused", "long", "handed"}),
        ("q=giay+phep+LAO+dong", {"plain"}),
        ("q=giấy+phép+lao+động", {"plain"}),
        ('q="phep+giay"', set()),
        ("since=2026-11-20", {"plain", "english", "refused", "handed"}),
        ("until=2026-11-01", {"long"}),
        ("channel=telegram", {"english"}),
        ("language=en", {"english"}),
        ("mode=waiting", {"handed"}),
        ("intent=off_topic", {"refused"}),
        ("record=work_permit", {"plain"}),
        ("outcome=refused", {"refused"}),
        ("below=0.5", {"english"}),
        ("above=0.3&below=0.5", {"english"}),
        ("above=0.31&below=0.5", set()),
        ("above=0.9", {"plain", "refused", "long", "handed"}),
        ("feedback=down", {"refused"}),
        ("feedback=up", set()),
        ("length=4-9", {"long"}),
        ("handoff=complaint", {"handed"}),
        ("handoff=asked", set()),
        ("handoff=any", {"handed"}),
        ("hour=9&language=en", {"english"}),
        ("outcome=refused&record=work_permit", set()),
        ("channel=pigeon&since=never", {"plain", "english", "refused", "long", "handed"}),
    ],
)
def test_filters(signed_in: SignIn, talks: dict[str, Conversation], query: str, expected: set[str]) -> None:
    assert _found(signed_in(Role.ANALYST), talks, query) == expected


def test_the_record_of_a_filter_is_chosen_by_name(signed_in: SignIn, talks: dict[str, Conversation]) -> None:
    client = signed_in(Role.ANALYST)
    content = client.get(f"{reverse('console:conversations')}?record=work_permit").content.decode()
    assert 'name="record" value="work_permit" checked' in content
    assert "Cấp giấy phép lao động" in content
    assert 'placeholder="irc_issue"' not in content


def test_filters_by_what_staff_did(signed_in: SignIn, talks: dict[str, Conversation]) -> None:
    client = signed_in(Role.REVIEWER)
    me = User.objects.get(username=Role.REVIEWER)
    turns.refresh()
    client.post(reverse("console:add_label", args=[talks["plain"].pk]), {"name": "gấp"})
    client.post(reverse("console:review", args=[talks["long"].pk]))
    client.post(reverse("console:assign", args=[talks["english"].pk]), {"officer": me.pk})
    client.post(reverse("console:mark_test", args=[talks["refused"].pk]))
    Judgement.objects.create(message=questions([talks["handed"]])[0], verdict="wrong_record", by=me)
    label = Case.objects.get(pk=talks["plain"].pk).labels.get()
    assert _found(client, talks, f"label={label.pk}") == {"plain"}
    assert _found(client, talks, "reviewed=yes") == {"long"}
    assert _found(client, talks, "assigned=me") == {"english"}
    assert _found(client, talks, "test=only") == {"refused"}
    assert "refused" not in _found(client, talks, "")
    assert _found(client, talks, "verdict=wrong") == {"handed"}
    assert "handed" not in _found(client, talks, "verdict=none")
    done = list(Deed.objects.order_by("id").values_list("action", flat=True))
    assert done == ["labelled", "reviewed", "assigned", "test"]


def test_a_filter_is_saved_for_oneself_or_for_all(signed_in: SignIn, talks: dict[str, Conversation]) -> None:
    reviewer, analyst = signed_in(Role.REVIEWER), signed_in(Role.ANALYST)
    save = reverse("console:save_filter")
    reviewer.post(save, {"name": "Từ chối", "query": "outcome=refused&page=3&x=1", "shared": "on"})
    reviewer.post(save, {"name": "Của tôi", "query": "language=en"})
    assert SavedFilter.objects.get(name="Từ chối").query == "outcome=refused"
    names = [saved.name for saved in analyst.get(reverse("console:conversations")).context["saved"]]
    assert names == ["Từ chối"]
    mine = SavedFilter.objects.get(name="Của tôi")
    assert analyst.post(reverse("console:drop_filter", args=[mine.pk])).status_code == 404
    reviewer.post(reverse("console:drop_filter", args=[mine.pk]))
    assert SavedFilter.objects.count() == 1


def test_the_transcript_shows_what_was_understood(signed_in: SignIn, talks: dict[str, Conversation]) -> None:
    page = signed_in(Role.OFFICER).get(reverse("console:conversation", args=[talks["plain"].pk]))
    content = page.content.decode()
    for shown in (
        "ask_procedure",
        "ask_faq",
        "90",
        "work_permit",
        "action_ask_procedure",
        "heza-test",
        "120",
    ):
        assert shown in content
    assert "Luật Đầu tư" in content
    assert "found-here" not in content
    address = reverse("console:conversation", args=[talks["plain"].pk])
    assert "found-here" in signed_in(Role.OFFICER).get(f"{address}?q=le+phi").content.decode()
    assert "Cấp giấy phép lao động" in content


def test_each_number_of_a_question_says_what_it_is(signed_in: SignIn) -> None:
    spoken = talk(Said("Phí cấp IRC?", confidence=0.84))
    question = questions([spoken])[0]
    assert question.understood
    # The words alone gave 71 %, the decision, with the talk before it, 84 %.
    question.understood["intent_ranking"][0]["confidence"] = 0.71
    question.save()
    content = signed_in(Role.ANALYST).get(reverse("console:conversation", args=[spoken.pk])).content.decode()
    before, _, after = content.partition("Xếp hạng ý định từ câu chữ")
    assert 'title="Độ chắc chắn khi quyết định">84\u00a0%' in before
    assert "71\u00a0%" not in before
    assert "71\u00a0%" in after
    assert "<dt>Độ chắc chắn khi quyết định</dt><dd>84\u00a0%" in after


def test_who_reviewed_it_stands_in_the_log(signed_in: SignIn, talks: dict[str, Conversation]) -> None:
    client = signed_in(Role.REVIEWER)
    turns.refresh()
    for name in ("plain", "long"):
        address = reverse("console:conversation", args=[talks[name].pk])
        assert client.get(address).context["happenings"] == []
        if name == "plain":
            client.post(reverse("console:review", args=[talks[name].pk]))
        else:
            # As the demonstration marks it.
            me = User.objects.get(username=Role.REVIEWER)
            Case.objects.filter(pk=talks[name].pk).update(reviewed_at=BEGIN, reviewed_by=me)
        (line,) = client.get(address).context["happenings"]
        assert (line.action, line.by.username) == ("reviewed", Role.REVIEWER)


@pytest.mark.parametrize(("language", "words"), [("vi", "12 tháng 11, 2026"), ("en", "12 November 2026")])
def test_a_chosen_day_stands_in_words(signed_in: SignIn, language: str, words: str) -> None:
    client = signed_in(Role.ANALYST)
    client.cookies["heza_language"] = language
    for name in ("conversations", "insights"):
        content = client.get(f"{reverse(f'console:{name}')}?since=2026-11-12").content.decode()
        assert f'data-day-of="id_since">{words}<' in content, name


def test_what_investors_write_is_never_markup(signed_in: SignIn) -> None:
    spoken = talk(Said("<img src=x onerror=alert(1)>", answer="[x](javascript:alert(1))"))
    client = signed_in(Role.MANAGER)
    turns.refresh()
    message = questions([spoken])[0].pk
    for address in (
        reverse("console:conversation", args=[spoken.pk]),
        reverse("console:conversations"),
        reverse("console:judge", args=[message]),
        reverse("console:desk_talk", args=[spoken.pk]),
    ):
        content = client.get(address).content.decode()
        assert "<img src=x" not in content
        assert 'href="javascript' not in content
        assert "&lt;img src=x" in content


def test_notes_are_kept_and_shown(signed_in: SignIn, talks: dict[str, Conversation]) -> None:
    client = signed_in(Role.OFFICER)
    turns.refresh()
    address = reverse("console:add_note", args=[talks["plain"].pk])
    part = client.post(address, {"text": "Hẹn gọi lại"}, headers={"HX-Request": "true"})
    assert "Hẹn gọi lại" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert Note.objects.get().by.username == Role.OFFICER


@pytest.mark.parametrize("form", tables.FORMATS)
def test_exports_hold_the_filtered_questions(
    signed_in: SignIn, talks: dict[str, Conversation], form: str
) -> None:
    talk(Said("=cmd|' /C calc'!A0", language="en", answer="+1"))
    client = signed_in(Role.ANALYST)
    response = client.get(f"{reverse('console:export', args=[form])}?language=en")
    content = response.getvalue()
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    elif form == "jsonl":
        rows = [json.loads(line) for line in content.decode().splitlines()]
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b"}
        head, *lines = sheet.iter_rows(values_only=True)
        rows = [dict(zip(head, line, strict=True)) for line in lines]
    assert {row["language"] for row in rows} == {"en"}
    asked = [row["question"] for row in rows]
    dangerous = "=cmd|' /C calc'!A0" if form == "jsonl" else "'=cmd|' /C calc'!A0"
    assert asked == ["How long?", dangerous]
    assert Deed.objects.get(action="exported").details["rows"] == 2


def test_the_log_of_an_export_names_the_filters_and_not_what_was_sought(
    talks: dict[str, Conversation],
) -> None:
    client = Client()
    client.force_login(account(Role.ANALYST))
    client.get(reverse("console:export", args=["csv"]), {"q": "0912 345 678", "language": "en", "else": "x"})
    line = Deed.objects.get(action="exported")
    assert line.details["filters"] == "q language"
    assert not {"0912", "x"} & set(str(line.details).replace("'", " ").split())
    named = ", ".join(wording.say("filter", name) for name in ("q", "language"))
    assert dict(naming.details(line))["lọc theo"] == named


def test_an_asynchronous_server_streams_an_export(talks: dict[str, Conversation]) -> None:
    analyst = account(Role.ANALYST)

    async def fetch() -> tuple[bool, bytes]:
        client = AsyncClient()
        await client.aforce_login(analyst)
        response: Any = await client.get(reverse("console:export", args=["csv"]), {"language": "en"})
        return response.streaming, b"".join([part async for part in response])

    streamed, sent = async_to_sync(fetch)()
    assert streamed
    rows = list(csv.DictReader(io.StringIO(sent.decode("utf-8-sig"))))
    assert [row["question"] for row in rows] == ["How long?"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\u00a0=1", "＝1", "\r=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert str(tables.safe(text)).startswith("'")


@pytest.mark.parametrize("value", ["IRC", 5, -1.5, None, True, "a=b", ""])
def test_what_is_harmless_stays_as_it_is(value: object) -> None:
    assert tables.safe(value) == value
