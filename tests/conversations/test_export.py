"""The export holds everything that is about the person, of every room, and nothing of others."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import ForeignKey, Model

from bot.console.models import Case, Judgement, Label, Note, TrainingExample
from bot.conversations import handoff, privacy
from bot.conversations.models import Channel, Conversation, Message
from tests.conversations.conftest import Api
from tests.conversations.test_inquiries import FORM
from tests.conversations.test_privacy import _exported

# Where each table that belongs to a conversation stands in the export.
EXPORTED = {
    "conversations.Conversation": "conversation",
    "conversations.Message": "messages",
    "conversations.Feedback": "feedback",
    "conversations.Delivery": "deliveries",
    "conversations.Consent": "consents",
    "conversations.Inquiry": "inquiries",
    "conversations.InquiryEntry": "inquiries",
    "conversations.PrivacyRequest": "requests",
    "conversations.AuditLine": "log",
    "console.Note": "staff_notes",
    "console.Judgement": "judgements",
    "console.TrainingExample": "training_examples",
    "console.Case": "case",
}
LEFT_OUT = {
    "conversations.ButtonToken": "the buttons stand in the messages",
    "conversations.Link": "the hash of a code that is void after ten minutes",
    "conversations.PendingForget": "only what is being erased",
    "console.Case_labels": "the labels stand in the case",
    "console.Turn": "a copy of the messages, to search in",
    "console.SearchText": "a copy of the messages, to search in",
    "console.Utterance": "a copy of the messages, to learn from",
    "console.Reservation": "which officer is looking at an answer at this moment",
    "telegram.Note": "a sentence on its way to the chat, gone when it has arrived",
    "telegram.Chat": "how far the chat has been told; its number stands in the conversation",
}


def _belonging() -> Iterator[type[Model]]:
    """Every table with a way to a conversation: by keys, or by its bare id."""
    found: set[type[Model]] = {Conversation}
    models = apps.get_models(include_auto_created=True)
    grown = True
    while grown:
        more = {model for model in models if _leads_to(model, found)} - found
        found |= more
        grown = bool(more)
    yield from found


def _leads_to(model: type[Model], found: set[type[Model]]) -> bool:
    keys = [field for field in model._meta.fields if isinstance(field, ForeignKey)]
    bare = any(field.name == "conversation" for field in model._meta.fields)
    return bare or any(key.related_model in found for key in keys)


def test_every_table_about_a_conversation_is_exported_or_left_out_for_a_reason() -> None:
    assert {model._meta.label for model in _belonging()} == {*EXPORTED, *LEFT_OUT}


async def test_the_export_holds_everything_and_nothing_of_others(api: Api) -> None:
    talk, other = await api.start("vi"), await api.start("vi")
    reply = (await talk.say("câu của tôi"))[0]
    await other.say("câu của người khác")
    await talk.post("feedback", {"message_id": reply["id"], "value": 1})
    await talk.post("inquiries", FORM)
    await _exported(talk)
    await sync_to_async(_of_staff)(uuid.UUID(talk.id))
    data = await _exported(talk)
    assert [name for name in EXPORTED.values() if not data[name]] == []
    assert [message["text"] for message in data["messages"]][1:3] == ["câu của tôi", "re: câu của tôi"]
    assert data["feedback"][0]["value"] == 1
    assert data["inquiries"][0]["contact_email"] == "kim@example.kr"
    assert data["consents"][0]["purpose"] == "answer_inquiry"
    assert (data["conversation"]["chat"], data["conversation"]["handoff_reason"]) == ("77", "staff")
    assert data["staff_notes"][0]["text"] == "gọi lại sau"
    assert data["judgements"][0]["remark"] == "thiếu nguồn"
    assert (data["training_examples"][0]["text"], data["case"]["labels"]) == ("câu của tôi", ["gấp"])
    assert "waiting" in {line["action"] for line in data["log"]}
    assert {"message_id", "state"} <= set(data["deliveries"][0])
    assert "người khác" not in str(data)


def _of_staff(conversation: uuid.UUID) -> None:
    """What staff leave with a conversation."""
    staff = User.objects.create_superuser("officer")
    handoff.call(conversation, staff)
    Conversation.objects.filter(pk=conversation).update(channel=Channel.TELEGRAM, channel_ref="77")
    question = Message.objects.get(conversation=conversation, author="user")
    Note.objects.create(conversation_id=conversation, text="gọi lại sau", by=staff)
    Judgement.objects.create(message=question, verdict="wrong_record", remark="thiếu nguồn", by=staff)
    TrainingExample.objects.create(
        text=question.text, language="vi", intent="greet", source=question, proposed_by=staff
    )
    case, _ = Case.objects.get_or_create(conversation_id=conversation)
    case.labels.add(Label.objects.create(name="gấp"))


@pytest.mark.django_db
def test_what_is_asked_by_letter_needs_a_conversation_that_is_there() -> None:
    with pytest.raises(LookupError):
        privacy.held_on(uuid.uuid4())
