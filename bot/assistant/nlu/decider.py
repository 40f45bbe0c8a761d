"""Rasa component that decides what a read message asks for, with the conversation in mind."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.decision import decide
from bot.assistant.nlu.reader import CONTEXT, READING
from bot.common.names import DECISION


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decider(GraphComponent):
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

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide on each message that was read."""
        for message in messages:
            reading = message.data.pop(READING, None)
            context = message.data.pop(CONTEXT, None)
            if reading is None or context is None:
                continue
            decision = decide(reading, context)
            content = decision.as_dict(reading.language, reading.foreign)
            message.set(DECISION, content, add_to_output=True)
            message.set(
                INTENT, {"name": decision.intent, "confidence": decision.confidence}, add_to_output=True
            )
        return messages
