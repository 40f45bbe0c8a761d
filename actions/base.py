"""What every action has in common: it answers in a thread, in one shape, within its time; never silence."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import faults, registry
from actions.reply import PERSON, Reply, button, paragraphs
from actions.turn import Turn, turn_of
from bot.common import formats, names

THREADS = 16
# A little more than the registry's budget, so that its own honest sentence wins over the apology.
ANSWER_SECONDS = registry.BUDGET + 1.0

Events = list[dict[str, Any]]


class Answering(Action, ABC):
    """An action that answers one intent: subclasses give `intent` and `answer`."""

    intent = ""

    def name(self) -> str:
        """The action's name in the domain."""
        return names.action_of(self.intent)

    @abstractmethod
    def answer(self, turn: Turn) -> Reply:
        """The reply to a turn; may wait for the registry, so it is called in a thread."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answer and say it. A fault becomes an apology with the offer of a person."""
        turn = turn_of(tracker, registry.Reading(registry.shared()))
        reply = await reply_safely(self, turn)
        dispatcher.utter_message(json_message=reply.message())
        return events_of(turn, reply)


async def reply_safely(action: Answering, turn: Turn) -> Reply:
    """The action's reply within its time, or an honest sentence."""
    loop = asyncio.get_running_loop()
    try:
        reply = await asyncio.wait_for(loop.run_in_executor(_pool(), action.answer, turn), ANSWER_SECONDS)
    except registry.RegistryDown:
        return offer_person(turn, turn.say("fault.registry.down"))
    except Exception as error:
        # Whatever went wrong, the investor gets an answer; the log has the rest.
        faults.note(action.name(), turn.conversation, error)
        return offer_person(turn, turn.say("fault.apology"))
    if turn.registry.copied_on:
        copied_on = formats.day(turn.registry.copied_on, turn.language)
        reply.text = paragraphs(reply.text, turn.say("fault.registry.copy", date=copied_on))
    return reply


def events_of(turn: Turn, reply: Reply) -> Events:
    """The slots that change with a reply; whatever was understood clears the count of misunderstandings."""
    slots = {names.LANGUAGE_SLOT: turn.language, names.MISUNDERSTOOD_SLOT: 0, **reply.slots}
    changed = {slot: value for slot, value in slots.items() if turn.slots.get(slot) != value}
    # After an answer Rasa waits; asking its policies what comes next would only cost time. A form goes on.
    listen = [] if turn.in_form else [FollowupAction("action_listen")]
    return [*(SlotSet(slot, value) for slot, value in changed.items()), *reply.events, *listen]


def offer_person(turn: Turn, text: str) -> Reply:
    """A text with the button that passes the conversation to a person."""
    person = button(turn.say("button.person"), "request_human")
    return Reply(text, buttons=[person], slots={names.OFFERED_SLOT: [PERSON]})


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="action")
