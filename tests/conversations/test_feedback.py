"""Thumbs for answers."""

from __future__ import annotations

import pytest

from bot.conversations.models import Feedback
from tests.conversations.conftest import Api


async def test_the_last_opinion_counts_and_is_masked(api: Api) -> None:
    talk = await api.start("en")
    reply = (await talk.say("fee?"))[0]
    assert (await talk.post("feedback", {"message_id": reply["id"], "value": 1})).status_code == 204
    body = {"message_id": reply["id"], "value": -1, "comment": "wrong, call 0912345678"}
    assert (await talk.post("feedback", body)).status_code == 204
    stored = await Feedback.objects.aget()
    assert (stored.pk, stored.value, stored.comment) == (reply["id"], -1, "wrong, call [phone]")


async def test_a_foreign_message_404(api: Api) -> None:
    talk, stranger = await api.start("en"), await api.start("vi")
    reply = (await talk.say("fee?"))[0]
    response = await stranger.post("feedback", {"message_id": reply["id"], "value": 1})
    assert response.status_code == 404
    assert response["Content-Language"] == "vi"


async def test_only_answers_are_rated(api: Api) -> None:
    talk = await api.start("en")
    await talk.say("fee?")
    own = (await talk.history())["messages"][1]
    assert (await talk.post("feedback", {"message_id": own["id"], "value": 1})).status_code == 404


@pytest.mark.parametrize("body", [{}, {"message_id": 1, "value": 0}, {"message_id": "x", "value": 1}, []])
async def test_what_is_not_an_opinion_400(api: Api, body: object) -> None:
    talk = await api.start("en")
    assert (await talk.post("feedback", body)).status_code == 400
