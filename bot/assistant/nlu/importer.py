"""How Rasa comes by the wordings: they are read in a second and handed on as they are.

Rasa's own reader parses YAML in Python, checks every file against a scheme, copies each wording three times
and takes its JSON for a fingerprint: 175 of the 430 s that learning 38,000 wordings took on a slow machine.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assistant.nlu.examples import LABEL, LANGUAGE, wordings


class Wording(Message):
    """A wording with its full label and language; nothing changes it, so it is its own copy."""

    def __init__(self, text: str, label: str, language: str) -> None:
        super().__init__({TEXT: text, INTENT: label.partition("/")[0], LABEL: label, LANGUAGE: language})
        self._key = (text, label, language)

    def fingerprint(self) -> str:
        """By which Rasa knows whether it has changed."""
        return hashlib.sha256("\0".join(self._key).encode()).hexdigest()

    def __deepcopy__(self, memo: dict[int, Any]) -> Wording:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wording) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


class Importer(RasaFileImporter):
    """Rasa's files, the wordings in them read by ourselves."""

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """The wordings of all files of training data, of both languages."""
        return TrainingData(list(self._wordings))

    @cached_property
    def _wordings(self) -> list[Wording]:
        # Rasa asks for them twice.
        return [Wording(*one) for path in self._nlu_files for one in wordings(Path(path))]
