"""Asking the running assistant, as an investor would."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from bot.console.demo.script import Step, Talk
from bot.conversations import gateway, rating, welcome
from bot.conversations.database import run
from bot.conversations.inbound import Inbound
from bot.conversations.models import Message


class Unanswered(Exception):
    """The assistant did not answer: the product does not run, or not all of it."""


@dataclass(frozen=True)
class Asked:
    """A question of the script as it was stored."""

    message: int
    step: Step


@dataclass(frozen=True)
class Told:
    """A conversation that was held."""

    conversation: uuid.UUID
    talk: Talk
    asked: tuple[Asked, ...]


async def tell(talk: Talk) -> Told:
    """Hold one conversation; raises Unanswered."""
    started = await run(welcome.start, language=talk.language)
    asked = []
    buttons: list[dict[str, str]] = []
    for step in talk.steps:
        client_id = uuid.uuid4().hex
        inbound = _inbound(step, client_id, buttons)
        if inbound is None:
            continue
        reply = await gateway.receive(started.conversation, inbound)
        message = await run(_question, started.conversation, client_id)
        if message.deferred or not reply.messages:
            raise Unanswered(step.ask)
        buttons = [button for each in reply.messages for button in each["buttons"]]
        asked.append(Asked(message.pk, step))
        if step.feedback:
            answer = reply.messages[-1]["id"]
            language = talk.language or "vi"
            await run(rating.rate, started.conversation, language, answer, step.feedback, step.comment)
    return Told(started.conversation, talk, tuple(asked))


def _inbound(step: Step, client_id: str, buttons: list[dict[str, str]]) -> Inbound | None:
    """What is sent; nothing when the answer before has no such button."""
    if step.ask:
        return Inbound(client_id, text=step.ask)
    if step.press > len(buttons):
        return None
    return Inbound(client_id, button=buttons[step.press - 1]["payload"])


def _question(conversation: uuid.UUID, client_id: str) -> Message:
    return Message.objects.get(conversation=conversation, client_id=client_id)
