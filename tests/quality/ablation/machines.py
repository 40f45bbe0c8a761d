"""Other classifiers with the same features: what the product's network is measured against."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features as RasaFeatures
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import Ridge

from bot.assistant.nlu.features import Features, Matrix, Rows
from bot.assistant.nlu.network import Numbers
from bot.common.embedder import Vectors

EPOCHS = 3
_BATCH = 256
_RIDGE = 1.0


class Straight:
    """Ridge regression on the features: the interface of `network.Learning` and of the network it learns."""

    def __init__(self, rows: Rows, numbers: Numbers, count: int) -> None:
        self._rows, self._targets = rows, np.eye(count, dtype=np.float32)[numbers]
        self._machine = Ridge(_RIDGE, solver="cholesky")

    def learn(self, places: Numbers) -> None:
        """Solve for those rows."""
        self._machine.fit(_side_by_side(self._rows.take(places)), self._targets[places])

    def learn_once(self, places: Numbers) -> None:
        """The same: there is no going on where a system was left."""
        self.learn(places)

    def network(self) -> Straight:
        """What was learned."""
        return self

    def at(self, precision: type[np.floating[Any]]) -> Straight:
        """Kept as it is."""
        return self

    def scores(self, rows: Rows) -> Matrix:
        """Of each label, shape (rows, labels)."""
        result: Matrix = self._machine.predict(_side_by_side(rows)).astype(np.float32)
        return result

    def __getstate__(self) -> dict[str, Any]:
        return {"_machine": self._machine}


def _side_by_side(rows: Rows) -> Matrix:
    letters = rows.ngrams.toarray()
    return letters if rows.meaning is None else np.hstack([letters, rows.meaning])


class Diet:
    """Rasa's DIETClassifier over our letters, words and vectors; the interface of our Classifier."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self._home = Path(tempfile.mkdtemp(prefix="diet-"))
        self._diet: DIETClassifier | None = None
        self.labels: list[str] = []

    def learn(self, rows: Rows, labels: Sequence[str]) -> Diet:
        """Learn from rows of the features and their labels."""
        self.labels = sorted(set(labels))
        messages = [_message(rows, at, label) for at, label in enumerate(labels)]
        storage = LocalModelStorage.create(self._home)
        diet = DIETClassifier.create(_config(), storage, _RESOURCE, _CONTEXT)
        diet.train(TrainingData(messages))
        self._diet = diet
        return self

    def chances(self, texts: Sequence[str], vectors: Vectors | None) -> list[dict[str, float]]:
        """The probability of each label, for each sentence."""
        if self._diet is None:
            storage = LocalModelStorage(self._home)
            self._diet = DIETClassifier.load(_config(), storage, _RESOURCE, _CONTEXT)
        rows = self._features.transform(texts, vectors)
        read = self._diet.process([_message(rows, at) for at in range(len(texts))])
        return [{one["name"]: one["confidence"] for one in message.get("intent_ranking")} for message in read]

    def __getstate__(self) -> dict[str, Any]:
        # The network lies in its own files.
        return {**self.__dict__, "_diet": None}


_RESOURCE = Resource("diet")
_CONTEXT = ExecutionContext(GraphSchema({}), "ablation")


def _config() -> dict[str, Any]:
    own = {"epochs": EPOCHS, "entity_recognition": False, "constrain_similarities": True, "ranking_length": 0}
    return {**DIETClassifier.get_default_config(), **own, "batch_size": [64, _BATCH], "random_seed": 1}


def _message(rows: Rows, at: int, label: str | None = None) -> Message:
    content: dict[str, Any] = {TEXT: "x"}
    if label is not None:
        content[INTENT] = label
    # DIET wants features of words as well: the sentence counts as its only one.
    kinds = (FEATURE_TYPE_SEQUENCE, FEATURE_TYPE_SENTENCE)
    letters = rows.ngrams[at].tocoo()
    features = [RasaFeatures(letters, kind, TEXT, "letters") for kind in kinds]
    if rows.meaning is not None:
        dense = np.asarray(rows.meaning[at : at + 1], dtype=np.float32)
        features += [RasaFeatures(dense, kind, TEXT, "meaning") for kind in kinds]
    return Message(data=content, features=features)
