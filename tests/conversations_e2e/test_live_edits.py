"""What the office publishes is in the next answer; what it only drafts is not."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bot.launch.client import Conversation, Message
from tests.conversations_e2e.office import Office
from tests.stack import Stack
from tests.waiting import wait_until

# From "published" to "found", for what the assistant finds records by.
FOUND_SECONDS = 5.0


@pytest.fixture(scope="module")
def office(stack: Stack) -> Iterator[Office]:
    with Office(stack) as office:
        yield office


def test_a_fee_changed_and_published_is_in_the_next_answer(stack: Stack, office: Office) -> None:
    with stack.conversation() as conversation:
        assert "450,000" in _text(conversation.say("what is the fee for a work permit"))
        office.draft("work_permit", fee__variants__1__vnd="460000")
        assert "450,000" in _text(conversation.say("what is the fee for a work permit"))
        office.publish("work_permit")
        changed = _text(conversation.say("what is the fee for a work permit"))
        assert "VND 460,000" in changed
        assert "460.000 đồng" in _text(conversation.say("lệ phí cấp giấy phép lao động bao nhiêu"))
        office.publish("work_permit", fee__variants__1__vnd="450000")
        assert "VND 460,000" not in _text(conversation.say("what is the fee for a work permit"))


def test_a_new_question_is_found_within_seconds(stack: Stack, office: Office) -> None:
    asked = {
        "vi": "Ban Quản lý có bãi đỗ xe buýt hai tầng không?",
        "en": "Is there a double-decker bus park?",
    }
    fields = {
        "topic": "general",
        "name.vi": asked["vi"],
        "name.en": asked["en"],
        "answer.vi": "Có, bãi số 7 mở cửa lúc 7 giờ 45.",
        "answer.en": "Yes, park number 7 opens at 7:45.",
        "citations.0.kind": "official",
        "citations.0.title.vi": "Thông báo về bãi đỗ xe buýt",
        "citations.0.title.en": "Notice on the bus park",
        "as_of": "2026-11-20",
        "confidence": "high",
    }
    office.add("faq", "faq-bus-park", fields)
    with stack.conversation() as conversation:
        for language, shown in (("vi", "bãi số 7"), ("en", "park number 7")):
            _found(conversation, asked[language], "faq-bus-park", shown)


def test_a_new_alias_is_found_within_seconds(stack: Stack, office: Office) -> None:
    with stack.conversation() as conversation:
        before = conversation.say("diện tích khu Sao Biển Xanh")
        assert "ip-nam-cau-kien" not in _records(before)
        aliases = office.value("ip-nam-cau-kien", "aliases")
        office.publish("ip-nam-cau-kien", aliases=f"{aliases}\nSao Biển Xanh")
        _found(conversation, "diện tích khu Sao Biển Xanh", "ip-nam-cau-kien", "263,47")
        _found(conversation, "how large is Sao Bien Xanh", "ip-nam-cau-kien", "263.47")


def _found(conversation: Conversation, text: str, record: str, shown: str) -> None:
    """The question leads to the record within the time, in one of a few tries."""
    begun, answers = time.monotonic(), []

    def found() -> bool:
        answers.append(conversation.say(text))
        return record in _records(answers[-1]) and shown in _text(answers[-1])

    assert wait_until(found, FOUND_SECONDS), f"after {time.monotonic() - begun:.1f} s: {_text(answers[-1])}"


def _text(messages: list[Message]) -> str:
    return "\n".join(message["text"] for message in messages)


def _records(messages: list[Message]) -> list[str]:
    return [source["record"] for message in messages for source in message["sources"]]
