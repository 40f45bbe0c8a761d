"""Rasa is away: the message is kept, the investor is told, and the answer comes when Rasa is back."""

from __future__ import annotations

from bot.launch.client import Conversation, Message
from tests.failures.asking import LATER, PERSON, QUESTION, answers_well, is_answer, titles
from tests.stack import Stack
from tests.waiting import wait_until


def test_the_answer_comes_later_by_itself(stack: Stack) -> None:
    with stack.conversation("en") as conversation:
        with stack.without("rasa"):
            messages = conversation.say(QUESTION)
            assert [message["text"] for message in messages] == [LATER]
            assert titles(messages) == [PERSON]
            kept = [message["text"] for message in conversation.history() if message["author"] == "user"]
            assert kept == [QUESTION]
        assert wait_until(lambda: _answers(conversation), 20), stack.log("worker")
        assert len(_answers(conversation)) == 1, "answered once"
        assert answers_well(conversation)


def test_messages_of_an_outage_are_answered_in_order(stack: Stack) -> None:
    with stack.conversation("en") as conversation:
        with stack.without("rasa"):
            conversation.say("How large is Nam Cau Kien?")
            conversation.say(QUESTION)
        assert wait_until(lambda: _answers(conversation), 20), stack.log("worker")
        sources = [
            source["record"]
            for message in conversation.history()
            for source in message["sources"][:1]
            if message["author"] == "assistant"
        ]
        assert sources == ["ip-nam-cau-kien", "work_permit"]


def test_a_person_can_be_reached_without_rasa(stack: Stack) -> None:
    with stack.conversation("en") as conversation, stack.without("rasa"):
        offer = conversation.say(QUESTION)[0]["buttons"][0]
        conversation.press(offer["payload"])
        assert conversation.mode == "waiting"


def test_a_rasa_that_hangs_is_not_waited_for(stack: Stack) -> None:
    with stack.conversation("en") as conversation:
        with stack.paused("rasa"):
            assert [message["text"] for message in conversation.say(QUESTION)] == [LATER]
        assert wait_until(lambda: _answers(conversation), 20), stack.log("worker")


def test_what_was_erased_during_an_outage_is_forgotten(stack: Stack) -> None:
    with stack.conversation("en") as conversation:
        conversation.say(QUESTION)
        with stack.without("rasa"):
            conversation.erase()
        memory = stack.data_dir / "rasa.sqlite3"
        assert wait_until(lambda: conversation.id.encode() not in memory.read_bytes(), 20)


def _answers(conversation: Conversation) -> list[Message]:
    return [message for message in conversation.history() if is_answer(message)]
