"""The live desk, canned replies and formal inquiries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from bot.console.models import CannedReply, Deed
from bot.console.roles import Role
from bot.conversations.models import Author, Conversation, Inquiry, Message
from tests.console.conftest import TODAY, account
from tests.console.rows import BEGIN, Said, talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("records")]
SignIn = Callable[[Role], Client]


def _waiting(**fields: object) -> Conversation:
    return talk(Said("gặp cán bộ"), waiting="asked", mode="waiting", waiting_since=BEGIN, **fields)  # type: ignore[arg-type]


def _do(client: Client, deed: str, spoken: Conversation, **sent: object) -> str:
    """The notices that the page after a deed shows."""
    page = client.post(reverse(f"console:desk_{deed}", args=[spoken.pk]), sent, follow=True)
    assert page.status_code == 200
    return " ".join(map(str, page.context["messages"]))


def test_who_waits_longest_comes_first(signed_in: SignIn) -> None:
    later, first = _waiting(at=BEGIN), _waiting(at=BEGIN)
    Conversation.objects.filter(pk=later.pk).update(waiting_since=BEGIN + timedelta(minutes=5))
    client = signed_in(Role.OFFICER)
    page = client.get(reverse("console:desk"))
    assert [each.pk for each in page.context["lists"].waiting] == [first.pk, later.pk]
    assert client.get(reverse("console:desk_count")).content == b"2"


def test_from_the_claim_to_the_return(signed_in: SignIn) -> None:
    spoken, client = _waiting(), signed_in(Role.OFFICER)
    _do(client, "claim", spoken)
    assert client.get(reverse("console:desk_count")).content == b""
    _do(client, "reply", spoken, text="Chào anh\nXin mã hồ sơ.", client_id="once")
    _do(client, "reply", spoken, text="Chào anh\nXin mã hồ sơ.", client_id="once")
    reply = Message.objects.get(conversation=spoken, author=Author.STAFF)
    assert (reply.text, reply.author_name) == ("Chào anh\nXin mã hồ sơ.", "Cán bộ Officer")
    assert _do(client, "reply", spoken, text="  ", client_id="x") == "Câu trả lời còn trống."
    _do(client, "give_back", spoken)
    spoken.refresh_from_db()
    assert (spoken.mode, spoken.assigned_to) == ("bot", None)


def test_a_colleague_is_not_disturbed(signed_in: SignIn) -> None:
    spoken, client = _waiting(), signed_in(Role.OFFICER)
    other = account(Role.OFFICER, "other")
    second = Client()
    second.force_login(other)
    _do(client, "claim", spoken)
    for deed in ("claim", "reply", "give_back", "close"):
        assert "người khác phụ trách" in _do(second, deed, spoken, text="a", client_id="b"), deed
    _do(client, "transfer", spoken, officer=other.pk)
    _do(second, "reply", spoken, text="Tôi tiếp tục.", client_id="c")
    assert "người khác phụ trách" in _do(client, "reply", spoken, text="a", client_id="d")
    # A manager may act in anybody's conversation.
    _do(signed_in(Role.MANAGER), "close", spoken)
    spoken.refresh_from_db()
    assert spoken.mode == "closed"


def test_what_could_not_be_sent_is_not_lost(signed_in: SignIn) -> None:
    spoken, client = _waiting(), signed_in(Role.OFFICER)
    reply = reverse("console:desk_reply", args=[spoken.pk])
    _do(client, "claim", spoken)
    _do(client, "transfer", spoken, officer=account(Role.OFFICER, "other").pk)
    page = client.post(reply, {"text": "Chào anh, <b>hồ sơ</b> cần…", "client_id": "x"}, follow=True)
    assert "người khác phụ trách" in " ".join(map(str, page.context["messages"]))
    assert "readonly>Chào anh, &lt;b&gt;hồ sơ&lt;/b&gt; cần…</textarea>" in page.content.decode()
    assert not Message.objects.filter(conversation=spoken, author=Author.STAFF).exists()


def test_a_talk_is_put_in_the_queue_by_hand(signed_in: SignIn) -> None:
    spoken, client = talk(Said("a")), signed_in(Role.OFFICER)
    page = client.get(reverse("console:desk_talk", args=[spoken.pk])).content.decode()
    assert f'action="{reverse("console:desk_call", args=[spoken.pk])}"' in page
    _do(client, "call", spoken)
    spoken.refresh_from_db()
    assert spoken.mode == "waiting"
    page = client.get(reverse("console:desk_talk", args=[spoken.pk])).content.decode()
    assert reverse("console:desk_call", args=[spoken.pk]) not in page


def test_transfer_goes_to_who_may_answer(signed_in: SignIn) -> None:
    spoken, client = _waiting(), signed_in(Role.OFFICER)
    _do(client, "claim", spoken)
    analyst = account(Role.ANALYST)
    response = client.post(reverse("console:desk_transfer", args=[spoken.pk]), {"officer": analyst.pk})
    assert response.status_code == 404


def test_new_messages_come_by_themselves(signed_in: SignIn) -> None:
    spoken, client = _waiting(), signed_in(Role.OFFICER)
    _do(client, "claim", spoken)
    page = client.get(reverse("console:desk_talk", args=[spoken.pk]))
    address = reverse("console:desk_fresh", args=[spoken.pk])
    query = f"after={page.context['after']}&mode={page.context['state']}"
    assert client.get(f"{address}?{query}").status_code == 204
    message = Message.objects.create(conversation=spoken, author=Author.USER, text="alo?")
    Conversation.objects.filter(pk=spoken.pk).update(last_message_id=message.pk)
    fresh = client.get(f"{address}?{query}").content.decode()
    assert "alo?" in fresh
    assert f"after={message.pk}" in fresh
    assert fresh.count("<li") == 1
    _do(client, "give_back", spoken)
    assert client.get(f"{address}?{query}").headers["HX-Refresh"] == "true"


def test_typing_is_shown_and_harmless_afterwards(signed_in: SignIn) -> None:
    spoken, client = _waiting(), signed_in(Role.OFFICER)
    typing = reverse("console:desk_typing", args=[spoken.pk])
    assert client.post(typing).status_code == 204
    _do(client, "claim", spoken)
    client.post(typing)
    spoken.refresh_from_db()
    assert spoken.staff_typing_until is not None


def test_the_canned_reply_is_in_the_investors_language(signed_in: SignIn) -> None:
    client = signed_in(Role.OFFICER)
    save = reverse("console:canned_add")
    pair = {"title_vi": "Chào", "title_en": "Hello", "text_vi": "Xin chào", "text_en": "Good morning"}
    assert client.post(save, {**pair, "text_en": ""}).status_code == 400
    client.post(save, pair)
    reply = CannedReply.objects.get()
    client.post(reverse("console:canned_save", args=[reply.pk]), {**pair, "text_vi": "Chào anh/chị"})
    spoken = talk(Said("a", language="en"), mode="waiting")
    _do(client, "claim", spoken)
    page = client.get(reverse("console:desk_talk", args=[spoken.pk])).content.decode()
    assert 'data-text="Good morning" data-other="Chào anh/chị"' in page
    client.post(reverse("console:canned_drop", args=[reply.pk]))
    assert not CannedReply.objects.exists()
    assert Deed.objects.filter(action__startswith="canned").count() == 3


@pytest.fixture
def inquiry() -> Inquiry:
    return Inquiry.objects.create(
        code="HZ-1", conversation=talk(Said("a")), client_id="i", language="vi", summary_vi="Thuê đất",
        summary_en="Land lease", contact_name="Lê Bình", contact_company="Công ty Ánh Dương",
        contact_email="binh@example.com", due_on=date(2026, 11, 24),
    )  # fmt: skip


def test_an_overdue_inquiry_is_seen_and_answered(signed_in: SignIn, inquiry: Inquiry) -> None:
    client = signed_in(Role.OFFICER)
    assert inquiry.due_on < TODAY
    assert "quá hạn" in client.get(reverse("console:inquiries")).content.decode()
    for query, found in (("q=anh+duong", 1), ("q=hz-1", 1), ("q=khac", 0), ("state=closed", 0)):
        page = client.get(f"{reverse('console:inquiries')}?{query}")
        assert len(page.context["inquiries"].object_list) == found, query
    answer = reverse("console:inquiry_answer", args=["HZ-1"])
    client.post(answer, {"text": "Đã gửi công văn.", "state": "answered"})
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.entries.get().text) == ("answered", "Đã gửi công văn.")
    assert "quá hạn" not in client.get(reverse("console:inquiry", args=["HZ-1"])).content.decode()
    client.post(answer, {"text": "", "state": "closed"})
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.entries.count()) == ("closed", 1)
    done = list(Deed.objects.order_by("id").values_list("action", flat=True))
    assert done == ["inquiry_answered", "inquiry_read", "inquiry_state"]


def test_an_answer_sent_twice_is_kept_once(signed_in: SignIn, inquiry: Inquiry) -> None:
    client, answer = signed_in(Role.OFFICER), reverse("console:inquiry_answer", args=["HZ-1"])
    named = client.get(reverse("console:inquiry", args=["HZ-1"])).context["client_id"]
    for _ in range(2):
        client.post(answer, {"text": "Đã gửi công văn.", "state": "answered", "client_id": named})
    assert inquiry.entries.count() == 1
    assert Deed.objects.filter(action="inquiry_answered").count() == 1
    again = client.get(reverse("console:inquiry", args=["HZ-1"])).context["client_id"]
    client.post(answer, {"text": "Đã gửi công văn.", "client_id": again})
    assert inquiry.entries.count() == 2


def test_the_state_is_changed_by_the_gateway(signed_in: SignIn, inquiry: Inquiry) -> None:
    client, answer = signed_in(Role.OFFICER), reverse("console:inquiry_answer", args=["HZ-1"])
    before = inquiry.updated_at
    for _ in range(2):
        client.post(answer, {"text": " ", "state": "in_progress"})
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.updated_at > before) == ("in_progress", True)
    assert Deed.objects.get(action="inquiry_state").details == {"state": "in_progress", "earlier": "received"}


def test_contact_data_is_for_who_handles_inquiries(signed_in: SignIn, inquiry: Inquiry) -> None:
    for role in (Role.REVIEWER, Role.ANALYST):
        client = signed_in(role)
        assert client.get(reverse("console:inquiry", args=["HZ-1"])).status_code == 403
        shown = client.get(reverse("console:conversation", args=[inquiry.conversation_id])).content.decode()
        assert "binh@example.com" not in shown
    assert User.objects.count() == 2
