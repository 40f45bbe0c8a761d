"""Other classifiers with the same features: what the product's kernel machine is measured against."""

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
from scipy import sparse

from bot.assistant.nlu.bilingual import OUTLINE
from bot.assistant.nlu.features import Features, Matrix, Rows
from bot.common.embedder import Vectors

EPOCHS = 10
_BATCH = 256
_COLUMNS = 2**13


class StraightFeatures(Features):
    """Likeness that does not bend with meaning: the kernel machine becomes a linear classifier."""

    def _meaning(self, one: Vectors, other: Vectors) -> Matrix:
        result: Matrix = self.weights.meaning * (one @ other.T)
        return result


class Diet:
    """Rasa's DIETClassifier over our letters, words and vectors; the interface of our Bilingual.

    One network for both languages.
    """

    def __init__(self, features: Features, outline: int = OUTLINE) -> None:
        """`outline` has no meaning here: all sentences are learned."""
        self._features = features
        self._home = Path(tempfile.mkdtemp(prefix="diet-"))
        self._diet: DIETClassifier | None = None
        self.labels: list[str] = []

    def learn(
        self, rows: Rows, labels: Sequence[str], languages: Sequence[str], vectors: Vectors | None = None
    ) -> Diet:
        """Learn from rows of the features and their labels."""
        self.labels = sorted(set(labels))
        messages = [_message(rows, at, label) for at, label in enumerate(labels)]
        storage = LocalModelStorage.create(self._home)
        diet = DIETClassifier.create(_config(), storage, _RESOURCE, _CONTEXT)
        diet.train(TrainingData(messages))
        self._diet = diet
        return self

    def chances(
        self, texts: Sequence[str], vectors: Vectors | None, languages: Sequence[Sequence[str]]
    ) -> list[dict[str, float]]:
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
    letters = _hashed(rows.ngrams[at].tocoo())
    features = [RasaFeatures(letters, kind, TEXT, "letters") for kind in kinds]
    if rows.meaning is not None:
        dense = np.asarray(rows.meaning[at : at + 1], dtype=np.float32)
        features += [RasaFeatures(dense, kind, TEXT, "meaning") for kind in kinds]
    return Message(data=content, features=features)


def _hashed(ngrams: sparse.coo_matrix) -> sparse.coo_matrix:
    """The same n-grams in few columns: DIET keeps a weight for each and adjusts all of them at every step."""
    row = sparse.coo_matrix((ngrams.data, (ngrams.row, ngrams.col % _COLUMNS)), shape=(1, _COLUMNS))
    row.sum_duplicates()
    return row
