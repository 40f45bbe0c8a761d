"""Rasa's importer of the wordings: the same as Rasa's own reader, and copied by nobody."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assistant.nlu.importer import Wording

FILE = """version: "3.1"
nlu:
- intent: ask_faq/faq-wage
  metadata: {language: vi}
  examples: |
    - lương - thấp nhất?
    - lương tối thiểu
- intent: greet
  metadata: {language: en}
  examples: |
    - good morning
"""
# What Rasa keeps of a wording: text, intent and, where the label names a record, the label.
Told = tuple[str, str, str]


# Rasa's check of the domain loads an extension in an old way.
pytestmark = pytest.mark.filterwarnings("ignore:the load_module:DeprecationWarning")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "talk.yml").write_text(FILE, encoding="utf-8")
    (tmp_path / "domain.yml").write_text("version: '3.1'\nintents: [ask_faq, greet]\n", encoding="utf-8")
    return tmp_path


def _imported(files: Path, importers: list[dict[str, str]]) -> TrainingData:
    config = {"recipe": "default.v1", "language": "vi", "importers": importers}
    paths = [str(files / "deep")]
    return TrainingDataImporter.load_from_dict(config, None, str(files / "domain.yml"), paths).get_nlu_data()


def _told(data: TrainingData, label: str) -> list[Told]:
    found = data.intent_examples
    return [(one.get("text"), one.get("intent"), one.get(label) or one.get("intent")) for one in found]


def test_the_wordings_are_those_that_rasa_reads(files: Path) -> None:
    ours = _imported(files, [{"name": "bot.assistant.nlu.importer.Importer"}])
    assert _told(ours, "label") == _told(_imported(files, []), "intent_response_key")
    assert [one.get("language") for one in ours.intent_examples] == ["vi", "vi", "en"]


def test_a_wording_is_its_own_copy_and_known_by_what_it_says() -> None:
    one = Wording("good morning", "greet", "en")
    same, other = Wording("good morning", "greet", "en"), Wording("good morning", "goodbye", "en")
    assert copy.deepcopy([one])[0] is one
    assert {one, same, other} == {one, other}
    assert one.fingerprint() == same.fingerprint() != other.fingerprint()
