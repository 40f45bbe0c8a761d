"""Export, withdrawal, the register, retention, and links to other channels."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import yaml
from asgiref.sync import sync_to_async
from django.core.management import CommandError, call_command
from django.utils import timezone

from bot.conversations import erasure, links, retention
from bot.conversations.models import (
    AuditLine,
    Channel,
    Consent,
    Conversation,
    Inquiry,
    Link,
    PendingForget,
    PrivacyRequest,
)
from tests.conversations.conftest import Api, Talk
from tests.conversations.test_inquiries import FORM


async def _exported(talk: Talk) -> Any:
    response = await talk.client.get("/api/v1/conversations/current/export", headers=talk.headers)
    assert response.status_code == 200
    return response.json()


async def test_requests_are_registered_with_their_term(api: Api, configure: Any) -> None:
    configure(today=date(2026, 11, 23))
    talk = await api.start("en")
    await _exported(talk)
    await talk.erase()
    entries = [(r.kind, r.due_on, r.done_at is not None) async for r in PrivacyRequest.objects.all()]
    assert entries == [("export", date(2026, 11, 26), True), ("erase", date(2026, 11, 26), True)]


async def test_the_clock_of_a_request_counts_working_days(api: Api, configure: Any) -> None:
    configure(today=date(2026, 11, 20))  # a Friday; the Tuesday after is a holiday
    talk = await api.start("en")

    async def shown(*arguments: str) -> str:
        out = StringIO()
        await sync_to_async(call_command)("privacy_requests", *arguments, stdout=out)
        return out.getvalue()

    assert (await shown("--enter", "erase", talk.id)).endswith("\t2026-11-25\t2 left\n")
    configure(today=date(2026, 11, 27))
    late = await shown("--open")
    assert late.endswith("\tlate by 2\n")
    assert "\tdone " in await shown("--finish", late.split("\t")[0])
    assert await shown("--open") == ""
    for wrong in (
        ("--finish", "999"),
        ("--enter", "erase", str(uuid.uuid4())),
        ("--enter", "other", talk.id),
    ):
        with pytest.raises(CommandError):
            await shown(*wrong)


async def test_withdrawing_removes_the_contact_data(api: Api) -> None:
    talk = await api.start("en")
    await talk.post("inquiries", FORM)
    for _ in range(2):
        response = await api.client.delete("/api/v1/consents/answer_inquiry", headers=talk.headers)
        assert response.status_code == 204
    inquiry = await Inquiry.objects.aget()
    assert (inquiry.contact_name, inquiry.contact_email) == ("", "")
    assert (await Consent.objects.aget()).withdrawn_at is not None
    assert await PrivacyRequest.objects.filter(kind="withdraw").acount() == 1


async def test_retention_previews_reports_and_really_removes(api: Api) -> None:
    old, kept, recent = await api.start("en"), await api.start("en"), await api.start("en")
    await kept.post("inquiries", FORM)
    long_ago = timezone.now() - timedelta(days=400)
    await Conversation.objects.exclude(pk=recent.id).aupdate(updated_at=long_ago)
    await AuditLine.objects.acreate(
        conversation=uuid.uuid4(), action="old", at=timezone.now() - timedelta(days=2000)
    )
    preview = {line.name: line.count for line in await sync_to_async(retention.preview)()}
    assert (preview["conversations"], preview["audit_lines"]) == (1, 1)
    assert await Conversation.objects.acount() == 3
    out = StringIO()
    await sync_to_async(call_command)("retention", stdout=out)
    assert "conversations\t365\t1" in out.getvalue()
    left = {str(conversation.pk) async for conversation in Conversation.objects.all()}
    assert left == {kept.id, recent.id}
    assert [str(pending.pk) async for pending in PendingForget.objects.all()] == [old.id]


async def test_a_closed_inquiry_keeps_its_own_longer_term(api: Api) -> None:
    talk = await api.start("en")
    await talk.post("inquiries", FORM)
    remove = sync_to_async(retention.remove)

    async def days_ago(days: int) -> tuple[int, int]:
        moment = timezone.now() - timedelta(days=days)
        await Inquiry.objects.aupdate(state="closed", updated_at=moment)
        await Conversation.objects.aupdate(updated_at=moment)
        await remove()
        return await Inquiry.objects.acount(), await Conversation.objects.acount()

    assert await days_ago(370) == (1, 1)
    assert (await days_ago(740))[0] == 0
    await remove()
    assert await Conversation.objects.acount() == 0


async def test_who_writes_while_data_is_removed_keeps_the_conversation(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk, other = await api.start("en"), await api.start("en")
    await Conversation.objects.aupdate(updated_at=timezone.now() - timedelta(days=400))
    really = erasure.delete

    def meanwhile(conversation: uuid.UUID) -> None:
        # Listed already, and now both go on.
        Conversation.objects.exclude(pk=conversation).update(updated_at=timezone.now())
        really(conversation)

    monkeypatch.setattr(retention, "delete", meanwhile)
    await sync_to_async(retention.remove)()
    assert await Conversation.objects.filter(pk__in=[talk.id, other.id]).acount() == 1


async def test_every_class_of_the_table_has_its_rows(api: Api) -> None:
    table = yaml.safe_load(retention.TABLE.read_text(encoding="utf-8"))
    assert [line.name for line in await sync_to_async(retention.preview)()] == list(table)


async def test_the_masking_command_shows_what_would_be_stored() -> None:
    out = StringIO()
    await sync_to_async(call_command)("mask", "gọi 0912345678, vốn 5 tỷ đồng", stdout=out)
    assert out.getvalue() == "gọi [phone], vốn 5 tỷ đồng\tphone\n"


async def test_a_link_carries_the_conversation_to_telegram_once(api: Api) -> None:
    talk = await api.start("en")
    await Conversation.objects.acreate(channel="telegram", channel_ref="77")
    made = (await talk.post("links", {})).json()
    assert made["code"] not in str([link.code_hash async for link in Link.objects.all()])
    redeem = sync_to_async(links.redeem)
    assert await redeem("wrong", Channel.TELEGRAM, "77") is None
    assert str(await redeem(made["code"], Channel.TELEGRAM, "77")) == talk.id
    assert await redeem(made["code"], Channel.TELEGRAM, "77") is None
    moved = await Conversation.objects.aget(channel_ref="77")
    assert (str(moved.pk), moved.channel) == (talk.id, "telegram")
    # The page still holds its token: it is the same conversation.
    assert (await talk.say("still here"))[0]["text"] == "re: still here"


async def test_telegram_is_offered_where_there_is_a_bot(api: Api, configure: Callable[..., None]) -> None:
    configure(telegram_bot="")
    talk = await api.start("en")
    assert (await talk.post("links", {})).json()["telegram"] is None
    assert (await talk.history())["channels"] == []
    configure(telegram_bot="heza_bot")
    made = (await talk.post("links", {})).json()
    assert made["telegram"] == f"https://t.me/heza_bot?start=c_{made['code']}"
    assert (await talk.history())["channels"] == ["telegram"]


async def test_and_back_to_the_web(api: Api) -> None:
    chat = await Conversation.objects.acreate(channel="telegram", channel_ref="77")
    code = await sync_to_async(links.make)(chat.pk)
    response = await api.client.post("/api/v1/links/redeem", {"code": code}, content_type="application/json")
    body = response.json()
    assert body["id"] == str(chat.pk)
    history = await api.client.get("/api/v1/messages", headers={"Authorization": f"Bearer {body['token']}"})
    assert history.status_code == 200
    again = await api.client.post("/api/v1/links/redeem", {"code": code}, content_type="application/json")
    assert again.status_code == 404


async def test_a_link_is_short_lived(api: Api) -> None:
    talk = await api.start("en")
    code = (await talk.post("links", {})).json()["code"]
    await Link.objects.aupdate(expires_at=timezone.now() - timedelta(seconds=1))
    assert await sync_to_async(links.redeem)(code, Channel.WEB) is None
