from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from bot.conversations import links, welcome
from bot.conversations.models import Channel, Conversation, Delivery, Message
from bot.web.chat import COOKIE
from tests.conversations.fake_door import Body, FakeDoor, answer

pytestmark = pytest.mark.django_db(transaction=True)
ATTACK = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDoor]:
    made = FakeDoor(settings.HEZA.secret)
    monkeypatch.setenv("HEZA_RASA_URL", made.url)
    monkeypatch.setattr(
        settings, "HEZA", replace(settings.HEZA, rate_limit_per_minute=0, notice_vi="", notice_en="")
    )
    made.open()
    yield made
    made.shut()


def _page(client: Client, **fields: str) -> str:
    response = client.post("/chat", fields, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_looking_at_the_page_starts_no_conversation(client: Client) -> None:
    page = client.get("/chat?language=en&ask=What+is+the+fee").content.decode()
    assert "automated program (AI)" in page
    assert "What is the fee</textarea>" in page
    assert not Conversation.objects.exists()


def test_a_question_is_answered_on_the_page(client: Client) -> None:
    page = _page(client, text="Lệ phí bao nhiêu?", client_id="a")
    assert "Lệ phí bao nhiêu?" in page
    assert "re: Lệ phí bao nhiêu?" in page
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/chat"


def test_the_same_form_twice_is_one_question(client: Client) -> None:
    _page(client, text="Lệ phí?", client_id="a")
    page = _page(client, text="Lệ phí?", client_id="a")
    assert page.count("re: Lệ phí?") == 1


def test_a_button_is_pressed_by_its_token(client: Client, door: FakeDoor) -> None:
    door.answering = lambda body: answer("Chọn", buttons=[{"title": "Hồ sơ", "payload": "/select_record"}])
    page = _page(client, text="x", client_id="a")
    token = re.findall(r'name="button" value="([^"]+)"', page)[0]
    _page(client, button=token, client_id="b")
    assert door.bodies()[-1]["payload"] == "/select_record"


def test_a_refusal_is_shown_and_the_words_are_kept(client: Client) -> None:
    response = client.post("/chat", {"text": "x" * 1001, "client_id": "a"})
    assert response.status_code == 413
    page = response.content.decode()
    assert 'role="alert"' in page
    assert "x" * 1001 in page


def test_nothing_that_is_said_becomes_html(client: Client, door: FakeDoor) -> None:
    def attack(body: Body) -> Body:
        source = {
            "record": "x",
            "title": ATTACK,
            "article": ATTACK,
            "url": "javascript:alert(1)",
            "as_of": "2026",
        }
        card = {"type": "card", "title": ATTACK, "rows": [{"label": ATTACK, "value": ATTACK}]}
        table = {"type": "table", "columns": [ATTACK], "rows": [[ATTACK]]}
        file = {"type": "file", "title": ATTACK, "url": "javascript:alert(1)"}
        return answer(
            f"{ATTACK} [x](javascript:alert(1))",
            buttons=[{"title": ATTACK, "payload": "/x"}],
            blocks=[card, table, file],
            sources=[{**source, "status": "cited"}],
        )

    door.answering = attack
    page = _page(client, text=ATTACK, client_id="a")
    assert ATTACK not in page
    assert "javascript:" not in page
    assert page.count("&lt;script&gt;") >= 8


def test_erasing_leaves_nothing(client: Client) -> None:
    _page(client, text="Lệ phí?", client_id="a")
    page = _page(client, deed="erase")
    assert "Lệ phí?" not in page
    assert not Message.objects.exists()
    assert not client.cookies[COOKIE].value


def test_a_forged_or_old_cookie_begins_anew(client: Client) -> None:
    client.cookies[COOKIE] = "forged"
    assert "re: Chào" in _page(client, text="Chào", client_id="a")
    Conversation.objects.all().delete()
    assert "re: Chào" in _page(client, text="Chào", client_id="b")


def test_a_form_of_another_site_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/chat", {"text": "x"}).status_code == 403


def _carried(question: str) -> tuple[str, Conversation]:
    """The code of a link to a conversation held in Telegram."""
    held = welcome.start(Channel.TELEGRAM, "77", "vi").conversation
    talk = Conversation.objects.get(pk=held)
    Message.objects.create(conversation=talk, author="user", text=question)
    return links.make(held), talk


def test_a_link_from_telegram_is_followed_by_a_button_not_by_looking(client: Client) -> None:
    code, talk = _carried("Lệ phí?")
    offered = client.get(f"/chat?language=vi&link={code}").content.decode()
    assert f'name="link" value="{code}"' in offered
    assert "<heza-chat" in offered
    talk.refresh_from_db()
    assert talk.channel == "telegram"
    response = client.post("/chat", {"deed": "continue", "link": code}, follow=True)
    assert response.redirect_chain == [("/chat#newest", 302)]
    page = response.content.decode()
    assert "Lệ phí?" in page
    assert "<heza-chat" not in page
    talk.refresh_from_db()
    assert (talk.channel, talk.channel_ref) == ("web", "")


def test_what_the_page_has_shown_is_not_sent_again(client: Client) -> None:
    _page(client, text="Lệ phí?", client_id="a")
    talk = Conversation.objects.get()
    reply = Message.objects.create(conversation=talk, author="staff", text="Chào bạn")
    delivery = Delivery.objects.create(message=reply, conversation=talk, channel="web")
    assert "Chào bạn" in client.get("/chat").content.decode()
    delivery.refresh_from_db()
    assert delivery.state == "sent"


def test_a_link_that_was_used_says_so_and_leaves_the_talk(client: Client) -> None:
    _page(client, text="của tôi", client_id="a")
    response = client.post("/chat?language=en", {"deed": "continue", "link": "used"})
    assert response.status_code == 404
    page = response.content.decode()
    assert "This link is no longer valid" in page
    assert "re: của tôi" in page
