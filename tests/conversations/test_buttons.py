"""Buttons: opaque tokens that hold in their own conversation only."""

from __future__ import annotations

from tests.conversations.conftest import Api, Talk
from tests.conversations.fake_door import FakeDoor, answer

PAYLOAD = '/select_record{"record":"irc_issue","aspect":"fee"}'


async def _asked(api: Api, fake_door: FakeDoor) -> tuple[Talk, dict[str, str]]:
    buttons = [{"title": "Fee", "payload": PAYLOAD}]
    fake_door.answering = lambda body: answer("which?", language="en", buttons=buttons)
    talk = await api.start("en")
    return talk, (await talk.say("irc"))[0]["buttons"][0]


async def test_the_payload_stays_inside(api: Api, fake_door: FakeDoor) -> None:
    talk, button = await _asked(api, fake_door)
    assert button["title"] == "Fee"
    assert "select_record" not in str((await talk.history())["messages"])


async def test_a_pressed_button_reaches_rasa_as_its_payload(api: Api, fake_door: FakeDoor) -> None:
    talk, button = await _asked(api, fake_door)
    assert (await talk.press(button)).status_code == 200
    pressed = fake_door.bodies()[1]
    assert (pressed["payload"], pressed["language"]) == (PAYLOAD, "en")
    assert "text" not in pressed
    assert ("user", "Fee") in await talk.texts()


async def test_a_button_holds_in_its_own_conversation_only(api: Api, fake_door: FakeDoor) -> None:
    _, button = await _asked(api, fake_door)
    stranger = await api.start("vi")
    response = await stranger.press(button)
    assert response.status_code == 404
    assert response.json()["detail"].startswith("Nút này")


async def test_a_rasa_payload_from_outside_is_no_button(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start()
    assert (await talk.send(payload="/restart")).status_code == 404
    assert (await talk.send(payload="x" * 65)).status_code == 400
    assert fake_door.bodies() == []


async def test_the_title_written_as_text_is_understood_as_text(api: Api, fake_door: FakeDoor) -> None:
    talk, _ = await _asked(api, fake_door)
    await talk.say("Fee")
    assert fake_door.bodies()[1]["text"] == "Fee"
