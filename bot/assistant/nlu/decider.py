"""Rasa component that decides what a read message asks for, with the conversation in mind."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.decision import Context, decide
from bot.assistant.nlu.reader import READING, RECORD_KINDS
from bot.common.names import ASPECT_SLOT, DECISION, OFFERED_SLOT, RECORD_SLOT


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decider(GraphComponent):  # type: ignore[misc]
    """Sets the final intent and the `decision` that the actions read."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Decider:
        """Nothing is learned, nothing is loaded."""
        return cls()

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Decide on each message that was read."""
        for message in messages:
            reading = message.data.pop(READING, None)
            kinds = message.data.pop(RECORD_KINDS, {})
            if reading is None:
                continue
            decision = decide(reading, _context(tracker, kinds))
            content = decision.as_dict(reading.language, reading.foreign)
            message.set(DECISION, content, add_to_output=True)
            message.set(
                INTENT, {"name": decision.intent, "confidence": decision.confidence}, add_to_output=True
            )
        return messages


def _context(tracker: DialogueStateTracker | None, kinds: dict[str, str]) -> Context:
    """What the conversation was about, from its slots."""
    if tracker is None:
        return Context()

    def slot(name: str) -> Any:
        return tracker.get_slot(name) if name in tracker.slots else None

    record = slot(RECORD_SLOT)
    return Context(record, kinds.get(record or ""), slot(ASPECT_SLOT), tuple(slot(OFFERED_SLOT) or ()))
