"""The action server is away: the investor is told and offered a person; nothing is silent."""

from __future__ import annotations

from tests.failures.asking import NO_ANSWER, PERSON, QUESTION, answers_well, titles
from tests.stack import Stack


def test_an_honest_sentence_and_a_person(stack: Stack) -> None:
    with stack.conversation("en") as conversation:
        with stack.without("actions"):
            messages = conversation.say(QUESTION)
            assert [message["text"] for message in messages] == [NO_ANSWER]
            assert titles(messages) == [PERSON]
        assert answers_well(conversation)


def test_a_person_can_be_reached_without_actions(stack: Stack) -> None:
    with stack.conversation("en") as conversation, stack.without("actions"):
        offer = conversation.say(QUESTION)[0]["buttons"][0]
        conversation.press(offer["payload"])
        assert conversation.mode == "waiting"
