"""Requests by letter: entered, carried out, finished."""

from __future__ import annotations

import json
import stat
import uuid
from io import StringIO
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.core.management import CommandError, call_command
from django.db import connections

from bot.conversations import register
from bot.conversations.models import Consent, Conversation, Inquiry, PrivacyRequest
from bot.conversations.register import Kind, NotHere
from tests.conversations.conftest import Api
from tests.conversations.fake_door import FakeDoor
from tests.conversations.test_inquiries import FORM


async def _command(*arguments: str) -> str:
    out = StringIO()

    def call() -> None:
        try:
            call_command("privacy_requests", *arguments, stdout=out)
        finally:
            # Of the thread in which it ran.
            connections.close_all()

    await sync_to_async(call, thread_sensitive=False)()
    return out.getvalue()


async def _entered(kind: Kind, conversation: str) -> str:
    row = await sync_to_async(register.enter)(kind, uuid.UUID(conversation))
    return str(row.pk)


async def test_erasing_by_letter_erases_and_leaves_one_line(api: Api, fake_door: FakeDoor) -> None:
    talk = await api.start("en")
    await talk.say("platypus")
    number = await _entered(Kind.ERASE, talk.id)
    assert "\tletter\t" in await _command("--carry-out", number)
    assert not await Conversation.objects.aexists()
    assert fake_door.bodies("forget") == [{"sender": talk.id}]
    request = await PrivacyRequest.objects.aget()
    assert (str(request.pk), request.done_at is not None) == (number, True)


async def test_an_export_by_letter_is_a_file_for_one_reader(api: Api, tmp_path: Path) -> None:
    talk = await api.start("en")
    await talk.say("platypus")
    number, file = await _entered(Kind.EXPORT, talk.id), tmp_path / "data.json"
    await _command("--carry-out", number, "--to", str(file))
    assert "platypus" in json.dumps(json.loads(file.read_text(encoding="utf-8")))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    # Nothing is overwritten, and nothing is done twice.
    again = await _entered(Kind.EXPORT, talk.id)
    for arguments in (("--carry-out", again, "--to", str(file)), ("--carry-out", number)):
        with pytest.raises(CommandError):
            await _command(*arguments)
    assert await PrivacyRequest.objects.filter(done_at=None).acount() == 1


async def test_withdrawing_by_letter_takes_every_consent(api: Api) -> None:
    talk = await api.start("en")
    await talk.post("inquiries", {**FORM, "consents": ["answer_inquiry", "follow_up"]})
    await _command("--carry-out", await _entered(Kind.WITHDRAW, talk.id))
    assert not await Consent.objects.filter(withdrawn_at=None).aexists()
    assert (await Inquiry.objects.aget()).contact_email == ""
    assert await PrivacyRequest.objects.acount() == 1


@pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.OBJECTION])
async def test_what_only_people_can_do_is_entered_and_finished(api: Api, kind: Kind) -> None:
    talk = await api.start("en")
    number = await _entered(kind, talk.id)
    with pytest.raises(NotHere):
        await register.carry_out(int(number))
    with pytest.raises(CommandError, match="only people"):
        await _command("--carry-out", number)
    assert "\tdone " in await _command("--finish", number)


async def test_a_requester_without_a_conversation_has_a_reference(api: Api) -> None:
    shown = await _command("--enter", "erase", "--reference", "CV 123/2026")
    assert shown.endswith("\tCV 123/2026\n")
    number = shown.split("\t")[0]
    with pytest.raises(CommandError):
        await _command("--enter", "erase")
    with pytest.raises(CommandError, match="only people"):
        await _command("--carry-out", number)
    await _command("--finish", number)
    assert await _command("--open") == ""


async def test_the_conversation_may_be_gone(api: Api) -> None:
    talk = await api.start("en")
    erase, export = await _entered(Kind.ERASE, talk.id), await _entered(Kind.EXPORT, talk.id)
    await talk.erase()
    await _command("--carry-out", erase)
    with pytest.raises(CommandError, match="no conversation"):
        await _command("--carry-out", export, "--to", "/nonexistent/file.json")
