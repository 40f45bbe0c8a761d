"""Turning what the assistant said into messages. Callers hold the conversation's row and save both rows."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from bot.conversations import modes
from bot.conversations.door import Answered
from bot.conversations.models import Author, ButtonToken, Conversation, HandoffReason, Message, Mode
from bot.conversations.outgoing import Button, Draft, person_button, write
from bot.conversations.wording import GATEWAY

_LANGUAGES = ("vi", "en")
_SET_LANGUAGE = "set_language"


def store_answer(conversation: Conversation, message: Message, answered: Answered, *, outbox: bool) -> None:
    """Write the answers to `message`, what was understood, and call a person when the assistant says so."""
    understood = answered.understood
    _learn_language(conversation, understood)
    message.language = conversation.speaks
    message.understood = understood
    message.milliseconds = answered.milliseconds
    drafts = [_draft(answer, conversation.speaks) for answer in answered.messages]
    reasons = [answer["handoff"] for answer in answered.messages if answer.get("handoff")]
    if reasons and conversation.others_read:
        # Nobody is called there; the channel must not show an answer that says so.
        message.understood = understood | {"handoff": reasons[0]}
    if conversation.mode == Mode.BOT and _is_for_people(understood):
        reasons.append(HandoffReason.TOPIC)
    said = [draft for draft in drafts if draft.text or draft.blocks]
    for draft in said:
        write(conversation, draft, message, outbox=outbox)
    if not said and not reasons:
        _apologise(conversation, message, outbox=outbox)
    for reason in reasons[:1]:
        modes.call_person(conversation, HandoffReason(reason), reply_to=message, outbox=outbox)


def store_apology(conversation: Conversation, message: Message, *, outbox: bool) -> None:
    """The assistant has failed for good on this message: say so and offer a person."""
    _apologise(conversation, message, outbox=outbox)


def _is_for_people(understood: dict[str, Any]) -> bool:
    """Whether the office wants a person to take part when this is asked about."""
    record = (understood.get("decision") or {}).get("record")
    intent = (understood.get("intent") or {}).get("name")
    return bool({record, intent} & set(settings.HEZA.topics_for_people))


def _apologise(conversation: Conversation, message: Message, *, outbox: bool) -> None:
    language = conversation.speaks
    text = GATEWAY.say("no_answer", language)
    write(
        conversation,
        Draft(Author.ASSISTANT, text, language, [person_button(language)]),
        message,
        outbox=outbox,
    )


def _learn_language(conversation: Conversation, understood: dict[str, Any]) -> None:
    language = understood.get("language")
    if language in _LANGUAGES:
        conversation.language = language
        if (understood.get("intent") or {}).get("name") == _SET_LANGUAGE:
            conversation.language_choice = language


def _draft(answer: dict[str, Any], language: str) -> Draft:
    buttons = [_button(button) for button in answer.get("buttons") or ()]
    return Draft(
        Author.ASSISTANT,
        answer["text"],
        language,
        buttons,
        answer.get("blocks") or (),
        answer.get("sources") or (),
    )


def _button(button: dict[str, str]) -> Button:
    payload = button["payload"]
    kind = ButtonToken.Kind.PAYLOAD if payload.startswith("/") else ButtonToken.Kind.TEXT
    return Button(button["title"], kind, payload)
