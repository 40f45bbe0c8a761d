"""Formal inquiries: draft, consent, receipt, look-up, few tries, additions."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from bot.conversations import inquiries
from bot.conversations.models import (
    AuditLine,
    Consent,
    Conversation,
    Delivery,
    Inquiry,
    InquiryState,
    LookupTry,
)
from bot.registry.models import Record
from tests.conversations.conftest import Api, Json, Talk
from tests.conversations.fake_door import FakeDoor, answer

FORM: Json = {
    "client_id": "f1",
    "summary": {"vi": "Hỏi về IRC", "en": "About the IRC\ncall 0912345678"},
    "contact": {"name": "Kim Lee", "email": "kim@example.kr"},
    "consents": ["answer_inquiry"],
    "text_version": "2026-11",
}


async def _sent(talk: Talk, **changes: object) -> Any:
    return await talk.post("inquiries", {**FORM, **changes})


async def test_the_draft_tells_in_both_languages_what_was_asked(api: Api, fake_door: FakeDoor) -> None:
    await Record.objects.acreate(id="irc", kind="procedure", name_vi="Cấp GCN", name_en="Issue of an IRC")
    asked = answer("20 days", language="en")
    asked["understood"]["decision"] = {"record": "irc"}
    fake_door.answering = lambda body: asked
    talk = await api.start("en")
    await talk.say("How long does it take?")
    response = await api.client.get("/api/v1/inquiries/draft", headers=talk.headers)
    body = response.json()
    assert "- How long does it take?" in body["summary"]["vi"]
    assert "- Cấp GCN" in body["summary"]["vi"]
    assert "- Issue of an IRC" in body["summary"]["en"]
    assert [(c["purpose"], c["required"]) for c in body["consents"]] == [
        ("answer_inquiry", True),
        ("follow_up", False),
    ]


async def test_sent_with_receipt_and_due_date_in_working_days(api: Api, configure: Any) -> None:
    configure(today=date(2026, 11, 20))
    talk = await api.start("en")
    response = await _sent(talk)
    body = response.json()
    assert response.status_code == 201
    assert body["due_on"] == "2026-11-30"  # a holiday and a weekend lie between
    assert "by 30 November 2026" in body["text"]
    assert body["code"].startswith("HZ-261120-")
    stored = await Inquiry.objects.aget()
    assert (stored.contact_email, stored.summary_en) == ("kim@example.kr", "About the IRC\ncall [phone]")
    assert body["pin"] not in stored.pin_hash
    told = (await talk.texts())[-1][1]
    assert body["code"] in told
    assert body["pin"] not in told
    consent = await Consent.objects.aget()
    assert (consent.purpose, consent.text_version, consent.channel, consent.language) == (
        "answer_inquiry",
        "2026-11",
        "web",
        "en",
    )


async def test_the_same_form_again_is_the_same_inquiry(api: Api) -> None:
    talk = await api.start("en")
    first, again = (await _sent(talk)).json(), (await _sent(talk)).json()
    assert again["code"] == first["code"]
    assert again["pin"] is None
    assert await Inquiry.objects.acount() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"consents": ["follow_up"]}, "consent"),
        ({"contact": {"name": "Kim"}}, "way to reach"),
        ({"contact": {"name": " ", "email": "a@example.com"}}, "name"),
        ({"summary": {"vi": " ", "en": "x"}}, "empty"),
        ({"contact": {"name": "Kim", "email": "no address"}}, "email"),
        ({"text_version": "2020-01"}, "text_version"),
        ({"consents": ["marketing"]}, ""),
    ],
)
async def test_what_is_missing_is_named(api: Api, changes: Json, words: str) -> None:
    talk = await api.start("en")
    response = await _sent(talk, **changes)
    assert response.status_code == 400
    assert words in response.json()["detail"]
    assert await Inquiry.objects.acount() == 0


async def test_never_on_telegram(api: Api) -> None:
    talk = await api.start("vi")
    await Conversation.objects.aupdate(channel="telegram", channel_ref="77")
    response = await _sent(talk)
    assert response.status_code == 409
    assert "trang web" in response.json()["detail"]


async def test_looked_up_and_added_to_by_code_and_pin(api: Api) -> None:
    receipt = (await _sent(await api.start("en"))).json()
    other = await api.start("en")
    both = {"code": receipt["code"].lower(), "pin": receipt["pin"]}
    found = (await other.post("inquiries/lookup", both)).json()
    assert (found["state"], found["entries"]) == ("received", [])
    assert "contact" not in json.dumps(found)
    added = (await other.post("inquiries/entries", {**both, "text": "One more page\nhere"})).json()
    assert [entry["text"] for entry in added["entries"]] == ["One more page\nhere"]
    inquiry = await Inquiry.objects.aget()
    officer = await sync_to_async(User.objects.create_superuser)("officer")
    await sync_to_async(inquiries.answer)(inquiry.pk, "Done.", officer, InquiryState.ANSWERED)
    found = (await other.post("inquiries/lookup", both)).json()
    assert (found["state"], found["entries"][1]["by_staff"]) == ("answered", True)


async def test_five_wrong_tries_and_no_more(api: Api) -> None:
    receipt = (await _sent(await api.start("en"))).json()
    stranger = await api.start("en")
    for number in range(5):
        body = {"code": receipt["code"], "pin": f"x{number}"}
        assert (await stranger.post("inquiries/lookup", body)).status_code == 404
    right = {"code": receipt["code"], "pin": receipt["pin"]}
    response = await stranger.post("inquiries/lookup", right)
    assert response.status_code == 429
    assert 3500 <= int(response["Retry-After"]) <= 3601
    # Neither the code nor the asker stands in the counts.
    keys = [each.key async for each in LookupTry.objects.all()]
    assert not any(receipt["code"] in key or stranger.id in key for key in keys)


async def test_tries_at_the_same_moment_are_all_counted(api: Api) -> None:
    receipt = (await _sent(await api.start("en"))).json()
    strangers = [await api.start("en") for _ in range(8)]
    wrong = {"code": receipt["code"], "pin": "x"}
    answered = await asyncio.gather(*(each.post("inquiries/lookup", wrong) for each in strangers))
    assert sorted(response.status_code for response in answered) == [404] * 5 + [429] * 3


async def test_the_right_pin_does_not_count(api: Api) -> None:
    talk = await api.start("en")
    receipt = (await _sent(talk)).json()
    right = {"code": receipt["code"], "pin": receipt["pin"]}
    for _ in range(6):
        assert (await talk.post("inquiries/lookup", right)).status_code == 200
    assert not await LookupTry.objects.aexists()


async def test_consent_to_a_newer_text_is_recorded(api: Api) -> None:
    talk = await api.start("en")
    await _sent(talk)
    await _sent(talk, client_id="f2")
    assert await Consent.objects.acount() == 1
    await Consent.objects.aupdate(text_version="2020-01")
    await _sent(talk, client_id="f3")
    lines = [(line.text_version, line.withdrawn_at is None) async for line in Consent.objects.all()]
    assert lines == [("2020-01", False), ("2026-11", True)]


async def test_the_investor_is_told_of_an_answer_and_the_log_has_it(api: Api) -> None:
    talk = await api.start("en")
    code = (await _sent(talk)).json()["code"]
    inquiry = await Inquiry.objects.aget()
    officer = await sync_to_async(User.objects.create_superuser)("officer")
    clerk = await sync_to_async(User.objects.create_user)("clerk")
    with pytest.raises(PermissionDenied):
        await sync_to_async(inquiries.answer)(inquiry.pk, "Done.", clerk)
    await sync_to_async(inquiries.answer)(inquiry.pk, "The secret answer.", officer, InquiryState.ANSWERED)
    author, told = (await talk.texts())[-1]
    assert (author, code in told, "secret" in told) == ("system", True, False)
    assert await Delivery.objects.filter(message__text=told).aexists()
    line = await AuditLine.objects.aget(action="inquiry_answered")
    assert (line.staff_id, line.details) == (officer.pk, {"code": code, "state": "answered"})
