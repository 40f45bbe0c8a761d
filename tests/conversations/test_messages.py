"""The way of a message over the API: answers, repeats, refusals, storage."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.conversations.models import Message
from tests.conversations.conftest import Api
from tests.conversations.fake_door import FakeDoor, answer


async def test_a_question_is_answered_and_kept(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    response = await talk.send("How long does an IRC take?")
    body = response.json()
    assert body["mode"] == "bot"
    assert [(m["author"], m["text"]) for m in body["messages"]] == [
        ("assistant", "re: How long does an IRC take?")
    ]
    assert body["messages"][0]["author_name"] == "Automated assistant"
    assert (await talk.texts())[1:] == [
        ("user", "How long does an IRC take?"),
        ("assistant", "re: How long does an IRC take?"),
    ]
    asked = fake_door.bodies()[0]
    assert (asked["sender"], asked["language"]) == (talk.id, "en")


async def test_understood_and_time_are_stored_with_the_question(api: Api) -> None:
    talk = await api.start("en")
    await talk.say("hello")
    stored = await Message.objects.aget(author="user")
    assert stored.understood is not None
    assert stored.understood["intent"]["name"] == "ask_procedure"
    assert stored.milliseconds is not None
    assert stored.progress == "done"


async def test_the_question_is_stored_before_rasa_is_asked(api: Api, fake_door: FakeDoor) -> None:
    seen: list[tuple[str, str]] = []

    def look(body: dict[str, Any]) -> dict[str, Any]:
        seen.extend(Message.objects.filter(author="user").values_list("text", "progress"))
        return answer("ok")

    fake_door.answering = look
    talk = await api.start()
    await talk.say("stored?")
    assert seen == [("stored?", "ask")]


async def test_a_repeat_gives_the_same_answer_and_asks_once(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start()
    first = (await talk.send("once", client_id="c1")).json()
    again = (await talk.send("once", client_id="c1")).json()
    assert first == again
    assert len(fake_door.bodies()) == 1


async def test_client_ids_count_within_their_conversation_only(api: Api, fake_door: FakeDoor) -> None:
    one, other = await api.start(), await api.start()
    await one.send("from one", client_id="c1")
    assert (await other.send("from other", client_id="c1")).json()["messages"][0]["text"] == "re: from other"


async def test_history_after_a_message(api: Api) -> None:
    talk = await api.start()
    first = (await talk.say("first"))[0]
    await talk.say("second")
    texts = [message["text"] for message in (await talk.history(first["id"]))["messages"]]
    assert texts == ["second", "re: second"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic abc", "Bearer " + "A" * 64])
async def test_without_a_valid_token_401(api: Api, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for method, path in (("get", "messages"), ("post", "messages"), ("delete", "conversations/current")):
        response = await getattr(api.client, method)(f"/api/v1/{path}", headers=headers)
        assert response.status_code == 401, path
        assert response["Content-Type"] == "application/problem+json"


async def test_problem_before_a_conversation_speaks_the_browsers_language(api: Api) -> None:
    vietnamese = await api.client.get("/api/v1/messages")
    english = await api.client.get("/api/v1/messages", headers={"Accept-Language": "en-GB,vi;q=0.5"})
    assert "phiên" in vietnamese.json()["detail"]
    assert "session token" in english.json()["detail"]


@pytest.mark.parametrize(("language", "words"), [("vi", "ký tự"), ("en", "characters")])
async def test_over_a_thousand_characters_413(api: Api, language: str, words: str) -> None:
    talk = await api.start(language)
    assert (await talk.send("ả" * 1000)).status_code == 200
    response = await talk.send("ả" * 1001)
    assert response.status_code == 413
    assert words in response.json()["detail"]
    assert "1001" in response.json()["detail"]


async def test_a_body_beyond_all_measure_413(api: Api) -> None:
    talk = await api.start("en")
    assert (await talk.send("x" * 1_200_000)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        {"client_id": "a", "text": ""},
        {"client_id": "a", "text": " \u00a0\u200b\n "},
        {"client_id": "a", "text": " / "},
        {"client_id": "a"},
        {"client_id": "", "text": "x"},
        {"text": "x"},
        {"client_id": "a", "text": "x", "payload": "y"},
        {"client_id": "a", "text": 5},
        {"client_id": "a", "text": None},
        {"client_id": "a b", "text": "x"},
        {"client_id": "a", "text": "x", "mode": "human"},
        ["x"],
        "x",
        None,
    ],
)
async def test_what_is_not_a_message_400(api: Api, body: object) -> None:
    talk = await api.start("vi")
    response = await talk.post("messages", body)
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == "vi"


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b'{"client_id": "a", "text": "\\ud800"}'])
async def test_not_json_400_in_the_conversations_language(api: Api, raw: bytes) -> None:
    talk = await api.start("en")
    response = await talk.post("messages", None, raw)
    assert response.status_code == 400, response.content
    assert response["Content-Language"] == "en"


async def test_rate_limit_429_with_retry_after(api: Api, configure: Any) -> None:
    configure(rate_limit_per_minute=3)
    talk = await api.start("vi")
    for number in range(3):
        assert (await talk.send(f"{number}", client_id=f"c{number}")).status_code == 200
    response = await talk.send("one too many")
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert response["Retry-After"] in response.json()["detail"]
    # A repeat is not a new message.
    assert (await talk.send("0", client_id="c0")).status_code == 200


async def test_text_can_never_be_a_payload(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start()
    for before in ("", "  ", "\u00a0", "\x1f", "\u200b/", "\ufeff"):
        await talk.say(f"{before}/restart")
    assert [body["text"] for body in fake_door.bodies()] == ["restart"] * 6
    assert not any("payload" in body for body in fake_door.bodies())


async def test_personal_data_reaches_neither_table_nor_rasa(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    replies = await talk.say("My phone is 0912 345 678, mail a.b@example.com, invest 1.500.000.000 đồng")
    said = fake_door.bodies()[0]["text"]
    assert said == "My phone is [phone], mail [email], invest 1.500.000.000 đồng"
    assert (await Message.objects.aget(author="user")).text == said
    assert [reply["author"] for reply in replies] == ["system", "assistant"]
    assert "masked" in replies[0]["text"]
    # Told once a conversation.
    assert [reply["author"] for reply in await talk.say("again 0912 345 678")] == ["assistant"]


async def test_unicode_is_composed(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start()
    await talk.say("phi\u0301 bao nhie\u0302u")
    assert fake_door.bodies()[0]["text"] == "phí bao nhiêu"


async def test_language_follows_the_last_answer(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start(None)
    fake_door.answering = lambda body: answer("hi", language="en")
    reply = (await talk.say("fees please"))[0]
    assert reply["language"] == "en"
    await talk.say("200 ha")
    assert [body["language"] for body in fake_door.bodies()] == [None, "en"]
    assert (await talk.send("")).json()["detail"].startswith("The message is empty")


async def test_an_empty_answer_is_never_silence(api: Api, fake_door: FakeDoor) -> None:
    fake_door.answering = lambda body: {"messages": [], "understood": {"language": "en"}}
    talk = await api.start("en")
    reply = (await talk.say("?"))[0]
    assert (reply["author"], reply["text"][:10]) == ("assistant", "I am sorry")
    assert [button["title"] for button in reply["buttons"]] == ["Talk to a person"]


async def test_log_lines_carry_the_conversation_but_no_text(
    api: Api, fake_door: FakeDoor, caplog: pytest.LogCaptureFixture
) -> None:
    fake_door.status = 500
    talk = await api.start()
    await talk.say("my secret plan")
    assert talk.id in caplog.text
    assert "secret" not in caplog.text


async def test_the_schema_names_every_call(api: Api) -> None:
    paths = json.loads((await api.client.get("/api/schema")).content)["paths"]
    ours = {"/api/v1/conversations", "/api/v1/messages", "/api/v1/feedback", "/api/v1/conversations/current"}
    assert ours <= set(paths)
