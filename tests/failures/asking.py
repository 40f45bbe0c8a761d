"""A question with a known answer, and what failures are told by."""

from __future__ import annotations

from bot.common.wording import Wording
from bot.launch.client import Conversation, Message

QUESTION = "What is the fee for a work permit?"
RECORD = "work_permit"
FEE = "450,000"

_gateway, _fault = Wording("gateway"), Wording("fault")
LATER = _gateway.say("later", "en")
NO_ANSWER = _gateway.say("no_answer", "en")
PERSON = _gateway.say("button_person", "en")
REGISTRY_DOWN = _fault.say("registry.down", "en")
FROM_COPY = _fault.say("registry.copy", "en", date="|").split("|")[0]


def is_answer(message: Message) -> bool:
    """Whether this is the right, sourced answer to QUESTION."""
    records = [source["record"] for source in message["sources"]]
    return message["author"] == "assistant" and RECORD in records and FEE in message["text"]


def answers_well(conversation: Conversation) -> bool:
    """Whether QUESTION gets its answer, from the registry itself."""
    messages = conversation.say(QUESTION)
    return len(messages) == 1 and is_answer(messages[0]) and FROM_COPY not in messages[0]["text"]


def titles(messages: list[Message]) -> list[str]:
    """The buttons' titles."""
    return [button["title"] for message in messages for button in message["buttons"]]
