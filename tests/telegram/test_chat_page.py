"""The pictures of chats show what a reader would otherwise have to guess."""

from __future__ import annotations

from tests.telegram.bot_api import Sent
from tests.telegram.chat_page import Said, page


def test_an_edited_question_shows_its_former_words() -> None:
    drawn = page("HEZA", "bot", [Said("a <b>", 1, 0.0, former="before")], [], [])
    assert "<s>before</s>\na &lt;b&gt;" in drawn
    assert "✎ edited" in drawn


def test_a_place_is_drawn_with_its_name() -> None:
    params = {"title": "Nam Cau Kien", "address": "Coordinates 20.9, 106.6", "latitude": "20.9"}
    drawn = page("HEZA", "bot", [], [], [Sent("sendVenue", 7, 2, params, 0.0)])
    assert "<b>Nam Cau Kien</b>\n<small>Coordinates 20.9, 106.6</small>" in drawn
