"""First words: what they must tell, in whose language, and the examples to press."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import sync_to_async

from bot.conversations import welcome
from tests.conversations.conftest import Api
from tests.conversations.fake_door import FakeDoor

TOLD = {
    "vi": (
        "trợ lý tự động",
        "Ban Quản lý Khu kinh tế Hải Phòng",
        "tham khảo",
        "chưa được",
        "gặp cán bộ",
        "/privacy",
    ),
    "en": (
        "automated assistant",
        "Economic Zone Authority",
        "for reference",
        "not yet",
        "talk to a person",
        "/privacy",
    ),
}


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_the_first_words_tell_all_they_must(api: Api, language: str) -> None:
    (welcome,) = (await api.start(language)).welcome
    assert all(words in welcome["text"] for words in TOLD[language])
    other = "en" if language == "vi" else "vi"
    assert TOLD[other][0] not in welcome["text"]
    assert (welcome["author"], welcome["language"]) == ("assistant", language)
    assert 3 <= len(welcome["buttons"]) <= 4


async def test_without_a_language_both_are_greeted(api: Api) -> None:
    (welcome,) = (await api.start(None)).welcome
    assert all(words in welcome["text"] for language in TOLD for words in TOLD[language])
    assert welcome["language"] is None
    titles = [button["title"] for button in welcome["buttons"]]
    assert any("giấy" in title for title in titles)
    assert any("How long" in title for title in titles)


@pytest.mark.parametrize(("hint", "known"), [("vi", "giấy"), ("en", "How long")])
async def test_the_examples_follow_the_app(api: Api, hint: str, known: str) -> None:
    started = await sync_to_async(welcome.start)(platform_language=hint)
    (words,) = started.messages
    assert all(each in words.text for language in TOLD for each in TOLD[language])
    titles = [button["title"] for button in words.buttons]
    assert len(titles) == 4
    assert known in titles[0]
    assert all(title.isascii() is (hint == "en") for title in titles)


async def test_an_example_is_asked_as_free_text(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    button = talk.welcome[0]["buttons"][0]
    response = await talk.press(button)
    assert response.status_code == 200
    assert fake_door.bodies()[0]["text"] == button["title"]
    assert (await talk.texts())[1] == ("user", button["title"])


async def test_the_emergency_notice_stands_first(api: Api, configure: Any) -> None:
    configure(notice_vi="Nghỉ bão", notice_en="Closed for the storm")
    for language, text in (
        ("vi", "Nghỉ bão"),
        ("en", "Closed for the storm"),
        (None, "Nghỉ bão\n\nClosed for the storm"),
    ):
        messages = (await api.start(language)).welcome
        assert [message["author"] for message in messages] == ["system", "assistant"]
        assert (messages[0]["text"], messages[0]["language"]) == (text, language)


@pytest.mark.parametrize("language", ["vi", "en", None])
async def test_a_notice_in_one_language_says_which(api: Api, configure: Any, language: str | None) -> None:
    configure(notice_vi="Nghỉ bão")
    notice = (await api.start(language)).welcome[0]
    assert (notice["text"], notice["language"]) == ("Nghỉ bão", "vi")


async def test_a_conversation_that_goes_on_is_told_once(api: Api, configure: Any) -> None:
    talk = await api.start("en")
    await talk.say("before")
    configure(notice_vi="Nghỉ bão", notice_en="Closed for the storm")
    assert [message["text"] for message in await talk.say("a")] == ["Closed for the storm", "re: a"]
    assert [message["text"] for message in await talk.say("b")] == ["re: b"]
    fresh = await api.start(None)
    assert [message["text"] for message in await fresh.say("c")] == ["re: c"]


@pytest.mark.parametrize("body", ['{"language": "fr"}', "[]", "{", '{"languages": "vi"}'])
async def test_a_language_we_do_not_speak_400(api: Api, body: str) -> None:
    response = await api.client.post("/api/v1/conversations", body, content_type="application/json")
    assert response.status_code == 400


async def test_the_browsers_language_is_the_first_hint(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start(None, **{"Accept-Language": "en-US,en"})
    await talk.say("ok")
    assert fake_door.bodies()[0]["language"] == "en"
